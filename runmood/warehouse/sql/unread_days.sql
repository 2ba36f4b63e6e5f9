-- unread_days: one row a day on which there may have been a run that cannot be counted: a recording that waits for a
-- decision speaks of it, or a file that could not be read, or not yet: one that is still in the cloud or being written,
-- in the inbox or in a watched folder (`awaited_days`).
-- A recording by a wrong clock speaks of the day that would put it right; where none does, of every day since the last
-- run before its file was saved, up to that day. And a run that the person told of, where its file puts it on the day
-- beside. And the day of a planned run before a night in which a run began, or was spoken of, before 04:00, where a
-- person's day ends: it may be the one that was planned, though the calendar has it on the day after.
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
),

after_midnight as (
    select local_date from runs where local_clock < '04:00'
    union all
    select local_date from waiting where local_clock < '04:00'
    union all
    select local_date
    from check_ins
    where
        local_clock < '04:00'
        and kind <> 'evening'
        and (kind in ('before-run', 'after-run') or effort is not null or tells_of_a_run(note))
)

select local_date from waiting
union
select planned_days.local_date
from planned_days
join after_midnight on after_midnight.local_date = planned_days.local_date + 1
where planned_days.planned = 'run'
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
