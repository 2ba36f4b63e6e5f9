-- first_and_last_day: one row with the first and the last calendar day; both null where there is none.
select min(local_date) as first, max(local_date) as last from days
