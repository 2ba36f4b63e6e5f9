-- stale_files: a content whose files are to be read again: its format's reader has another version now, or, where a
-- format is new, no reader had accepted it.
select distinct source_files.content_hash
from source_files
left join (
    select unnest($formats::json::varchar[]) as format, unnest($versions::json::int[]) as version
) as readers
    using (format)
where
    source_files.content_hash is not null
    and (
        source_files.reader_version <> readers.version
        or $is_format_new and source_files.format is null and source_files.outcome in ('refused', 'skipped')
    )
