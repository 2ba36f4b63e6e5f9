-- recording_starts: one row a recording, with a file that it is in and when it begins by that; also one a file that gave none,
-- by the name that its first one would have.
select recording_id, min(file_name) as file_name, coalesce(file_began_at, started_at) as began
from recordings
left join source_files
    on source_files.content_hash = recordings.content_hash and source_files.outcome in ('run', 'undecided')
group by all
union all
select left(content_hash, 16) || '-1', min(file_name), null
from source_files
where outcome in ('skipped', 'refused') and content_hash is not null
group by all
order by recording_id
