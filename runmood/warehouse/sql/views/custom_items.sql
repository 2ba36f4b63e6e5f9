-- custom_items: one row a check-in with answers to the person's own questions, a column each; null where one was not
-- answered. Whoever makes the view puts the columns in the place of the braces.
select check_in_id, local_date, felt_at{answers}
from custom_answers
group by all
