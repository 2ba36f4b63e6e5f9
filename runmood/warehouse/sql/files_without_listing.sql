-- files_without_listing: one row a file that holds what its content says and of which no export's table told.
select file_name, bytes, modified_at
from source_files
where content_hash is not null and listing is null and outcome in ('run', 'undecided', 'skipped', 'refused')
