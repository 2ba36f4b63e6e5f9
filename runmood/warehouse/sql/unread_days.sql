-- unread_days: one row a day on which there may have been a run that cannot be counted: a recording that waits for a
-- decision speaks of it, or a file that could not be read, or not yet: one that is still in the cloud or being written,
-- in the inbox or in a watched folder (`awaited_days`).
-- A recording by a wrong clock speaks of the day that would put it right; where none does, of every day since the last
-- run before its file was saved, up to that day. And a run that the person told of, where its file puts it on the day
-- beside.
with

waiting as (
    select recordings.*
    from recordings
    left join decided_runs using (recording_id)
    where recordings.status = 'undecided' and decided_runs.is_run is null
),

saved as (
    select distinct (source_files.modified_at at time zone waiting.time_zone)::date as saved_on
    from waiting
    join source_files using (content_hash)
    where waiting.status_reason = 'clock_ahead' and source_files.modified_at < waiting.started_at
),

since_last_run as (
    select saved.saved_on, max(runs.local_date) + 1 as first_day
    from saved
    join runs on runs.local_date < saved.saved_on
    group by saved.saved_on
)

select local_date from waiting
union
select (suggested_start_at at time zone time_zone)::date from waiting where suggested_start_at is not null
union
select unnest(generate_series(first_day, saved_on, interval 1 day))::date from since_last_run
union
select local_date from source_files where outcome in ('refused', 'skipped') and local_date is not null
union
select local_date from awaited_days
union
select local_date from reported_runs
