-- findings: one row a question, with its latest answer and the estimate behind it.
select question, night, state, since, estimate, standard_error, sigma, freedom
from findings
qualify row_number() over (partition by question order by night desc) = 1
order by question
