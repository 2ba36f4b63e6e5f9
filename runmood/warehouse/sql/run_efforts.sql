-- run_efforts: one row a run: how hard it was as the person said after it or of it, else as they told the device, else as their
-- own earlier runs let one estimate it; null where neither is there. No later run changes an earlier row.
--
-- The estimate is a straight line from heart rate and speed to effort, through the runs before this one of which it is
-- known how hard they were; from speed alone where heart rate is missing, and none before there are eight of them. As
-- few runs draw a wild line, it is drawn flatter by 4 in n + 4 (ridge regression on standard scores), and no
-- run is estimated harder or easier than any before. Limits: heat, hills without heights and a bad night do not show in
-- it; a person whose form changes is late by months. What it adds to saying the mean stands in docs/decisions.md.
with

check_in_efforts as (
    select check_in_runs.after_run as run_id, arg_min(check_ins.effort, check_ins.felt_at) as check_in_effort
    from check_ins
    join check_in_runs using (check_in_id)
    where check_ins.kind = 'after-run'
    group by check_in_runs.after_run
),

-- Whole millimetres a second and tenths of a beat, so that runs all alike have no spread at all, not a rounding error.
rated_by as (
    select
        run_measures.* replace (coalesce(check_in_effort, reported_effort, effort) as effort),
        if(coalesce(check_in_effort, reported_effort) is not null, 'said', 'device') as effort_from,
        round(1e6 / nullif(coalesce(grade_adjusted_pace_s_km, pace_s_km), 0)) as speed,
        if(speed is null, null, round(10 * heart_bpm)) as heart
    from run_measures
    left join check_in_efforts using (run_id)
),

rated as (
    select
        run_id, started_at, effort, effort_from, speed, heart,
        if(speed is null, null, effort) as effort_by_speed,
        if(heart is null, null, effort) as effort_by_both
    from rated_by
),

-- Correlations of the runs before; without any spread there is none (DuckDB says NaN), and the line is flat.
earlier as (
    select
        *,
        count(effort_by_both) over before as both_n,
        avg(effort_by_both) over before as both_effort,
        stddev_pop(effort_by_both) over before as both_spread,
        (heart - avg(heart) filter (where effort_by_both is not null) over before)
        / nullif(stddev_pop(heart) filter (where effort_by_both is not null) over before, 0) as heart_score,
        (speed - avg(speed) filter (where effort_by_both is not null) over before)
        / nullif(stddev_pop(speed) filter (where effort_by_both is not null) over before, 0) as speed_score,
        coalesce(nullif(corr(effort_by_both, heart) over before, 'nan'), 0) as effort_heart,
        coalesce(nullif(corr(effort_by_both, speed) over before, 'nan'), 0) as effort_speed,
        coalesce(nullif(corr(if(effort_by_both is null, null, heart), speed) over before, 'nan'), 0) as heart_speed,
        count(effort_by_speed) over before as alone_n,
        avg(effort_by_speed) over before as alone_effort,
        stddev_pop(effort_by_speed) over before as alone_spread,
        (speed - avg(speed) filter (where effort_by_speed is not null) over before)
        / nullif(stddev_pop(speed) filter (where effort_by_speed is not null) over before, 0) as alone_score,
        coalesce(nullif(corr(effort_by_speed, speed) over before, 'nan'), 0) as alone_speed,
        min(effort) over before as easiest,
        max(effort) over before as hardest
    from rated
    window before as (order by started_at, run_id rows between unbounded preceding and 1 preceding)
),

estimated as (
    select
        *,
        1 + 4 / both_n as ridge,
        both_effort + both_spread * (
            coalesce(heart_score, 0) * (ridge * effort_heart - heart_speed * effort_speed)
            + coalesce(speed_score, 0) * (ridge * effort_speed - heart_speed * effort_heart)
        ) / (ridge * ridge - heart_speed * heart_speed) as by_both,
        alone_effort + alone_spread * coalesce(alone_score, 0) * alone_speed / (1 + 4 / alone_n) as by_speed,
        case
            when effort is not null then null
            when heart is not null and both_n >= 8 then by_both
            when speed is not null and alone_n >= 8 then by_speed
        end as by_line,
        if(by_line is null, null, greatest(easiest, least(hardest, by_line))) as effort_estimated
    from earlier
)

select
    run_id,
    effort,
    effort_estimated,
    case when effort is not null then effort_from when effort_estimated is not null then 'estimated' end as effort_source
from estimated
