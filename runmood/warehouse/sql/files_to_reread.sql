-- files_to_reread: one row a file that was read with other corrections than the person makes of it now.
select source_files.*
from source_files
left join (select unnest($contents) as content, unnest($corrections) as correction) as wanted
    on wanted.content = left(source_files.content_hash, 16)
where
    outcome not in ('known', 'opened', 'check_ins', 'sleep')
    and content_hash is not null
    and source_files.correction is distinct from wanted.correction
order by file_name
