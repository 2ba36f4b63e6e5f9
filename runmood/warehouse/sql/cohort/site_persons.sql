-- site_persons: one row a person with their site, and of how many of their days anything was rated or is known.
select coalesce(site, '') as site, person, days, rated_days, known_days
from persons
order by site, person
