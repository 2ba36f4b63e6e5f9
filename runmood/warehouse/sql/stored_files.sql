-- stored_files: one row a file that has one of the contents in the list $1: whether it holds what its content says, and what an
-- export's table told of it; null where none did.
select
    content_hash,
    file_name,
    bytes,
    modified_at,
    outcome in ('run', 'undecided', 'skipped', 'refused') as holds,
    listing,
    listed_as
from source_files
where content_hash = any($1::json::varchar[]) and (listing is not null or outcome in ('run', 'undecided', 'skipped', 'refused'))
order by file_name
