-- signals: one row a number known of one day, in one long table; what nobody knows has no row. An own question that was
-- answered more than once has the day's last answer, as the columns of `days` do.
with

said_of (signal, unit, source) as (
    values
        ('runs', 'runs', 'runs'),
        ('distance_m', 'metres', 'runs'),
        ('moving_s', 'seconds', 'runs'),
        ('longest_m', 'metres', 'runs'),
        ('ascent_m', 'metres', 'runs'),
        ('load', 'effort times minutes', 'runs'),
        ('heart_load', 'heart rate zone times minutes', 'runs'),
        ('effort', '0 to 10', 'runs'),
        ('planned_m', 'metres', 'plan'),
        ('planned_s', 'seconds', 'plan')
        {score_signals}
),

numbers as (
    unpivot (select * replace (runs::double as runs) from days)
    on
        runs, distance_m, moving_s, longest_m, ascent_m, load, heart_load, effort, planned_m, planned_s
        {score_columns}
    into name signal value value
)

select numbers.local_date, numbers.signal, numbers.value, said_of.unit, said_of.source
from numbers
join said_of using (signal)
union all
select local_date, item, arg_max(value, (felt_at, check_in_id)), null, 'own question'
from custom_answers
where value is not null
group by local_date, item
