-- replaced_files: one row deleted is a recording, a part of it or a night that no file holds any more: replaced or
-- reverted; or a run of a table's line whose file is there by now, and tells more than the line.
delete from recordings
where listed_as in (
    select listed_as from source_files where listed_as is not null
    union
    select regexp_extract(lower(file_name), '([^/]+?)(\.gz)?$', 1) from source_files
);
delete from recordings
where content_hash not in (
    select content_hash from source_files where content_hash is not null and outcome in ('run', 'undecided', 'known')
);
delete from nights
where content_hash not in (
    select content_hash from source_files where content_hash is not null and outcome in ('sleep', 'known')
);
delete from laps where recording_id not in (select recording_id from recordings);
delete from splits where recording_id not in (select recording_id from recordings);
delete from best_efforts where recording_id not in (select recording_id from recordings);
delete from heart_rate_histogram where recording_id not in (select recording_id from recordings);
delete from compared
where one not in (select recording_id from recordings) or other not in (select recording_id from recordings)
