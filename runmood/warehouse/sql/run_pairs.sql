-- run_pairs: one row for two recordings that share some time, that agree in all but the clock, or that the person named.
-- One person cannot run twice at once, so time goes first; place, pace and heart rate raise or lower the score, and what
-- is not known on both sides neither helps nor harms. Far apart at the same time is two people, or a wrong file.
with

named as (
    select one.recording_id as one, other.recording_id as other
    from run_recordings as one
    join run_recordings as other on one.started_at < other.ended_at and other.started_at < one.ended_at
    where one.recording_id < other.recording_id
    union
    select one, other from compared where shift_s <> 0
    union
    select one, other from decided_pairs
),

pair as (
    select
        named.one,
        named.other,
        coalesce(compared.shift_s, 0) as clock_s,
        epoch(least(a.ended_at, b.ended_at - to_seconds(clock_s)))
        - epoch(greatest(a.started_at, b.started_at - to_seconds(clock_s))) as shared_s,
        greatest(0, shared_s)
        / greatest(1, least(epoch(a.ended_at) - epoch(a.started_at), epoch(b.ended_at) - epoch(b.started_at))) as share,
        coalesce(
            compared.apart_m,
            apart_m(a.start_latitude_deg, a.start_longitude_deg, b.start_latitude_deg, b.start_longitude_deg)
        ) as apart_m,
        abs(ln(nullif(a.distance_m, 0) / nullif(a.elapsed_s, 0) * nullif(b.elapsed_s, 0) / nullif(b.distance_m, 0)))
            as pace_off,
        abs(a.heart_bpm - b.heart_bpm) as heart_off_bpm,
        decided_pairs.same_run as decided
    from named
    join run_recordings as a on a.recording_id = named.one
    join run_recordings as b on b.recording_id = named.other
    left join compared on compared.one = named.one and compared.other = named.other
    left join decided_pairs on decided_pairs.one = named.one and decided_pairs.other = named.other
),

-- Each part is 1 where both agree and 0 where they contradict each other.
part as (
    select
        *,
        least(1, share) as time_part,
        agreement(apart_m, 100, 2000) as place_part,
        agreement(pace_off, 0, 0.5) as pace_part,
        agreement(heart_off_bpm, 0, 30) as heart_part
    from pair
),

scored as (
    select
        *,
        if(coalesce(place_part, 1) = 0, 0, (
            6 * time_part + coalesce(3 * place_part, 0) + coalesce(2 * pace_part, 0) + coalesce(heart_part, 0)
        ) / (
            6 + if(place_part is null, 0, 3) + if(pace_part is null, 0, 2) + if(heart_part is null, 0, 1)
        )) as score
    from part
)

select
    one,
    other,
    if(clock_s = 0, score, least(score, 0.79)) as score, -- a clock put right is a close call, however well the rest agrees
    coalesce(decided, time_part >= 0.5 and scored.score >= 0.7) as same_run,
    case when decided then 'said_same' when not decided then 'said_different' else 'compared' end as reason_code,
    time_part as time_shared,
    clock_s as clock_shift_s,
    apart_m,
    exp(pace_off) - 1 as pace_off,
    heart_off_bpm
from scored
order by one, other
