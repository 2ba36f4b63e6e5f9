-- run_tags: one row a run with a tag: the kind of run as the person marked it by hand, else as they marked it in the
-- check-in after it, and what its file says for certain. Tags that speak of the day are left to the day.
with

by_hand as (
    select run_id, arg_min(tags, rank) as tags
    from run_files
    join decided_tags using (recording_id)
    group by run_id
),

after_it as (
    select after_run as run_id, flatten(list(tags)) as tags
    from check_ins
    join check_in_runs using (check_in_id)
    where kind = 'after-run'
    group by after_run
),

marked as (
    select run_id, unnest(coalesce(by_hand.tags, after_it.tags)) as tag
    from run_measures
    left join by_hand using (run_id)
    left join after_it using (run_id)
),

kinds (sub_sport, tag) as (
    values ('treadmill', 'treadmill'), ('indoor_running', 'indoor'), ('indoor', 'indoor'), ('virtual', 'virtual'),
        ('virtual_activity', 'virtual'), ('trail', 'trail'), ('track', 'track'), ('ultra', 'ultra'), ('race', 'race')
),

certain as (
    select run_id, tag from run_measures join kinds using (sub_sport)
    union all
    select run_id, tag from run_measures join run_name_tags using (name)
)

select run_id, list(distinct tag order by tag) as tags
from (from marked where not list_contains(tags_of_the_day(), tag) union all by name from certain)
group by run_id
