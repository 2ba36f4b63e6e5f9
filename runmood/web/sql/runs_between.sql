-- runs_between: one row a run, so many before a run of that name, newest first; an empty name is after all.
select * from runs where '{before}' = '' or run_id < '{before}' order by run_id desc limit {count}
