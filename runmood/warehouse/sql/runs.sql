-- runs: one row a run. Distance and times come from its best file; what that lacks, from the next that has it.
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
),

-- Who knows the place tells the clock and gives the points; who knows the heart rate tells that.
ranked as (
    select
        *,
        rank + if(start_latitude_deg is null, 1000, 0) as place_rank,
        rank + if(zone_from = 'place', 0, 1000) as clock_rank
    from run_files
    join recordings using (recording_id)
)

select
    ranked.run_id,
    arg_min(started_at, rank) as started_at,
    arg_min(ended_at, rank) as ended_at,
    arg_min(local_date, clock_rank) as local_date,
    arg_min(local_clock, clock_rank) as local_clock,
    arg_min(time_zone, clock_rank) as time_zone,
    arg_min(zone_from, clock_rank) as zone_from,
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
    coalesce(any_value(told.effort), arg_min(ranked.effort, rank)) as effort,
    arg_min(partial, rank) as partial,
    count(*) as files,
    arg_min(recording_id, rank) as recording_id,
    arg_min(recording_id, rank) filter (where heart_bpm is not null) as heart_from,
    arg_min(recording_id, place_rank) as points_from
from ranked
left join told on told.run_id = ranked.run_id
group by ranked.run_id
