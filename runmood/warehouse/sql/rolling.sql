-- rolling: one row a calendar day with what the days up to it came to; a sum is null unless every day of it is known.
-- Loads are in one unit, effort times minutes, or there is none. Monotony is the mean load of seven days by their
-- standard deviation (that of a sample, as most programs take it), and strain the week's load times it (Foster 1998,
-- doi:10.1097/00005768-199807000-00023); seven equal days have none, for it would be infinite. The ratio is the coupled
-- one, of which much has been claimed and little held (Impellizzeri 2020, doi:10.1123/ijspp.2019-0864): something to
-- look at. Fitness and fatigue stand in `fitness_lines`.
with

summed as (
    select
        local_date,
        count(runs) over week as known_days_7,
        count(runs) over four as known_days_28,
        count(runs) over year as known_days_365,
        if(known_days_7 = 7, sum(runs) over week, null) as runs_7,
        if(known_days_28 = 28, sum(runs) over four, null) as runs_28,
        if(known_days_365 = 365, sum(runs) over year, null) as runs_365,
        if(count(distance_m) over week = 7, sum(distance_m) over week, null) as distance_7d_m,
        if(count(distance_m) over four = 28, sum(distance_m) over four, null) as distance_28d_m,
        if(count(distance_m) over year = 365, sum(distance_m) over year, null) as distance_365d_m,
        if(count(moving_s) over week = 7, sum(moving_s) over week, null) as moving_7d_s,
        if(count(moving_s) over four = 28, sum(moving_s) over four, null) as moving_28d_s,
        if(count(moving_s) over year = 365, sum(moving_s) over year, null) as moving_365d_s,
        max(longest_m) over month as longest_30d_m,
        if(count(load) over week = 7, sum(load) over week, null) as load_7d,
        if(count(load) over four = 28, sum(load) over four, null) as load_28d,
        load_7d / 7 / if(max(load) over week > min(load) over week, stddev_samp(load) over week, null) as monotony
    from days
    window
        week as (order by local_date rows between 6 preceding and current row),
        four as (order by local_date rows between 27 preceding and current row),
        month as (order by local_date rows between 29 preceding and current row),
        year as (order by local_date rows between 364 preceding and current row)
)

select
    summed.*,
    load_7d * monotony as strain,
    load_7d / nullif(load_28d / 4, 0) as load_ratio,
    fitness_lines.fitness,
    fitness_lines.fatigue,
    lag(fitness_lines.fitness - fitness_lines.fatigue) over (order by local_date) as balance
from summed
join fitness_lines using (local_date)
