-- days_between: one row a calendar day from one to another, in order.
select * from days where local_date between $first and $last order by local_date
