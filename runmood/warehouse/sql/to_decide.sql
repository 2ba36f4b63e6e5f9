-- to_decide: one row a recording of which only the person can say what it is, when it was or how far; the latest first.
-- What the person has said of it takes it from here: that it is a run or none, or its distance.
select
    recordings.recording_id,
    recordings.content_hash,
    any_value(run_files.run_id) as run_id,
    any_value(source_files.file_name) as file_name,
    recordings.status_reason as reason_code,
    recordings.status = 'run' as counts,
    recordings.local_date,
    recordings.local_clock,
    recordings.suggested_start_at,
    recordings.name,
    recordings.distance_m,
    recordings.elapsed_s,
    recordings.moving_s
from recordings
left join source_files
    on source_files.content_hash = recordings.content_hash and source_files.outcome in ('run', 'undecided')
left join run_files on run_files.recording_id = recordings.recording_id
left join decided_runs on decided_runs.recording_id = recordings.recording_id
left join decided_distances on decided_distances.recording_id = recordings.recording_id
where
    recordings.status_reason is not null
    and decided_runs.is_run is null
    and not (recordings.status_reason = 'no_distance' and decided_distances.distance_m is not null)
group by all
order by recordings.local_date desc, recordings.local_clock desc
