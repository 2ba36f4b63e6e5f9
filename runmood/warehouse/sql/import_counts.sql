-- import_counts: one row an import of which a file is known, with how many of its files stand as what now.
select
    batch,
    count(*) filter (where outcome <> 'opened') as files,
    count(*) filter (where outcome = 'run') as runs,
    count(*) filter (where outcome = 'check_ins') as said,
    count(*) filter (where outcome = 'sleep') as slept,
    count(*) filter (where outcome = 'skipped') as skipped,
    count(*) filter (where outcome = 'refused') as refused,
    count(*) filter (where outcome = 'known') as known,
    count(*) filter (where outcome = 'undecided') as undecided,
    count(*) filter (
        where content_hash in (select content_hash from recordings where partial) and outcome = 'run'
    ) as partial
from source_files
where batch is not null
group by batch
