-- decided_runs: one row a recording of which the person said whether it is a run. Their word on it goes before one on all
-- that its content holds.
select recordings.recording_id, decided_names.is_run
from recordings
join decided_names on decided_names.name in (recordings.recording_id, recordings.content_hash)
qualify row_number() over (
    partition by recordings.recording_id order by decided_names.name = recordings.recording_id desc
) = 1
