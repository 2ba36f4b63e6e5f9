-- run_laps: one row a lap of a run, from the file that gave its distance and time; no row where the watch marked none.
select runs.run_id, runs.local_date, laps.* exclude (recording_id)
from runs
join laps using (recording_id)
