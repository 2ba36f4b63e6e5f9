-- first_difference: one row with the key of the first row in which a table differs from the fresh rows, null where none
-- does; how many rows stand before it; how many places the table takes, those of deleted rows included.
with
held as (select {key} as key, hash(each) as content from {table} as each),
fresh as (select {key} as key, hash(each) as content from {fresh} as each),
difference as (
    select min(key) as first
    from held
    full join fresh using (key)
    where held.content is distinct from fresh.content
)
select
    first,
    (select count(*) from held where key < first) as kept,
    (select coalesce(max(rowid) + 1, 0) from {table}) as places
from difference
