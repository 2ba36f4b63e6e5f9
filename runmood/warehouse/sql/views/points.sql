-- points: one row a sample of a run, from its best file that has positions, else from its best file.
-- The files lie beside the database, wherever the home is now. DuckDB tells no view where its database lies, but it keeps
-- its temporary files beside it; where it was attached under another roof, the home is taken to be where it was.
select runs.run_id, samples.* exclude (filename)
from read_parquet(
    if(
        regexp_matches(current_setting('temp_directory'), '(^|[/\\])runmood\.duckdb\.tmp$')
        and not regexp_matches(current_setting('temp_directory'), '\.work[/\\]runmood\.duckdb\.tmp$'),
        regexp_replace(current_setting('temp_directory'), 'runmood\.duckdb\.tmp$', 'points'),
        '{points}'
    ) || '/*.parquet',
    filename = true
) as samples
join runs on runs.points_recording_id = parse_filename(samples.filename, true)
