-- run_splits: one row a kilometre or mile of a run, from the file that gave its distance and time.
select runs.run_id, runs.local_date, splits.* exclude (recording_id)
from runs
join splits using (recording_id)
