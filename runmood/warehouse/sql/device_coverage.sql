-- device_coverage: one row a calendar day on or after the first recorded run: whether the devices that record this
-- person's runs have delivered something later, so that a run of that day would be here.
-- A device is known by its name, by its serial number where there are several of that name, else by its files' format.
-- Those devices are the ones that recorded at least a quarter of the last 20 runs up to the day; a file that a better
-- one of the same run outranks makes no device of them. Each must have delivered a later run: a phone's file of the 19th
-- says nothing of a watch last read on the 8th. A watch that is given up is waited for until others recorded more than
-- three quarters of the last 20 runs. Runs told without a watch are recorded by none: where they are a quarter or more,
-- no device can show that a day had no run.
with

shared_names as (
    select device from run_recordings group by device having count(distinct device_serial) > 1
),

run_devices as (
    select
        runs.started_at,
        runs.local_date,
        coalesce(
            if(recordings.device in (select device from shared_names), recordings.device_serial, null),
            recordings.device,
            recordings.format,
            'none'
        ) as device
    from runs
    left join recordings using (recording_id)
    where runs.local_date <= (select day from today)
),

delivered as (
    select
        coalesce(if(device in (select device from shared_names), device_serial, null), device, format) as device,
        max(local_date) as last_day
    from run_recordings
    where local_date <= (select day from today)
    group by 1
),

recent as (
    select
        started_at,
        local_date,
        list(device) over (order by started_at, device rows between 19 preceding and current row) as devices
    from run_devices
),

-- The last 20 runs as they stand at the end of each day with one.
last_20 as (
    select local_date, arg_max(devices, started_at) as devices from recent group by local_date
),

candidates as (
    select local_date, unnest(list_distinct(devices)) as device, devices from last_20
),

main_devices as (
    select local_date, device
    from candidates
    where 4 * len(list_filter(devices, each -> each = device)) >= len(devices)
),

-- Up to which day all of them have delivered; null where one never can.
covered as (
    select
        main_devices.local_date,
        if(count(delivered.last_day) = count(*), min(delivered.last_day), null) as last_day
    from main_devices
    left join delivered using (device)
    group by main_devices.local_date
)

select dates.local_date, coalesce(dates.local_date < covered.last_day, false) as is_covered
from dates
asof join covered on dates.local_date >= covered.local_date
