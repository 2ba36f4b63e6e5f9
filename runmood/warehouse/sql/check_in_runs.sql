-- check_in_runs: one row a check-in with the run that it followed, and the run that it preceded, by less than three
-- hours; null where there was none. A run of which nobody told the clock has none.
select
    said.check_in_id,
    epoch(said.felt_at) - epoch(past.ended_at) as since_s,
    if(since_s < 10800, past.run_id, null) as after_run,
    if(since_s < 10800, since_s, null) as after_run_s,
    epoch(coming.started_at) - epoch(said.felt_at) as until_s,
    if(until_s < 10800, coming.run_id, null) as before_run,
    if(until_s < 10800, until_s, null) as before_run_s
from check_ins as said
asof left join (from run_measures where clock_known) as past on said.felt_at >= past.ended_at
asof left join (from run_measures where clock_known) as coming on said.felt_at <= coming.started_at
