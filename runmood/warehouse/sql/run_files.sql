-- run_files: one row a recording, with the run it belongs to.
-- Recordings are one run when they share at least half the time of the shorter one and did not begin far apart:
-- one person cannot run twice at once. A warm-up and the race an hour later share no time, so they stay two.
with recursive

pair as (
    select
        one.recording_id as one,
        other.recording_id as other,
        epoch(least(one.ended_at, other.ended_at)) - epoch(greatest(one.started_at, other.started_at)) as shared_s,
        least(one.elapsed_s, other.elapsed_s) as shorter_s,
        sqrt(
            power(111.2 * (one.start_latitude_deg - other.start_latitude_deg), 2)
            + power(
                111.2 * cos(radians(one.start_latitude_deg))
                * (one.start_longitude_deg - other.start_longitude_deg), 2
            )
        ) as apart_km
    from recordings as one
    join recordings as other
        on one.started_at < other.ended_at
        and other.started_at < one.ended_at
        and one.recording_id <> other.recording_id
),

same_run as (
    select one, other from pair where shared_s >= 0.5 * shorter_s and coalesce(apart_km, 0) < 5
),

reached(recording_id, first_id) as (
    select recording_id, recording_id from recordings
    union
    select same_run.other, reached.first_id
    from reached
    join same_run on same_run.one = reached.recording_id
),

grouped as (
    select recordings.*, run.first_id
    from recordings
    join (select recording_id, min(first_id) as first_id from reached group by all) as run using (recording_id)
),

-- The best file has nearly all of the outing, then is whole, then has the device's distance, then heart rate.
ranked as (
    select
        *,
        min(started_at) over run as run_started_at,
        row_number() over (
            partition by first_id
            order by
                elapsed_s >= 0.9 * longest_s desc, partial, distance_from = 'device' desc nulls last,
                heart_bpm is not null desc, format = 'fit' desc, samples desc, recording_id
        ) as rank
    from (select *, max(elapsed_s) over (partition by first_id) as longest_s from grouped)
    window run as (partition by first_id)
),

-- Two runs of different people in one folder can begin in the same second; the second is told apart by a number.
named as (
    select
        *,
        strftime(run_started_at at time zone 'UTC', '%Y%m%d-%H%M%S')
        || case
            when dense_rank() over (partition by run_started_at order by first_id) = 1 then ''
            else '-' || dense_rank() over (partition by run_started_at order by first_id)
        end as run_id
    from ranked
)

select
    named.run_id,
    named.recording_id,
    named.content_hash,
    named.rank,
    case
        when named.rank = 1 then 'the best file of this run'
        when pair.shared_s is null then 'shares its time with another file of this run'
        else format('shares {:.0f} % of its time with the best file', 100 * pair.shared_s / nullif(pair.shorter_s, 0))
            || coalesce(
                format(', {:.1f} % apart in distance', 100 * abs(named.distance_m / nullif(best.distance_m, 0) - 1)), ''
            )
    end as because
from named
join named as best on best.first_id = named.first_id and best.rank = 1
left join pair on pair.one = named.recording_id and pair.other = best.recording_id
