-- points: one row a sample of a run, from the best file of the run.
select run_files.run_id, samples.* exclude (filename)
from read_parquet('{points}/*.parquet', filename = true) as samples
join run_files on run_files.rank = 1 and run_files.recording_id = parse_filename(samples.filename, true)
