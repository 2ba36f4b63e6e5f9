-- findings_to_show: one row a question with its latest answer, and one row more for each much longer run lately.
select * from findings where night <= '{until}'
qualify
    row_number() over (partition by question order by night desc) = 1
    or (question = 'A1' and state = 'seen' and night > '{since}')
order by question, night
