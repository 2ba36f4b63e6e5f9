-- answers: one row a person and question that people's answers are pooled from, with its latest answer.
select question, person, state, estimate, standard_error, sigma, freedom
from findings
where question in ('B1', 'B2', 'C1', 'A5')
order by question, person
