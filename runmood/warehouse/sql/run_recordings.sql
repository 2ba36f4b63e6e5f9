-- run_recordings: one row a recording that counts as a run: by the person's word, else by its own status.
select recordings.*
from recordings
left join decided_runs using (recording_id)
where coalesce(decided_runs.is_run, recordings.status = 'run')
