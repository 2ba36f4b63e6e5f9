-- runs_with_files: one row a run with the names of its files, the best first; none where the person told of it.
select
    runs.run_id,
    runs.started_at,
    runs.local_date,
    runs.local_clock,
    runs.name,
    runs.distance_m,
    runs.moving_s,
    runs.pace_s_km,
    runs.files,
    list(coalesce(source_files.file_name, run_files.recording_id) order by run_files.rank)
        filter (where run_files.recording_id is not null) as file_names
from runs
left join run_files using (run_id)
left join source_files on source_files.content_hash = run_files.content_hash and source_files.outcome in ('run', 'undecided')
group by all
order by runs.started_at, runs.run_id
