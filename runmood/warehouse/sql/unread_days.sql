-- unread_days: one row a day on which there may have been a run that cannot be counted: a recording that waits for a
-- decision speaks of it, or a file that could not be read, or not yet: one that is still in the cloud or being written.
select recordings.local_date
from recordings
left join decided_runs using (recording_id)
where recordings.status = 'undecided' and decided_runs.is_run is null
union
select local_date from source_files where outcome in ('refused', 'skipped') and local_date is not null
