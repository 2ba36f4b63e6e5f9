-- calendar: one row a calendar day, with how many runs it had, null where nobody knows, how that is known, and what was
-- marked.
-- A day without a run is known to be one only where that was earned: the person says so, or the devices that record
-- their runs have told of a later day (`device_coverage`). What the person says of a run that no file holds leaves the
-- day unknown, so does a file of that day that could not be read or waits for a decision (`unread_days`), and so do more
-- than eight weeks between two runs on which the person said nothing; on a planned rest a check-in is enough there.
with

run_days as (
    select local_date, count(*) as runs
    from runs
    where local_date <= (select day from today)
    group by local_date
),

check_in_days as (
    select
        local_date,
        bool_or(skip_reason is not null) as gives_reason,
        bool_or(says_ill_or_injured(null, skip_reason) or says_away(null, skip_reason)) as is_excluded,
        bool_or(kind in ('before-run', 'after-run') or effort is not null or tells_of_a_run(note)) as mentions_run
    from check_ins
    group by local_date
),

-- All that was marked: in a check-in, or on a run by hand.
marked as (
    select local_date, list(distinct tag order by tag) as tags
    from (
        select local_date, unnest(tags) as tag from check_ins
        union all
        select runs.local_date, unnest(decided_tags.tags)
        from decided_tags
        join run_files using (recording_id)
        join runs using (run_id)
    )
    group by local_date
),

unread as (
    select local_date, true as is_unread from unread_days
),

-- A stretch is a day with a run and the days up to the next one.
stretched as (
    select *, count(runs) over (order by local_date) as stretch
    from dates
    left join run_days using (local_date)
    left join check_in_days using (local_date)
    left join reported_days using (local_date)
    left join marked using (local_date)
    left join unread using (local_date)
    left join reported_care using (local_date)
    left join device_coverage using (local_date)
    left join (select local_date, planned from planned_days) as plans using (local_date)
),

judged as (
    select
        *,
        (count(*) over stretches <= 56 or count(gives_reason) filter (where runs is null) over stretches > 0) as is_short,
        case
            when runs is not null then 'run'
            when word = 'no run' then 'person'
            when word = 'not imported' then null
            when gives_reason then 'person'
            when mentions_run or is_unread then null
            when care in ('ill', 'injured') then 'person'
            when is_covered and (is_short or (planned = 'rest' and gives_reason is not null)) then 'device'
        end as known_from
    from stretched
    window stretches as (partition by stretch)
)

select
    local_date,
    date_trunc('week', local_date)::date as week_start,
    isodow(local_date) as weekday,
    if(known_from is null, null, coalesce(runs, 0)) as runs,
    known_from,
    tags,
    coalesce(list_has_any(tags, tags_of_the_day()), false)
    or coalesce(is_excluded, false)
    or coalesce(care in ('ill', 'injured'), false) as excluded,
    care as reported_care
from judged
