-- day_fingerprints: one row a calendar day with a hash of all that a night's answers are made of on it.
-- A night's answer uses nothing later than that night, so it stands until a day up to it has another fingerprint.
select local_date, bit_xor(hash(kind, line)) as fingerprint
from (
    select local_date, 'day' as kind, days::varchar as line from days
    union all
    select local_date, 'run', runs::varchar from runs
    union all
    select runs.local_date, 'mood', run_moods::varchar from run_moods join runs using (run_id)
)
group by local_date
