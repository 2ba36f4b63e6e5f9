-- load_and_mood: one row a calendar day with the runs of the days before and the moods around it. Every day has a row in
-- `days`, so the row before is the day before; a sum of seven days is null unless all of them are known.
with

moods as (
    select *, if(mood_evening_late, null, mood_evening) as mood from days
)

select
    local_date,
    day_kind,
    excluded,
    distance_m,
    moving_s,
    load,
    lag(distance_m) over by_day as distance_yesterday_m,
    lag(moving_s) over by_day as moving_yesterday_s,
    lag(load) over by_day as load_yesterday,
    if(count(distance_m) over week_before = 7, sum(distance_m) over week_before, null) as distance_week_before_m,
    if(count(moving_s) over week_before = 7, sum(moving_s) over week_before, null) as moving_week_before_s,
    if(count(load) over week_before = 7, sum(load) over week_before, null) as load_week_before,
    lag(mood) over by_day as mood_yesterday,
    mood_morning,
    mood as mood_evening,
    lead(mood) over by_day as mood_tomorrow
from moods
window
    by_day as (order by local_date),
    week_before as (order by local_date rows between 7 preceding and 1 preceding)
