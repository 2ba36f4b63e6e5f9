-- checks_future: one row: how many runs and check-ins lie after {until}.
select
    (select count(*) from runs where started_at > timestamptz '{until}') as "run",
    (select count(*) from check_ins where felt_at > timestamptz '{until}') as check_in
