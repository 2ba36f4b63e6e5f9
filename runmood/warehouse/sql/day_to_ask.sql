-- day_to_ask: one row, the latest day of the two weeks before that counts as a skipped run by the devices' word alone.
select max(local_date)
from days
where
    day_kind = 'missed_run'
    and known_from = 'device'
    and local_date >= $1::date - 14
    and local_date < $1::date
