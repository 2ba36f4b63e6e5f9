-- best_times: one row a distance or time, with its fastest stretch of all runs; of two equal ones the first.
select * from run_best_efforts
qualify row_number() over (partition by effort order by pace_s_km, run_id) = 1
