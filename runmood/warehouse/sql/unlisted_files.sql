-- unlisted_files: one row a file that may hold a run and of which no export's table told.
select content_hash, file_name, bytes, modified_at
from source_files
where listed_in is null and content_hash is not null and outcome in ('run', 'undecided', 'skipped', 'refused')
order by file_name
