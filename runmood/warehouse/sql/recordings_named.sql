-- recordings_named: one row a recording that a person means by the name of its run, its own, its start or its file,
-- whether it counts as a run or not.
select distinct
    recordings.recording_id,
    recordings.content_hash,
    run_files.run_id,
    run_files.rank,
    source_files.file_name,
    recordings.started_at,
    recordings.time_zone,
    recordings.status_reason,
    recordings.suggested_start_at,
    source_files.reason
from recordings
left join run_files using (recording_id)
left join source_files
    on source_files.content_hash = recordings.content_hash and source_files.outcome in ('run', 'undecided')
where
    $run in (recordings.recording_id, run_files.run_id, strftime(recordings.started_at at time zone 'UTC', '%Y%m%d-%H%M%S'))
    or source_files.file_name = $run
    or ends_with(source_files.file_name, '/' || $run)
order by run_files.rank, recordings.recording_id
