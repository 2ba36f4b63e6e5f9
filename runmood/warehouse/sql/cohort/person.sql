-- person: the one row of a home's person: how long the diary is and how much of it is known.
select
    min(local_date) as first_date,
    max(local_date) as last_date,
    count(*) as days,
    count(*) filter (day_kind <> 'unknown') as known_days,
    count(*) filter (mood_evening is not null) as rated_days,
    (select count(*) from source_files where outcome = 'refused') as files_refused
from days
