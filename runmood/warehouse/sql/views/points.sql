-- points: one row a sample of a run, from its best file that has positions, else from its best file.
-- A recording's own file goes before that of its month. Both lie beside the database, wherever the home is now.
select runs.run_id, samples.* exclude (filename, recording_id)
from read_parquet({folder} || '/*.parquet', filename = true) as samples
join runs on runs.points_recording_id = samples.recording_id
where
    parse_filename(samples.filename, true) = samples.recording_id
    or samples.recording_id not in (select parse_filename(file, true) from glob({folder} || '/*.parquet'))
