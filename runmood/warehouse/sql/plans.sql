-- plans: one row a day that had a plan: what the person wrote down before it began, else what their weeks were like.
-- A habit is learned for a day in a week for which nothing was written down by then, from the same weekday of the eight
-- weeks before: a run where three in four of them had one, rest where one in four or fewer had, nothing in between or
-- where fewer than six are known. Excluded days (ill, injured, travel) teach nothing.
-- Who runs on other days each week has no habit, and a run moved is not a run missed: so the week must have a run and a
-- rest to expect, and nine in ten of the runs of those weeks fell on weekdays with a run more often than not.
-- benchmarks/habits.py measures how often this is wrong.
with

-- Each weekday of a week is judged on its Monday already, so that later days of it change nothing.
weekdays as (
    select unnest(generate_series(min(week_start), max(week_start) + 6, interval 1 day))::date as local_date
    from calendar
    having count(*) > 0
),

usual as (
    select
        weekdays.local_date,
        date_trunc('week', weekdays.local_date)::date as week_start,
        count(runs) filter (where not excluded) over eight as known,
        avg(least(runs, 1)) filter (where not excluded) over eight as share,
        case when known >= 6 and share >= 0.75 then 'run' when known >= 6 and share <= 0.25 then 'rest' end as planned,
        calendar.local_date is not null as is_over
    from weekdays
    left join calendar using (local_date)
    window eight as (
        partition by isodow(weekdays.local_date) order by weekdays.local_date rows between 8 preceding and 1 preceding
    )
),

learned as (
    select local_date, week_start, planned, share, is_over
    from usual
    window week as (partition by week_start)
    qualify
        planned is not null
        and bool_or(planned = 'run') over week
        and bool_or(planned = 'rest') over week
        and sum(share) filter (where share > 0.5) over week >= 0.9 * sum(share) over week
)

select * from planned_days
union all by name
select learned.local_date, learned.planned, 'habit' as plan_source, 0 as versions
from learned
where
    is_over
    and not exists (
        from planned_days
        where
            date_trunc('week', planned_days.local_date) = learned.week_start
            and coalesce(planned_days.said_at < learned.local_date + interval 1 day, true)
    )
