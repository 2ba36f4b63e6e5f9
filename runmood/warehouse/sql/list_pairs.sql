-- list_pairs: one row for two recordings that were nearly taken otherwise: for one run, or for two; the closest first.
select
    run_pairs.*,
    a.run_id as run,
    b.run_id as other_run,
    coalesce(a_file.file_name, a.recording_id) as file_name,
    coalesce(b_file.file_name, b.recording_id) as other_file_name,
    a.run_id = b.run_id as together
from run_pairs
join run_files as a on a.recording_id = run_pairs.one
join run_files as b on b.recording_id = run_pairs.other
left join source_files as a_file on a_file.content_hash = a.content_hash and a_file.outcome in ('run', 'undecided')
left join source_files as b_file on b_file.content_hash = b.content_hash and b_file.outcome in ('run', 'undecided')
where
    run_pairs.reason_code = 'compared'
    and (
        a.run_id <> b.run_id
        or (run_pairs.same_run and run_pairs.score < 0.8)
        or (run_pairs.cut_copy is not null and run_pairs.cut_copy <> (
            select recording_id from runs where runs.run_id = a.run_id
        ))
    )
order by a.run_id desc, score desc
