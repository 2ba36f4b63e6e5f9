-- run_measures: one row a run as its recordings measured it. Each value comes from the best file that has it, and what
-- belongs together from one file: times, a distance and whose it is, a climb and how it was counted, heart rate and how
-- much of the run has it. How far it was by the person's own word goes before any device.
-- A run that the person told of without a watch is one as well, unless a file of that day turned up that can be it: then
-- the file has the figures, and the person's effort and note stay with it.
with

-- Who knows the place tells the clock and gives the points.
ranked as (
    select
        run_files.run_id,
        run_files.rank,
        recordings.*,
        decided_distances.distance_m as told_m,
        rank + if(start_latitude_deg is null, 1000, 0) as place_rank,
        rank + if(zone_source = 'place', 0, 1000) as clock_rank,
        rank + if(recordings.distance_m is null, 1000, 0) as way_rank,
        rank + if(ascent_m is null, 1000, 0) as climb_rank,
        rank + if(heart_bpm is null, 1000, 0) as heart_rank
    from run_files
    join recordings using (recording_id)
    left join decided_distances using (recording_id)
),

measured as (
    select
        run_id,
        arg_min(columns(['started_at', 'ended_at', 'name', 'sub_sport', 'partial', 'effort', 'told_m']), rank),
        arg_min(columns(['local_date', 'local_clock', 'time_zone', 'zone_source']), clock_rank),
        arg_min_null(columns(['device', 'distance_m', 'distance_source', 'pace_s_km']), way_rank),
        arg_min_null(columns(['elapsed_s', 'moving_s', 'paused_s', 'gap_s', 'standing_s']), rank),
        arg_min_null(columns(['ascent_m', 'descent_m', 'ascent_source', 'grade_adjusted_pace_s_km']), climb_rank),
        arg_min_null(columns(['heart_bpm', 'heart_coverage', 'heart_max_bpm', 'decoupling_percent']), heart_rank),
        arg_min(columns(['cadence_spm', 'power_w', 'temperature_c']), rank),
        count(*) as files,
        arg_min(recording_id, rank) as recording_id,
        arg_min(recording_id, rank) filter (where heart_bpm is not null) as heart_recording_id,
        arg_min(recording_id, place_rank) as points_recording_id
    from ranked
    group by run_id
),

recorded as (
    select
        * exclude (told_m)
        replace (
            coalesce(told_m, distance_m) as distance_m,
            if(told_m is null, distance_source, 'hand') as distance_source,
            if(told_m is null, pace_s_km, moving_s / told_m * 1000) as pace_s_km,
            if(told_m is null, grade_adjusted_pace_s_km, grade_adjusted_pace_s_km * distance_m / told_m)
                as grade_adjusted_pace_s_km
        )
    from measured
),

-- How far apart a told run and a recorded one of its day are: 0 where all that is known agrees. By the clock, three
-- hours are too far; by distance and time, a half.
alike as (
    select
        told_runs.told_id,
        recorded.run_id,
        greatest(
            if(clock_known, abs(epoch(told_runs.started_at) - epoch(recorded.started_at)) / 10800, 0),
            coalesce(abs(ln(told_runs.distance_m / nullif(recorded.distance_m, 0))) / ln(2), 0),
            coalesce(abs(ln(told_runs.moving_s / nullif(recorded.moving_s, 0))) / ln(2), 0)
        ) as apart
    from told_runs
    join recorded using (local_date)
    where apart < 1
),

-- Each told run is at most one recorded run, and each recorded run at most one told.
nearest as (
    select * from alike qualify row_number() over (partition by told_id order by apart, run_id) = 1
),

found as (
    select * from nearest qualify row_number() over (partition by run_id order by apart, told_id) = 1
)

select recorded.*, told_runs.effort as told_effort, told_runs.note, true as clock_known
from recorded
left join found using (run_id)
left join told_runs using (told_id)
union all by name
select
    strftime(started_at at time zone 'UTC', '%Y%m%d-%H%M%S')
    || '-0' || row_number() over (partition by started_at order by told_id) as run_id,
    started_at,
    started_at + to_milliseconds(coalesce((moving_s * 1000)::bigint, 0)) as ended_at,
    local_date,
    local_clock,
    time_zone,
    'home' as zone_source,
    distance_m,
    if(distance_m is null, null, 'hand') as distance_source,
    moving_s as elapsed_s,
    moving_s,
    moving_s / distance_m * 1000 as pace_s_km,
    effort as told_effort,
    note,
    false as partial,
    0 as files,
    clock_known
from told_runs
where told_id not in (select told_id from found)
