-- run_measures: one row a run as its recordings measured it. Each value comes from the best file that has it, and what
-- belongs together from one file: times, a distance and whose it is, a climb and how it was counted, heart rate and how
-- much of the run has it. Stretches that follow each other are added up. How far it was by the person's own word goes
-- before any device.
-- A run that the person reported without a watch is one as well, unless a file of that time turned up that can be it: then
-- the file has the figures, and the person's effort and note stay with it.
with

-- The file that knows the place gives the clock and the points.
ranked as (
    select
        run_files.run_id,
        run_files.rank,
        run_files.stretch,
        recordings.*,
        decided_distances.distance_m as reported_m,
        rank + if(start_latitude_deg is null, 1000, 0) as place_rank,
        rank + if(zone_source = 'place', 0, 1000) as clock_rank,
        rank + if(recordings.distance_m is null, 1000, 0) as way_rank,
        rank + if(ascent_m is null, 1000, 0) as climb_rank,
        rank + if(heart_bpm is null, 1000, 0) as heart_rank
    from run_files
    join recordings using (recording_id)
    left join decided_distances using (recording_id)
),

stretches as (
    select
        run_id,
        stretch,
        min(rank) as best_rank,
        arg_min(columns(['started_at', 'ended_at', 'name', 'sub_sport', 'partial', 'effort', 'reported_m']), rank),
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
    group by run_id, stretch
),

corrected as (
    select
        * exclude (reported_m)
        replace (
            coalesce(reported_m, distance_m) as distance_m,
            if(reported_m is null, distance_source, 'hand') as distance_source,
            if(reported_m is null, pace_s_km, moving_s / reported_m * 1000) as pace_s_km,
            if(reported_m is null, grade_adjusted_pace_s_km, grade_adjusted_pace_s_km * distance_m / reported_m)
                as grade_adjusted_pace_s_km
        )
    from stretches
),

recorded as (
    select * exclude (stretch, best_rank) from corrected where run_id not in (select run_id from corrected where stretch > 1)
    union all by name
    -- What one stretch does not know, the whole does not know, but for names and what is a mean over time.
    select
        run_id,
        min(started_at) as started_at,
        max(ended_at) as ended_at,
        arg_min(columns(['name', 'sub_sport', 'device', 'recording_id', 'points_recording_id']), best_rank),
        arg_min(columns(['local_date', 'local_clock', 'time_zone', 'zone_source']), stretch),
        bool_or(partial) as partial,
        max(effort) as effort,
        if(count(distance_m) = count(*), sum(distance_m), null) as distance_m,
        if(count(distinct distance_source) > 1, 'hand', any_value(distance_source)) as distance_source,
        epoch(max(ended_at)) - epoch(min(started_at)) as elapsed_s,
        if(count(moving_s) = count(*), sum(moving_s), null) as moving_s,
        sum(paused_s) as paused_s,
        epoch(max(ended_at)) - epoch(min(started_at)) - sum(elapsed_s) + coalesce(sum(gap_s), 0) as gap_s,
        sum(standing_s) as standing_s,
        if(count(distance_m) = count(*), sum(moving_s) / sum(distance_m) * 1000, null) as pace_s_km,
        if(
            count(grade_adjusted_pace_s_km) = count(*), sum(grade_adjusted_pace_s_km * distance_m) / sum(distance_m), null
        ) as grade_adjusted_pace_s_km,
        if(count(ascent_m) = count(*), sum(ascent_m), null) as ascent_m,
        if(count(ascent_m) = count(*), sum(descent_m), null) as descent_m,
        arg_min(ascent_source, stretch) as ascent_source,
        if(
            sum(elapsed_s) filter (where heart_bpm is not null) > 0.5 * sum(elapsed_s),
            sum(heart_bpm * elapsed_s) / sum(elapsed_s) filter (where heart_bpm is not null),
            null
        ) as heart_bpm,
        sum(coalesce(heart_coverage, 0) * elapsed_s) / sum(elapsed_s) as heart_coverage,
        max(heart_max_bpm) as heart_max_bpm,
        null as decoupling_percent,
        sum(cadence_spm * moving_s) / sum(moving_s) filter (where cadence_spm is not null) as cadence_spm,
        sum(power_w * moving_s) / sum(moving_s) filter (where power_w is not null) as power_w,
        sum(temperature_c * elapsed_s) / sum(elapsed_s) filter (where temperature_c is not null) as temperature_c,
        sum(files)::bigint as files,
        arg_min(heart_recording_id, stretch) filter (where heart_recording_id is not null) as heart_recording_id
    from corrected
    where run_id in (select run_id from corrected where stretch > 1)
    group by run_id
),

-- How far apart a reported run and a recorded one of its day are: 0 where all that is known agrees. By the clock, three
-- hours are too far, and midnight is no border; by distance and time, a half.
candidates as (
    select
        reported_runs.report_id,
        recorded.run_id,
        greatest(
            if(clock_known, abs(epoch(reported_runs.started_at) - epoch(recorded.started_at)) / 10800, 0),
            coalesce(abs(ln(reported_runs.distance_m / nullif(recorded.distance_m, 0))) / ln(2), 0),
            coalesce(abs(ln(reported_runs.moving_s / nullif(recorded.moving_s, 0))) / ln(2), 0)
        ) as apart
    from reported_runs
    join recorded
        on recorded.local_date = reported_runs.local_date
        or (clock_known and abs(epoch(reported_runs.started_at) - epoch(recorded.started_at)) < 10800)
    where apart < 1
),

-- Each reported run is at most one recorded run, and each recorded run at most one reported.
nearest as (
    select * from candidates qualify row_number() over (partition by report_id order by apart, run_id) = 1
),

matched as (
    select * from nearest qualify row_number() over (partition by run_id order by apart, report_id) = 1
)

select recorded.*, reported_runs.effort as reported_effort, reported_runs.note, true as clock_known
from recorded
left join matched using (run_id)
left join reported_runs using (report_id)
union all by name
select
    strftime(started_at at time zone 'UTC', '%Y%m%d-%H%M%S')
    || '-0' || row_number() over (partition by started_at order by report_id) as run_id,
    started_at,
    started_at + to_milliseconds(coalesce((moving_s * 1000)::bigint, 0)) as ended_at,
    local_date,
    if(clock_known, local_clock, null) as local_clock,
    time_zone,
    'home' as zone_source,
    distance_m,
    if(distance_m is null, null, 'hand') as distance_source,
    moving_s as elapsed_s,
    moving_s,
    moving_s / distance_m * 1000 as pace_s_km,
    effort as reported_effort,
    note,
    false as partial,
    0 as files,
    clock_known
from reported_runs
where report_id not in (select report_id from matched)
