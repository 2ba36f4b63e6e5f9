-- runs_of_day: one row a run of a day, in order of time.
select * from runs where local_date = $date order by started_at
