-- missed_days: one row a planned run that did not happen, with why, where the person said, and the moods around it.
select
    days.local_date,
    days.weekday,
    days.skip_reason,
    days.plan_source,
    days.plan_name,
    days.planned_m,
    days.planned_s,
    days.excluded,
    load_and_mood.mood_yesterday,
    days.mood_morning,
    load_and_mood.mood_evening,
    load_and_mood.mood_tomorrow,
    days.helped
from days
join load_and_mood using (local_date)
where days.day_kind = 'missed_run'
