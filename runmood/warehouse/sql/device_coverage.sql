-- device_coverage: one row a calendar day on or after the first recorded run: whether the devices that record this
-- person's runs have delivered something later, so that a run of that day would be here.
-- Those devices are the ones that recorded at least a quarter of the last 20 runs up to the day; a file that a better
-- one of the same run outranks makes no device of them. Each must have delivered a later run. One that was given up is
-- let go: after its last run others recorded at least five, over four weeks or more. A phone's file of the 19th says
-- nothing of a watch last read on the 8th.
with

recorded as (
    select
        runs.started_at,
        runs.local_date,
        coalesce(recordings.device, recordings.format) as device
    from runs
    join recordings using (recording_id)
    where runs.local_date <= (select day from today)
),

delivered as (
    select coalesce(device, format) as device, max(local_date) as last_day
    from run_recordings
    where local_date <= (select day from today)
    group by 1
),

given_up as (
    select delivered.device
    from delivered
    join recorded on recorded.local_date > delivered.last_day and recorded.device <> delivered.device
    group by delivered.device, delivered.last_day
    having count(*) >= 5 and max(recorded.local_date) >= delivered.last_day + 28
),

recent as (
    select
        started_at,
        local_date,
        list(device) over (order by started_at, device rows between 19 preceding and current row) as devices
    from recorded
),

-- The last 20 runs as they stand at the end of each day with one.
stood as (
    select local_date, arg_max(devices, started_at) as devices from recent group by local_date
),

needed as (
    select local_date, unnest(list_distinct(devices)) as device, devices from stood
),

main as (
    select local_date, device
    from needed
    where 4 * len(list_filter(devices, each -> each = device)) >= len(devices)
),

-- Up to which day each of them has told.
told as (
    select
        main.local_date,
        min(if(given_up.device is null, delivered.last_day, (select max(local_date) from recorded))) as last_day
    from main
    join delivered using (device)
    left join given_up using (device)
    group by main.local_date
)

select dates.local_date, coalesce(dates.local_date < told.last_day, false) as is_covered
from dates
asof join told on dates.local_date >= told.local_date
