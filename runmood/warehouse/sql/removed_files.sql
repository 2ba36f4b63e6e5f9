-- removed_files: one row deleted is a file of these contents, or an archive around it, so that it is read again.
delete from source_files
where
    content_hash = any($1)
    or outcome = 'opened' and file_name in (
        select opened.file_name
        from source_files as opened
        join source_files as inside
            on inside.content_hash = any($1) and starts_with(inside.file_name, opened.file_name || '/')
        where opened.outcome = 'opened'
    )
