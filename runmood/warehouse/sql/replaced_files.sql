-- replaced_files: what is left of a content that no file holds any more: replaced under its name, or taken back.
delete from recordings
where content_hash not in (
    select content_hash from source_files where content_hash is not null and outcome in ('run', 'known')
);
delete from laps where recording_id not in (select recording_id from recordings);
delete from splits where recording_id not in (select recording_id from recordings);
delete from best_efforts where recording_id not in (select recording_id from recordings);
delete from heart_rate_histogram where recording_id not in (select recording_id from recordings);
delete from compared
where one not in (select recording_id from recordings) or other not in (select recording_id from recordings)
