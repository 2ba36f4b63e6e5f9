-- plans: one row a day that had a plan: what the person wrote down before it began, else what their weeks were like.
-- A habit is learned for a day in a week for which nothing was written down by then, from the same weekday of the eight
-- weeks before: a run where three in four of them had one, rest where one in four or fewer had, nothing in between or
-- where fewer than six are known. Excluded days (ill, injured, travel) teach nothing.
-- Who runs on other days each week has no habit: so the week must have a run and a rest to expect, and nine in ten of the
-- runs of those weeks fell on weekdays with a run more often than not.
-- A run moved is not a run missed: where a day lacks its run, and the day before or after it in that week has one that
-- nothing asked for, this is the one, and it was expected there. Who said why there was no run has moved none. Where the
-- run of the day after began before 04:00, in the evening that a person's day ends with, nothing is held against the day.
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
        case when known >= 6 and share >= 0.75 then 'run' when known >= 6 and share <= 0.25 then 'rest' end as usually,
        runs,
        excluded,
        calendar.local_date is not null as is_over
    from weekdays
    left join calendar using (local_date)
    window eight as (
        partition by isodow(weekdays.local_date) order by weekdays.local_date rows between 8 preceding and 1 preceding
    )
),

learned as (
    select *
    from usual
    window week as (partition by week_start)
    qualify
        bool_or(usually = 'run') over week
        and bool_or(usually = 'rest') over week
        and sum(share) filter (where share > 0.5) over week >= 0.9 * sum(share) over week
),

-- A day that lacks its run is marked l, one with a run that nothing asked for r; neighbours among them, from Monday on,
-- are a move.
marked as (
    select
        *,
        case
            when usually is distinct from 'run' and runs > 0 then 'r'
            when usually = 'run' and runs = 0 and not excluded and skipped.local_date is null then 'l'
            else '.'
        end as mark
    from learned
    left join (select distinct local_date from check_ins where skip_reason is not null) as skipped using (local_date)
    left join (
        select local_date - 1 as local_date, true as run_after_midnight from runs where local_clock < '04:00' group by all
    ) as nights using (local_date)
),

moved as (
    select
        *,
        regexp_replace(string_agg(mark, '' order by local_date) over week, 'lr|rl', '><', 'g') as moves,
        moves[isodow(local_date)] in ('>', '<') as is_moved
    from marked
    window week as (partition by week_start)
),

expected as (
    select
        local_date,
        week_start,
        is_over,
        case
            when is_moved and mark = 'r' then 'run'
            when mark = 'l' and run_after_midnight then null
            when not is_moved then usually
        end as planned
    from moved
)

select * from planned_days
union all by name
select expected.local_date, expected.planned, 'habit' as plan_source, 0 as versions
from expected
where
    is_over
    and planned is not null
    and not exists (
        from planned_days
        where
            date_trunc('week', planned_days.local_date) = expected.week_start
            and coalesce(planned_days.said_at < expected.local_date + interval 1 day, true)
    )
