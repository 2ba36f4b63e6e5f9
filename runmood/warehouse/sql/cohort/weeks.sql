-- weeks: one row a person and week from Monday to Sunday, from the days that are given.
select
    person,
    date_trunc('week', local_date)::date as week_start,
    count(*) as days,
    count(mood_evening) as rated_days,
    avg(mood_evening) as mood_evening,
    case when count(day_kind) > 0
        then count(*) filter (day_kind in ('planned_run', 'partly_met', 'missed_run')) end as planned_runs,
    case when count(day_kind) > 0 then count(*) filter (day_kind = 'missed_run') end as missed_runs,
    case when count(distance_m) = count(*) then sum(distance_m) end as distance_m,
    case when count(moving_s) = count(*) then sum(moving_s) end as moving_s,
    case when count(load) = count(*) then sum(load) end as load
from days
group by all
