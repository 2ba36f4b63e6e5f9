-- weeks: one row an ISO week, Monday to Sunday, from the first day to the last.
-- Sums are over the days of which it is known whether there was a run; a week with no such day has null, not 0.
with

longest as (
    select date_trunc('week', local_date)::date as week_start, max(distance_m) as longest_m from runs group by 1
)

select
    date_trunc('week', local_date)::date as week_start,
    strftime(any_value(local_date), '%G-W%V') as iso_week,
    count(runs) as known_days,
    sum(runs) as runs,
    sum(distance_m) as distance_m,
    sum(moving_s) as moving_s,
    any_value(longest.longest_m) as longest_m,
    sum(moving_s) / nullif(sum(distance_m), 0) * 1000 as pace_s_km,
    count(*) filter (where day_kind in ('planned run', 'missed run')) as planned_runs,
    count(*) filter (where day_kind = 'missed run') as missed_runs,
    count(*) filter (where day_kind in ('planned rest', 'run on rest')) as planned_rests,
    avg(mood_evening) as mood_evening,
    avg(energy_evening) as energy_evening,
    count(mood_evening) as rated_evenings
from days
left join longest on longest.week_start = date_trunc('week', days.local_date)::date
group by 1
order by 1
