-- unclear_pairs: one row for two recordings whose summaries do not settle whether they are one run, and whose positions
-- may. Either they share some time but begin or measure differently, or everything agrees but the clock, which is off
-- by whole quarter hours: local time marked as UTC, and by as much as the zone of one of them is off UTC also where one
-- began up to two minutes late. `shifts_s` are how much later the other's clock may be. `{recordings}` stands for the
-- recordings to compare, and `{wanted}` for what is asked of a pair of them.
with

placed as (
    select
        *,
        900 * round((epoch(local_date + local_clock::time) - epoch(started_at)) / 900) as offset_s
    from {recordings}
    where start_latitude_deg is not null and elapsed_s > 0
),

pair as (
    select
        one.recording_id as one,
        other.recording_id as other,
        epoch(least(one.ended_at, other.ended_at)) - epoch(greatest(one.started_at, other.started_at)) as shared_s,
        least(one.elapsed_s, other.elapsed_s) as shorter_s,
        epoch(other.started_at) - epoch(one.started_at) as begins_s,
        epoch(other.ended_at) - epoch(one.ended_at) as ends_s,
        epoch(other.file_began_at) - epoch(one.file_began_at) as uncut_s,
        900 * round(begins_s / 900) as quarters_s,
        coalesce(
            one.device_serial = other.device_serial, one.device = other.device and one.format = other.format, false
        ) as by_one_clock,
        abs(begins_s - quarters_s) <= 5 as on_the_quarter,
        (
            quarters_s <> 0
            and abs(begins_s - quarters_s) between 5 and 120
            and abs(quarters_s) in (abs(one.offset_s), abs(other.offset_s), abs(one.offset_s - other.offset_s))
        ) as late_in_another_zone,
        if(late_in_another_zone, abs(begins_s - quarters_s), 0) as late_s,
        abs(one.elapsed_s - other.elapsed_s) as time_off_s,
        abs(ln(nullif(one.distance_m, 0) / nullif(other.distance_m, 0))) as distance_off,
        apart_m(
            one.start_latitude_deg, one.start_longitude_deg, other.start_latitude_deg, other.start_longitude_deg
        ) as apart_m
    from placed as one
    join placed as other
        on one.recording_id < other.recording_id
        and other.started_at between one.started_at - interval 15 hours and one.ended_at + interval 15 hours
)

-- A clock is minutes wrong, or it is in another zone; more than that is two runs. One device has one clock, and so has
-- one app that writes one format: a loop run each hour is many runs.
select
    pair.one,
    pair.other,
    case
        when by_one_clock then [0]
        when shared_s > 0
        then list_filter(list_distinct([0, begins_s, ends_s, uncut_s]), lambda shift_s: abs(shift_s) <= 900)
            || if(on_the_quarter, [quarters_s], [])
            || if(late_in_another_zone, [quarters_s, begins_s, ends_s], [])
        when late_in_another_zone then [quarters_s, begins_s, ends_s]
        else [quarters_s]
    end as shifts_s
from pair
anti join compared using (one, other)
where
    {wanted}
    and ((shared_s > 0 and not (shared_s > 0.9 * shorter_s and coalesce(apart_m < 300 and distance_off < 0.05, false)))
    or (
        shared_s <= 0 and not by_one_clock and quarters_s <> 0 and (on_the_quarter or late_in_another_zone)
        and time_off_s < 15 + late_s + 0.02 * shorter_s and distance_off < 0.05 and apart_m < 200 + 5 * late_s
    ))
order by all
