-- days: one row a calendar day, none left out from the first run, check-in or plan to the last.
-- A day without a run has distance 0. A day that no file covers (before the first run, after the last one seen) is
-- unknown: its distance is null, for an import that has not happened is not rest. A day without a check-in has mood null.
with

span as (
    select min(date) as first, max(date) as last
    from (
        select local_date as date from runs
        union all select local_date from check_ins
        union all select local_date from plans
    )
),

calendar as (
    select unnest(generate_series(first, last, interval 1 day))::date as local_date from span where first is not null
),

covered as (
    select min(local_date) as first, max(local_date) as last from runs
),

run_days as (
    select
        local_date,
        count(*) as runs,
        coalesce(sum(distance_m), 0) as distance_m,
        coalesce(sum(moving_s), 0) as moving_s,
        max(distance_m) as longest_m,
        sum(effort * moving_s) filter (where effort is not null)
        / nullif(sum(moving_s) filter (where effort is not null), 0) as effort
    from runs
    group by local_date
),

said as (
    select
        local_date,
        count(*) as check_ins,
        arg_max(mood, felt_at) filter (where kind = 'morning') as mood_morning,
        arg_min(mood, felt_at) filter (where kind = 'before-run') as mood_before_run,
        arg_max(mood, felt_at) filter (where kind = 'after-run') as mood_after_run,
        arg_max(mood, felt_at) filter (where kind = 'evening') as mood_evening,
        arg_max(late, felt_at) filter (where kind = 'evening') as mood_evening_late,
        arg_max(energy, felt_at) filter (where kind = 'morning') as energy_morning,
        arg_max(energy, felt_at) filter (where kind = 'evening') as energy_evening,
        arg_max(sleep, felt_at) as sleep,
        arg_max(stress, felt_at) filter (where kind = 'evening') as stress,
        arg_max(tiredness, felt_at) as tiredness,
        arg_max(soreness, felt_at) as soreness,
        arg_max(skip_reason, felt_at) as skip_reason,
        bool_or(list_has_any(coalesce(tags, []), ['ill', 'injured', 'travel', 'major event'])) as set_apart
    from check_ins
    group by local_date
),

joined as (
    select
        calendar.local_date,
        isodow(calendar.local_date) as weekday,
        plans.planned,
        plans.plan_source,
        run_days.runs as runs_seen,
        run_days.* exclude (local_date, runs),
        said.* exclude (local_date),
        runs_seen is not null
        or calendar.local_date between covered.first and covered.last
        or said.skip_reason is not null as is_known
    from calendar
    cross join covered
    left join run_days using (local_date)
    left join said using (local_date)
    left join plans using (local_date)
)

select
    * exclude (runs_seen, is_known)
    replace (
        if(is_known, coalesce(distance_m, 0), null) as distance_m,
        if(is_known, coalesce(moving_s, 0), null) as moving_s,
        coalesce(check_ins, 0) as check_ins,
        coalesce(set_apart, false) as set_apart
    ),
    if(is_known, coalesce(runs_seen, 0), null) as runs,
    case
        when not is_known then 'unknown'
        when runs_seen is null and planned is null then 'no run'
        when runs_seen is null and planned = 'run' then 'missed run'
        when runs_seen is null then 'planned rest'
        when planned is null then 'unplanned run'
        when planned = 'run' then 'planned run'
        else 'run on rest'
    end as day_kind
from joined
order by local_date
