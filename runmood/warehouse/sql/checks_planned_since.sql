-- checks_planned_since: one row: how many runs were planned, and how many recorded, since a watched folder brought something.
select
    (
        select count(*) from plans
        where planned = 'run' and local_date > date '{since}' and local_date < date '{today}'
    ) as planned,
    (select count(*) from runs where local_date > date '{since}') as runs
