-- imports: one row an import, with how many of its files stand as what now: what was taken back, or is gone unread, counts
-- as a rebuild counts it.
select imports.batch, imports.imported_at, imports.source, counts.* exclude (batch)
from imports
join ({counts}) as counts using (batch)
where counts.files > 0
order by batch
