-- check_ins_near_runs: one row a check-in with the run nearest to it in time, however far; null without any run.
with

beside as (
    select
        check_ins.check_in_id,
        past.run_id as past_run,
        coming.run_id as coming_run,
        epoch(check_ins.felt_at) - epoch(past.ended_at) as since_s, -- below 0 during the run
        epoch(coming.started_at) - epoch(check_ins.felt_at) as until_s
    from check_ins
    asof left join runs as past on check_ins.felt_at >= past.started_at
    asof left join runs as coming on check_ins.felt_at < coming.started_at
),

nearest as (
    select
        check_in_id,
        greatest(since_s, 0) / 3600 as hours_since_run,
        until_s / 3600 as hours_until_run,
        case when until_s < since_s or past_run is null then coming_run else past_run end as run_id,
        case
            when run_id is null then null
            when run_id = coming_run then 'before'
            when since_s < 0 then 'during'
            else 'after'
        end as side,
        case side when 'before' then until_s when 'during' then 0 when 'after' then since_s end as apart_s
    from beside
)

select
    check_ins.check_in_id,
    check_ins.felt_at,
    check_ins.local_clock,
    check_ins.utc_offset,
    check_ins.local_date,
    check_ins.kind,
    check_ins.mood,
    check_ins.energy,
    check_ins.late,
    nearest.run_id,
    nearest.side,
    nearest.apart_s,
    nearest.hours_since_run,
    nearest.hours_until_run,
    runs.distance_m,
    runs.effort
from check_ins
join nearest using (check_in_id)
left join runs on runs.run_id = nearest.run_id
