-- unused_files: one row a file of this name that was read and gave no recording, with the name its first one would have.
select
    left(content_hash, 16) || '-1' as recording_id,
    content_hash,
    null::varchar as run_id,
    null::bigint as rank,
    file_name,
    null::timestamptz as started_at,
    null::varchar as time_zone,
    null::varchar as status_reason,
    null::timestamptz as suggested_start_at,
    reason
from source_files
where
    outcome in ('skipped', 'refused')
    and content_hash is not null
    and (file_name = $file or ends_with(file_name, '/' || $file))
order by file_name
