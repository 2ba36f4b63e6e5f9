-- sites: one row a site, with the shares over all days of its people, and no person.
select
    coalesce(site, '') as site,
    count(*) as people,
    sum(rated_days) / nullif(sum(days), 0) as rated_share,
    sum(known_days) / nullif(sum(days), 0) as known_share,
    avg(files_refused) as files_refused
from persons
group by all
