-- checks_counts: one row: how many files could not be read or opened, and how many lines of the journal are torn or altered.
select
    (select count(*) from source_files where outcome = 'refused') as refused,
    (select count(*) from notices where code = 'cannot-open') as closed,
    (select count(*) from notices where batch is null and code = 'torn-line') as lines,
    (select count(*) from notices where batch is null and code <> 'torn-line') as altered
