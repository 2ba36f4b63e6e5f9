-- periods: one row a {period} from the first day to the last: the statement of weeks, months and years.
-- Sums are over the days of which it is known whether there was a run; a {period} with no such day has null, not 0.
-- What a run does not tell (its distance, its climb) is left out of its sum; a load that is not told makes it null.
select
    date_trunc('{period}', local_date)::date as {period}_start,
    strftime(any_value(local_date), '%G-W%V') as iso_week,
    count(runs) as known_days,
    sum(runs) as runs,
    if(sum(runs) = 0, 0, sum(distance_m) filter (where runs > 0)) as distance_m,
    if(sum(runs) = 0, 0, sum(moving_s) filter (where runs > 0)) as moving_s,
    max(longest_m) as longest_m,
    if(sum(runs) = 0, 0, sum(ascent_m) filter (where runs > 0)) as ascent_m,
    sum(moving_s) filter (where distance_m > 0) / nullif(sum(distance_m), 0) * 1000 as pace_s_km,
    if(count(load) = count(runs), sum(load), null) as load,
    count(*) filter (where day_kind in ('planned_run', 'partly_met', 'missed_run')) as planned_runs,
    count(*) filter (where day_kind = 'missed_run') as missed_runs,
    count(*) filter (where day_kind in ('planned_rest', 'run_on_rest')) as planned_rests,
    count(*) filter (where day_kind = 'ill_or_injured') as ill_or_injured_days,
    count(*) filter (where day_kind = 'away') as away_days,
    avg(mood_evening) as mood_evening,
    avg(energy_evening) as energy_evening,
    count(mood_evening) as rated_evenings
from days
group by date_trunc('{period}', local_date)
