-- list_files: one row a recording of the run of this name, the best first, with the name of its file.
select run_files.*, recordings.started_at, coalesce(source_files.file_name, run_files.recording_id) as file_name
from run_files
join recordings using (recording_id)
left join source_files on source_files.content_hash = run_files.content_hash and source_files.outcome in ('run', 'undecided')
where run_files.run_id = (select any_value(run_id) from run_files where $run in (run_id, recording_id))
order by run_files.rank
