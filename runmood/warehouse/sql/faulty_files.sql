-- faulty_files: one row a file outside archives that was refused, set aside or read in part, by its content. One of many
-- activities, which may have gigabytes, is known by size and time.
select file_name, bytes, modified_at
from source_files
where
    (
        outcome in ('refused', 'skipped') and content_hash is not null
        or content_hash in (select content_hash from recordings where partial)
    )
    and not exists (
        from source_files as opened
        where opened.outcome = 'opened' and starts_with(source_files.file_name, opened.file_name || '/')
    )
