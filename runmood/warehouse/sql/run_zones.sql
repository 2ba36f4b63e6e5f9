-- run_zones: one row a run with heart rate: how long in each zone, and Edwards's load, null without heart rate on four
-- fifths of the run. Zones are the person's own; else they begin at 50, 60, 70, 80 and 90 % of the highest heart rate
-- they told, else of the highest seen (Edwards 1993, The Heart Rate Monitor Book).
--
-- The highest seen is the second highest of the runs of the 365 days up to this one: one spike, which is one run, is
-- kept out, and who never ran hard reads zones too high. It takes five runs with heart rate.
with

seen as (
    select
        run_id,
        heart_recording_id,
        heart_coverage,
        if(count(heart_max_bpm) over year >= 5, max(heart_max_bpm, 2) over year, null)[2] as seen_bpm
    from run_measures
    window year as (order by started_at range between interval 365 days preceding and current row)
),

-- Where zone 1 begins, and up to where zones 1 to 4 go.
bounded as (
    select
        seen.*,
        coalesce(heart_max_bpm, seen_bpm) as top_bpm,
        if(zone_1_bpm is null, 0.5 * top_bpm, 0) as least_bpm,
        coalesce(zone_1_bpm, 0.6 * top_bpm) as most_1,
        coalesce(zone_2_bpm, 0.7 * top_bpm) as most_2,
        coalesce(zone_3_bpm, 0.8 * top_bpm) as most_3,
        coalesce(zone_4_bpm, 0.9 * top_bpm) as most_4
    from seen
    cross join heart_settings
),

zoned as (
    select
        run_id,
        heart_coverage,
        heart_bpm,
        lasted_s,
        case
            when heart_bpm < least_bpm then 0
            when heart_bpm <= most_1 then 1
            when heart_bpm <= most_2 then 2
            when heart_bpm <= most_3 then 3
            when heart_bpm <= most_4 then 4
            else 5
        end as zone
    from bounded
    join heart_rate_histogram on heart_rate_histogram.recording_id = bounded.heart_recording_id
    where most_4 is not null
)

-- Summed in order, so that a rebuild gives the same sums to the last digit.
select
    run_id,
    coalesce(sum(lasted_s order by heart_bpm) filter (where zone = 1), 0) as zone_1_s,
    coalesce(sum(lasted_s order by heart_bpm) filter (where zone = 2), 0) as zone_2_s,
    coalesce(sum(lasted_s order by heart_bpm) filter (where zone = 3), 0) as zone_3_s,
    coalesce(sum(lasted_s order by heart_bpm) filter (where zone = 4), 0) as zone_4_s,
    coalesce(sum(lasted_s order by heart_bpm) filter (where zone = 5), 0) as zone_5_s,
    if(any_value(heart_coverage) >= 0.8, sum(lasted_s / 60 * zone order by heart_bpm), null) as heart_load
from zoned
group by run_id
