-- points: one row a sample of a run, from its best file that has positions, else from its best file.
select runs.run_id, samples.* exclude (filename)
from read_parquet('{points}/*.parquet', filename = true) as samples
join runs on runs.points_from = parse_filename(samples.filename, true)
