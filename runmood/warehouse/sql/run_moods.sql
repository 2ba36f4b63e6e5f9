-- run_moods: one row a run with the mood within three hours before it and after it; null where nobody said.
-- A check-in made for the run goes first, whichever else was made at that time: before it a before-run one, then a
-- morning's, and of these the last; after it an after-run one, then an evening's, and of these the first. What was said
-- late speaks of a moment long gone and is left out.
with

said as (
    select check_ins.*, check_in_runs.* exclude (check_in_id)
    from check_ins
    join check_in_runs using (check_in_id)
    where not late
),

before as (
    select before_run as run_id, mood, energy, before_run_s
    from said
    where before_run is not null
    qualify row_number() over (
        partition by before_run
        order by list_position(['before-run', 'morning', 'evening', 'after-run'], kind), before_run_s, check_in_id desc
    ) = 1
),

after as (
    select after_run as run_id, mood, energy, after_run_s
    from said
    where after_run is not null
    qualify row_number() over (
        partition by after_run
        order by list_position(['after-run', 'evening', 'morning', 'before-run'], kind), after_run_s, check_in_id
    ) = 1
)

select
    runs.run_id,
    runs.local_date,
    runs.local_clock,
    before.mood as mood_before,
    after.mood as mood_after,
    before.energy as energy_before,
    after.energy as energy_after,
    before.before_run_s,
    after.after_run_s,
    runs.distance_m,
    runs.moving_s,
    runs.effort,
    runs.tags
from runs
left join before using (run_id)
left join after using (run_id)
