-- days: one row a day of the diary, with the columns that a person may give to a cohort.
select local_date, day_kind, mood_morning, mood_evening, excluded, runs, distance_m, moving_s, load
from days
order by local_date
