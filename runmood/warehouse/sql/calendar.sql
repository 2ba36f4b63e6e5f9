-- calendar: one row a calendar day, none left out from the first run, check-in or plan to the last, with how many runs
-- it had, null where nobody knows, and what was marked.
-- It is known from the first run to the last one seen, and where the person said why they did not run. A day after the
-- last run may be an import that has not happened, and that is not rest; neither are more than eight weeks between two
-- runs on which the person said nothing.
with

span as (
    select min(local_date) as first, max(local_date) as last
    from (
        select local_date from runs
        union all select local_date from check_ins
        union all select local_date from planned_days
    )
),

dates as (
    select unnest(generate_series(first, last, interval 1 day))::date as local_date from span where first is not null
),

run_days as (
    select local_date, count(*) as runs from runs group by local_date
),

said_days as (
    select
        local_date,
        bool_or(skip_reason is not null) as said_why,
        bool_or(says_ill_or_injured(null, skip_reason) or says_away(null, skip_reason)) as said_apart
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
    left join said_days using (local_date)
    left join marked using (local_date)
    left join unread using (local_date)
),

covered as (
    select
        *,
        stretch > 0
        and stretch < max(stretch) over ()
        and (count(*) over stretches <= 56 or count(said_why) filter (where runs is null) over stretches > 0)
            as is_covered
    from stretched
    window stretches as (partition by stretch)
)

select
    local_date,
    date_trunc('week', local_date)::date as week_start,
    isodow(local_date) as weekday,
    if(runs is null and (is_covered and is_unread is null or coalesce(said_why, false)), 0, runs) as runs,
    tags,
    coalesce(list_has_any(tags, tags_of_the_day()), false) or coalesce(said_apart, false) as excluded
from covered
