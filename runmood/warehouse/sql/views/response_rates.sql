-- response_rates: one row a kind of day and moment of it, with how often the person said how they felt. Where they
-- answer less after one kind of day than after another, a comparison of their moods may mislead.
select
    day_kind,
    moment,
    count(*) as days,
    count(mood) as answered,
    answered / days as share
from (
    select day_kind, 'morning' as moment, mood_morning as mood from days
    union all
    select day_kind, 'evening', mood_evening from days
)
group by day_kind, moment
order by day_kind, moment
