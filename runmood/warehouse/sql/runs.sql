-- runs: one row a run. Distance, times and points come from its best file; what that file lacks, from the next that has it.
-- Effort is what the person said after the run (the first check-in within three hours), else what they told the device.
with

told as (
    select runs.run_id, arg_min(check_ins.effort, check_ins.felt_at) as effort
    from (select felt_at, effort from check_ins where effort is not null and kind = 'after-run') as check_ins
    asof join (
        select run_id, max(ended_at) as ended_at
        from run_files
        join recordings using (recording_id)
        group by run_id
    ) as runs on check_ins.felt_at >= runs.ended_at
    where check_ins.felt_at < runs.ended_at + interval 3 hours
    group by runs.run_id
)

select
    run_files.run_id,
    arg_min(started_at, rank) as started_at,
    arg_min(ended_at, rank) as ended_at,
    arg_min(local_date, rank) as local_date,
    arg_min(local_clock, rank) as local_clock,
    arg_min(time_zone, rank) as time_zone,
    arg_min(zone_from, rank) as zone_from,
    arg_min(name, rank) as name,
    arg_min(sub_sport, rank) as sub_sport,
    arg_min(device, rank) as device,
    arg_min(distance_m, rank) as distance_m,
    arg_min(distance_from, rank) as distance_from,
    arg_min(elapsed_s, rank) as elapsed_s,
    arg_min(moving_s, rank) as moving_s,
    arg_min(pace_s_km, rank) as pace_s_km,
    arg_min(heart_bpm, rank) as heart_bpm,
    arg_min(cadence_spm, rank) as cadence_spm,
    coalesce(any_value(told.effort), arg_min(recordings.effort, rank)) as effort,
    arg_min(partial, rank) as partial,
    count(*) as files,
    arg_min(recording_id, rank) as recording_id
from run_files
join recordings using (recording_id)
left join told on told.run_id = run_files.run_id
group by run_files.run_id
