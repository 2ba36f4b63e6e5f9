-- run_points: one row a sample of the run of this name, in order of time.
select * exclude (run_id) from points where run_id = $run order by sampled_at
