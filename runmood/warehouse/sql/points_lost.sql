-- points_lost: a content whose recording's points stood in a file that cannot be read, alone or with those of its month.
select distinct content_hash
from recordings
where list_contains($files::json::varchar[], recording_id)
    or list_contains($files::json::varchar[], strftime(local_date, '%Y-%m'))
