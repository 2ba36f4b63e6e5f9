-- run_measures: one row a run as its recordings measured it. Each value comes from the best file that has it, and what
-- belongs together from one file: times, a distance and whose it is, a climb and how it was counted, heart rate and how
-- much of the run has it. How far it was by the person's own word goes before any device.
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
)

select
    * exclude (told_m)
    replace (
        coalesce(told_m, distance_m) as distance_m,
        if(told_m is null, distance_source, 'hand') as distance_source,
        if(told_m is null, pace_s_km, moving_s / told_m * 1000) as pace_s_km,
        if(told_m is null, grade_adjusted_pace_s_km, grade_adjusted_pace_s_km * distance_m / told_m) as grade_adjusted_pace_s_km
    )
from measured
