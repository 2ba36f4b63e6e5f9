-- run_best_efforts: one row a distance or time that a run was long enough for, with its fastest stretch.
select runs.run_id, runs.local_date, best_efforts.* exclude (recording_id)
from runs
join best_efforts using (recording_id)
