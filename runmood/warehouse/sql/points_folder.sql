-- points_folder: where the files of points lie. DuckDB tells no view where its database lies, but it keeps its temporary
-- files beside it; where it was attached under another roof, the home is taken to be where it was.
if(
    regexp_matches(current_setting('temp_directory'), '(^|[/\\])runmood\.duckdb\.tmp$')
    and not regexp_matches(current_setting('temp_directory'), '\.work[/\\]runmood\.duckdb\.tmp$'),
    regexp_replace(current_setting('temp_directory'), 'runmood\.duckdb\.tmp$', 'points'),
    '{points}'
)
