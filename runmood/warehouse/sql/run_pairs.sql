-- run_pairs: one row for two recordings that share some time, that follow each other at one place, that agree in all but
-- the clock, or that the person named. One person cannot run twice at once, so time goes first; place, pace and heart
-- rate raise or lower the score, and what is not known on both sides neither helps nor harms. Far apart at the same time
-- is two people, or a wrong file.
with

named as (
    select one.recording_id as one, other.recording_id as other
    from run_recordings as one
    join run_recordings as other on one.started_at < other.ended_at and other.started_at < one.ended_at
    where one.recording_id < other.recording_id
    union
    select one, other from compared where shift_s <> 0
    union
    select least(first.recording_id, next.recording_id), greatest(first.recording_id, next.recording_id)
    from run_recordings as first
    join run_recordings as next
        on next.started_at between first.ended_at and first.ended_at + interval 3 minutes
        and first.recording_id <> next.recording_id
    where
        apart_m(first.end_latitude_deg, first.end_longitude_deg, next.start_latitude_deg, next.start_longitude_deg)
        < 100 + 5 * (epoch(next.started_at) - epoch(first.ended_at))
    union
    select one, other from decided_pairs
),

-- How long the timer ran, and how often its device recorded: another's watch among the person's own is a stranger.
timed as (
    select
        *,
        greatest(1, elapsed_s - coalesce(paused_s, 0) - coalesce(gap_s, 0)) as recorded_s,
        if(device_serial is null, null, count(*) over (partition by device_serial)) as by_device
    from run_recordings
),

pair as (
    select
        named.one,
        named.other,
        coalesce(compared.shift_s, 0) as clock_s,
        greatest(
            0,
            epoch(least(a.ended_at, b.ended_at - to_seconds(clock_s)))
            - epoch(greatest(a.started_at, b.started_at - to_seconds(clock_s)))
        ) as shared_s,
        least(
            1,
            shared_s
            / greatest(1, least(epoch(a.ended_at) - epoch(a.started_at), epoch(b.ended_at) - epoch(b.started_at)))
        ) as share_of_shorter,
        least(shared_s, a.recorded_s, b.recorded_s) / greatest(a.recorded_s, b.recorded_s) as share_of_longer,
        case
            when compared.apart_m is not null then compared.apart_m
            when shared_s = 0 and a.started_at < b.started_at
            then apart_m(a.end_latitude_deg, a.end_longitude_deg, b.start_latitude_deg, b.start_longitude_deg)
            when shared_s = 0
            then apart_m(b.end_latitude_deg, b.end_longitude_deg, a.start_latitude_deg, a.start_longitude_deg)
            else apart_m(a.start_latitude_deg, a.start_longitude_deg, b.start_latitude_deg, b.start_longitude_deg)
        end as apart_m,
        coalesce(compared.apart_m <= 100, false) as side_by_side,
        -- With or without pauses: one device stops by itself where the other goes on.
        least(
            abs(ln(nullif(a.distance_m, 0) / nullif(a.elapsed_s, 0) * nullif(b.elapsed_s, 0) / nullif(b.distance_m, 0))),
            abs(ln(nullif(a.distance_m, 0) / nullif(a.moving_s, 0) * nullif(b.moving_s, 0) / nullif(b.distance_m, 0)))
        ) as pace_off,
        abs(a.heart_bpm - b.heart_bpm) as heart_off_bpm,
        epoch(greatest(a.started_at, b.started_at)) - epoch(least(a.ended_at, b.ended_at)) as between_s,
        least(a.distance_m / nullif(a.elapsed_s, 0), b.distance_m / nullif(b.elapsed_s, 0)) as slower_m_s,
        coalesce(a.device_serial <> b.device_serial and (
            a.by_device >= 5 * b.by_device or b.by_device >= 5 * a.by_device
        ), false) as by_stranger,
        -- Two people side by side at a start: other devices, another pace, and another heart where both have one.
        coalesce(
            a.device_serial <> b.device_serial
            and not side_by_side
            and pace_off > 0.05
            and coalesce(heart_off_bpm > 15, pace_off > 0.1),
            false
        ) as by_two,
        -- A part of the same samples, cut: by one device, or with its positions to the metre.
        case
            when share_of_shorter < 0.98 or share_of_longer > 0.97 or clock_s <> 0 then null
            when not coalesce(a.device_serial = b.device_serial, compared.apart_m < 3, false) then null
            when coalesce(compared.apart_m, 0) > 10 then null
            when a.recorded_s < b.recorded_s then named.one
            else named.other
        end as cut_copy,
        decided_pairs.same_run as decided
    from named
    join timed as a on a.recording_id = named.one
    join timed as b on b.recording_id = named.other
    left join compared on compared.one = named.one and compared.other = named.other
    left join decided_pairs on decided_pairs.one = named.one and decided_pairs.other = named.other
),

-- Each part is 1 where both agree and 0 where they contradict each other. The share of time is that of both, unless the
-- shorter one is a piece of the longer one by its positions or its pace.
part as (
    select
        *,
        if(
            side_by_side or coalesce(share_of_shorter >= 0.95 and pace_off < 0.25, false),
            share_of_shorter,
            share_of_longer
        ) as time_part,
        agreement(apart_m, 100, 2000) as place_part,
        agreement(pace_off, 0, 0.5) as pace_part,
        agreement(heart_off_bpm, 0, 30) as heart_part,
        -- Within a minute the runner had gone on as far as they run in that time: nobody stopped between the two.
        coalesce(
            between_s between 15 and 60
            and apart_m / between_s / nullif(slower_m_s, 0) between 0.6 and 1.4
            and pace_off < 0.3,
            false
        ) as went_on,
        not side_by_side and not went_on and (coalesce(pace_off > 0.4, false) or share_of_longer < 0.25) as contradicted
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
    case
        when went_on then 0.75
        when contradicted then least(score, 0.69)
        when clock_s <> 0 or by_stranger or by_two then least(score, 0.79) -- a close call, however well the rest agrees
        else score
    end as score,
    coalesce(
        decided, went_on or time_part >= 0.5 and not contradicted and scored.score >= 0.7
    ) as same_run,
    case when decided then 'said_same' when not decided then 'said_different' else 'compared' end as reason_code,
    share_of_shorter as time_shared,
    share_of_longer as longer_shared,
    clock_s as clock_shift_s,
    apart_m,
    exp(pace_off) - 1 as pace_off,
    heart_off_bpm,
    cut_copy
from scored
order by one, other
