-- batches: one row an import, the last one last, with how many of its files still are a run.
select
    imports.batch,
    imports.imported_at,
    imports.source,
    imports.files,
    count(source_files.file_name) filter (where source_files.outcome = 'run') as runs
from imports
left join source_files on source_files.batch = imports.batch
group by all
order by imports.batch
