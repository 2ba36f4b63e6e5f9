-- days: one row a calendar day, none left out: the day's runs joined with what was planned and what was said.
-- A day without a run has distance 0; a day of which nobody knows whether there was one has null, and so has a day with
-- a run whose distance nobody knows. A day without a check-in has mood null. `calendar` says which days are known.
with

-- Nobody runs twice at once: time that two runs share counts once, with the run that began first, unless the person said
-- that they are two. Of a run without a clock nobody knows what it shares.
declared_different as (
    select one.run_id as run, other.run_id as other
    from run_pairs
    join run_files as one on one.recording_id = run_pairs.one
    join run_files as other on other.recording_id = run_pairs.other
    where run_pairs.reason_code = 'said_different'
),

own_time as (
    select
        run.run_id,
        1 - max(
            (epoch(least(run.ended_at, before.ended_at)) - epoch(run.started_at))
            / (epoch(run.ended_at) - epoch(run.started_at))
        ) as share
    from runs as run
    join runs as before
        on before.ended_at > run.started_at
        and (before.started_at, before.run_id) < (run.started_at, run.run_id)
        and before.local_clock is not null
    where
        run.ended_at > run.started_at
        and run.local_clock is not null
        and not exists (
            from declared_different where (run, other) in ((run.run_id, before.run_id), (before.run_id, run.run_id))
        )
    group by run.run_id
),

counted as (
    select * replace (
        distance_m * coalesce(share, 1) as distance_m,
        moving_s * coalesce(share, 1) as moving_s,
        ascent_m * coalesce(share, 1) as ascent_m,
        load * coalesce(share, 1) as load,
        heart_load * coalesce(share, 1) as heart_load
    ), distance_m as whole_m
    from runs
    left join own_time using (run_id)
),

run_days as (
    select
        local_date,
        if(count(distance_m) = count(*), sum(distance_m), null) as distance_m,
        if(count(moving_s) = count(*), sum(moving_s), null) as moving_s,
        if(count(ascent_m) = count(*), sum(ascent_m), null) as ascent_m,
        if(count(load) = count(*), sum(load), null) as load,
        if(count(heart_load) = count(*), sum(heart_load), null) as heart_load,
        bool_or(effort_source = 'estimated') as load_estimated,
        max(whole_m) as longest_m,
        min(started_at) as first_began_at,
        max(ended_at) as last_ended_at,
        sum(effort * moving_s) / nullif(sum(moving_s) filter (where effort is not null), 0) as effort
    from counted
    group by local_date
),

-- `daily_scores` stands for a column a daily value of each check-in item, as `core/checkin_items.py` declares them.
-- Two check-ins of one moment are numbered by their names, so that a night gives the same answer twice.
numbered as (
    select
        *,
        row_number() over (order by felt_at, check_in_id) as turn,
        -- Hours since 04:00, where a person's day begins.
        (date_part('hour', local_clock::time) + date_part('minute', local_clock::time) / 60 + 20) % 24 as day_hour
    from check_ins
),

check_in_days as (
    select
        local_date,
        count(*) as check_ins,
        arg_max(source, turn) filter (where kind = 'evening' and mood is not null) as mood_evening_source,
        arg_max(late, turn) filter (where kind = 'evening' and mood is not null) as mood_evening_late,
        arg_max(felt_at, turn) filter (where kind = 'evening' and mood is not null) as evening_at,
        arg_max(day_hour, turn) filter (where kind = 'evening' and mood is not null) as evening_hour,
        arg_max(felt_at, turn) filter (where kind = 'morning' and mood is not null) as morning_at,
        arg_max(skip_reason, turn) as skip_reason,
        -- A reason that was given later takes none of these back: who was ill in the morning was ill that day.
        coalesce(bool_or(skip_reason = 'injured'), false) as gave_injury,
        bool_or(says_ill_or_injured(null, skip_reason)) as gave_illness,
        bool_or(says_away(null, skip_reason)) as gave_away
        {daily_scores}
    from numbered
    group by local_date
),

helpers as (
    select local_date, list(distinct thing order by thing) as helped from check_in_helped group by local_date
),

-- Two exports may tell of one night, the earlier one of a part of it.
slept as (
    select local_date, max(sleep_h) as sleep_h from nights group by local_date
),

-- What came first. An evening's mood can only speak of a run that had ended when it was said.
timed as (
    select
        local_date,
        evening_hour,
        runs > 0 as ran,
        evening_at < last_ended_at as ahead,
        if(morning_at is null, null, coalesce(morning_at > first_began_at, false)) as mood_morning_after_run
    from check_in_days
    join calendar using (local_date)
    left join run_days using (local_date)
),

-- The hours at which either kind of day is rated, with an hour's leave; the one in twenty furthest out does not count.
hours as (
    select
        quantile_cont(evening_hour, [0.05, 0.95]) filter (where ran and not ahead) as with_run,
        quantile_cont(evening_hour, [0.05, 0.95]) filter (where not ran) as without,
        bool_or(ran and ahead) as any_ahead
    from timed
),

orders as (
    select
        local_date,
        case
            when evening_hour is null then null
            when ran and ahead then 'before_run'
            when with_run is null and any_ahead then 'other_hour'
            when evening_hour < greatest(with_run[1], without[1]) - 1 then 'other_hour'
            when evening_hour > least(with_run[2], without[2]) + 1 then 'other_hour'
        end as mood_evening_left_out,
        mood_morning_after_run
    from timed, hours
),

joined as (
    select
        calendar.* exclude (week_start, reported_care),
        coalesce(
            if(reported_care in ('ill', 'injured'), reported_care, null),
            case
                when coalesce(list_has_any(tags, ['injured']), false) or gave_injury
                    then 'injured'
                when says_ill_or_injured(tags, null) or gave_illness then 'ill'
            end,
            reported_care
        ) as marked_care,
        plans.planned,
        plans.plan_source,
        plans.name as plan_name,
        plans.distance_m as planned_m,
        plans.planned_s,
        run_days.* exclude (
            local_date, distance_m, moving_s, ascent_m, load, heart_load, load_estimated, first_began_at, last_ended_at
        ),
        if(runs = 0, 0, run_days.distance_m) as distance_m,
        if(runs = 0, 0, run_days.moving_s) as moving_s,
        if(runs = 0, 0, run_days.ascent_m) as ascent_m,
        if(runs = 0, 0, run_days.load) as load,
        if(runs = 0, 0, run_days.heart_load) as heart_load,
        if(runs = 0, false, if(run_days.load is null, null, load_estimated)) as load_estimated,
        check_in_days.* exclude (local_date, check_ins, evening_at, evening_hour, morning_at),
        orders.* exclude (local_date),
        coalesce(check_in_days.check_ins, 0) as check_ins,
        helpers.helped,
        slept.sleep_h,
        -- How much of the plan was run, by distance or by time, whichever makes more of it.
        greatest(run_days.distance_m / nullif(planned_m, 0), run_days.moving_s / nullif(plans.planned_s, 0)) as met
    from calendar
    left join plans using (local_date)
    left join run_days using (local_date)
    left join check_in_days using (local_date)
    left join orders using (local_date)
    left join helpers using (local_date)
    left join slept using (local_date)
)

select
    * exclude (met, marked_care, gave_injury, gave_illness, gave_away),
    -- By tags alone: who was ill or injured on seven of the last 42 days and has run since is coming back.
    case
        when marked_care is not null then marked_care
        when
            count(*) filter (where marked_care in ('ill', 'injured')) over six_weeks >= 7
            and max(local_date) filter (where runs > 0) over so_far
            > max(local_date) filter (where marked_care in ('ill', 'injured')) over so_far
            then 'returning'
    end as care,
    case
        when coalesce(runs, 0) = 0 and marked_care in ('ill', 'injured') then 'ill_or_injured'
        when coalesce(runs, 0) = 0 and (says_away(tags, null) or gave_away) then 'away'
        when runs is null then 'unknown'
        when runs = 0 then
            case planned when 'run' then 'missed_run' when 'rest' then 'planned_rest' else 'no_run' end
        when planned = 'run' then if(met < 0.5, 'partly_met', 'planned_run')
        when planned = 'rest' then 'run_on_rest'
        else 'unplanned_run'
    end as day_kind
from joined
window
    six_weeks as (order by local_date rows between 42 preceding and 1 preceding),
    so_far as (order by local_date rows between unbounded preceding and current row)
