-- custom_questions: one row an own question that has answers, and whether they are words. SQL tells no two names apart that
-- differ in capitals, so neither of such two has a row, nor has one that is called as another column of `custom_items`.
select any_value(item) as item, count(words) > 0 as in_words
from custom_answers
group by lower(item)
having count(distinct item) = 1 and lower(any_value(item)) not in ('check_in_id', 'local_date', 'felt_at')
order by item
