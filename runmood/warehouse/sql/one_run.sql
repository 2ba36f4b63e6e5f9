-- one_run: one row, the run of this name or of this recording, or the last one; and the recording that tells of it.
select runs.run_id, runs.recording_id
from runs
left join run_files using (run_id)
where $1 in (runs.run_id, run_files.recording_id, 'last')
order by runs.started_at desc, runs.run_id desc
limit 1
