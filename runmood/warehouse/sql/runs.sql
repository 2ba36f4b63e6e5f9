-- runs: one row a run: what its files measured, and what the person said of it.
-- Its load is effort times minutes in motion (session-RPE, Foster 2001,
-- doi:10.1519/1533-4287(2001)015<0109:ANATME>2.0.CO;2). Heart rate's load has a column of its own, so that the two are
-- never added up.
select
    run_measures.* exclude (effort),
    run_zones.* exclude (run_id),
    run_efforts.* exclude (run_id),
    run_tags.tags,
    coalesce(run_efforts.effort, effort_estimated) * moving_s / 60 as load
from run_measures
join run_efforts using (run_id)
left join run_zones using (run_id)
left join run_tags using (run_id)
