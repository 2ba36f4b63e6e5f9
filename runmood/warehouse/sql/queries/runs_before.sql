-- runs_before: one row a run, so many before the run of that id, newest first; without an id the newest.
select * from runs where $before is null or run_id < $before order by run_id desc limit $count
