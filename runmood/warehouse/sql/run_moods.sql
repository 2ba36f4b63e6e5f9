-- run_moods: one row a run with the mood within three hours before it and after it; null where nobody said.
-- A check-in made for the run goes first, whichever else was made at that time: before it a before-run one, then a
-- morning's, and of these the last; after it an after-run one, then an evening's, and of these the first. What one of two
-- check-ins leaves unsaid, mood or energy, the other one says. What was said late speaks of a moment long gone and is
-- left out.
with

ratings as (
    select check_ins.*, check_in_runs.* exclude (check_in_id)
    from check_ins
    join check_in_runs using (check_in_id)
    where not late
),

before as (
    select
        before_run as run_id,
        first(mood order by made_for_it, before_run_s, check_in_id desc) filter (where mood is not null) as mood,
        first(energy order by made_for_it, before_run_s, check_in_id desc) filter (where energy is not null) as energy,
        first(before_run_s order by mood is null, made_for_it, before_run_s, check_in_id desc) as before_run_s
    from (
        select *, list_position(['before-run', 'morning', 'evening', 'after-run'], kind) as made_for_it
        from ratings
        where before_run is not null and (mood is not null or energy is not null)
    )
    group by before_run
),

after as (
    select
        after_run as run_id,
        first(mood order by made_for_it, after_run_s, check_in_id) filter (where mood is not null) as mood,
        first(energy order by made_for_it, after_run_s, check_in_id) filter (where energy is not null) as energy,
        first(after_run_s order by mood is null, made_for_it, after_run_s, check_in_id) as after_run_s
    from (
        select *, list_position(['after-run', 'evening', 'morning', 'before-run'], kind) as made_for_it
        from ratings
        where after_run is not null and (mood is not null or energy is not null)
    )
    group by after_run
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
