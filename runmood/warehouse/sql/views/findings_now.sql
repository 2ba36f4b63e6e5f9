-- findings_now: one row a question, with its answer of the latest night.
select * from findings qualify row_number() over (partition by question order by night desc) = 1
