-- replaced_files: one row deleted is a recording, a part of it or a night that no file holds any more: replaced or
-- reverted.
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
