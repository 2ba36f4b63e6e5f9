-- run_stretches: one row a stretch of the run of this name, in order: the recording that has its figures, the one that
-- has its points, and when and in which month that one began.
select
    run_files.stretch,
    arg_min(recordings.recording_id, run_files.rank) as recording_id,
    arg_min(recordings.recording_id, run_files.rank + if(start_latitude_deg is null, 1000, 0)) as points_recording_id,
    arg_min(recordings.started_at, run_files.rank + if(start_latitude_deg is null, 1000, 0)) as started_at,
    strftime(
        arg_min(recordings.local_date, run_files.rank + if(start_latitude_deg is null, 1000, 0)), '%Y-%m'
    ) as points_month
from run_files
join recordings using (recording_id)
where run_files.run_id = $run
group by run_files.stretch
order by run_files.stretch
