-- days_between: one row a calendar day from one to another, as days.
select * from days where local_date between date '{first}' and date '{last}' order by local_date
