-- replaced_files: the recordings of a content that no file holds any more, after a file was replaced under its name.
delete from recordings
where content_hash not in (select content_hash from source_files where content_hash is not null)
