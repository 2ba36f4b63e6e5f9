-- dates: one row a calendar day, none left out from the first run, check-in, plan or word on a day to the last; nothing
-- dated after today makes a day.
with

span as (
    select min(local_date) as first, max(local_date) as last
    from (
        select local_date from runs
        union all select local_date from check_ins
        union all select local_date from planned_days
        union all select local_date from reported_days
        union all select local_date from reported_care
    )
    where local_date <= (select day from today)
)

select unnest(generate_series(first, last, interval 1 day))::date as local_date from span where first is not null
