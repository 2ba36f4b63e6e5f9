-- findings_to_show: one row a question with its latest answer, and one row more for each much longer run lately.
select findings.*
from findings
left join (select question, max(night) as night from findings where night <= '{until}' group by question) as latest
    using (question, night)
where
    night <= '{until}'
    and (latest.night is not null or (question = 'A1' and state = 'seen' and night > '{since}'))
order by question, night
