-- run_files: one row a recording, with the run it belongs to, and why. Which recordings are together stands in `run_groups`,
-- made from `run_pairs` best pair first.
with

measured as (
    select
        run_recordings.*,
        run_groups.first_id,
        started_at - to_seconds(clock_s) as began,
        ended_at - to_seconds(clock_s) as ended,
        by_device,
        decided_files.said as chosen
    from run_recordings
    join run_groups using (recording_id)
    left join decided_files using (recording_id)
    left join (
        select device_serial, count(*) as by_device from run_recordings where device_serial is not null group by all
    ) using (device_serial)
),

-- Files that follow each other are stretches of the run; a minute too many at a seam changes nothing in that.
following as (
    select
        *,
        coalesce(
            began >= max(ended) over (
                partition by first_id order by began, recording_id rows between unbounded preceding and 1 preceding
            ) - to_seconds(least(60, 0.1 * elapsed_s)),
            false
        ) as follows
    from measured
),

stretched as (
    select
        *,
        1 + count(*) filter (where follows) over (
            partition by first_id order by began, recording_id rows between unbounded preceding and current row
        ) as stretch
    from following
),

-- A device that is rare beside the other one may be another person's.
longest as (
    select
        *,
        max(elapsed_s) over stretches as longest_s,
        coalesce(5 * by_device <= max(by_device) over stretches, false) as is_rare_device
    from stretched
    window stretches as (partition by first_id, stretch)
),

-- The best file is the one the person chose; else it has nearly all of the outing, then is no rare device's, then
-- is whole, then is no mere summary of three samples at most, then has the device's distance, then heart rate.
ranked as (
    select
        *,
        min(started_at) over (partition by first_id) as run_started_at,
        row_number() over (
            partition by first_id, stretch
            order by
                chosen desc nulls last, elapsed_s >= 0.9 * longest_s desc, is_rare_device, partial, samples > 3 desc,
                distance_source = 'device' desc nulls last,
                heart_bpm is not null desc, format = 'fit' desc, samples desc, recording_id
        ) as rank_in_stretch
    from longest
),

-- Two runs can begin in the same second; the second gets a number. Their order is by what another copy of
-- one says too: where it began, and by which device.
ordered as (
    select
        *,
        min(row(round(start_latitude_deg, 2), round(start_longitude_deg, 2))) over runs as start_place,
        min(coalesce(device_serial, device)) over runs as start_device
    from ranked
    window runs as (partition by first_id)
),

named as (
    select
        *,
        row_number() over (partition by first_id order by rank_in_stretch, stretch) as rank,
        strftime(run_started_at at time zone 'UTC', '%Y%m%d-%H%M%S')
        || case
            when dense_rank() over begun_then = 1 then ''
            else '-' || dense_rank() over begun_then
        end as run_id
    from ordered
    window begun_then as (partition by run_started_at order by start_place, start_device, first_id)
),

both_ways as (
    select one as recording_id, other as of_id, reason_code, score from run_pairs where same_run
    union all
    select other, one, reason_code, score from run_pairs where same_run
),

-- Why a file belongs: the person's own word, else how it compares with the best file, else with the next best.
reason as (
    select named.recording_id, both_ways.reason_code, both_ways.score
    from named
    join both_ways using (recording_id)
    join named as peer on peer.recording_id = both_ways.of_id and peer.first_id = named.first_id
    where named.rank > 1
    qualify row_number() over (
        partition by named.recording_id order by both_ways.reason_code = 'said_same' desc, peer.rank
    ) = 1
)

select
    named.run_id,
    named.recording_id,
    named.content_hash,
    named.rank,
    named.stretch,
    coalesce(reason.reason_code, 'best_file') as reason_code,
    reason.score
from named
left join reason using (recording_id)
