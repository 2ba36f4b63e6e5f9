-- one_run: one row, the run of this name or of this recording, and the recording that tells of it.
select runs.run_id, runs.recording_id
from runs
left join run_files using (run_id)
where $1 in (runs.run_id, run_files.recording_id)
limit 1
