-- clocks_apart: one row a recording that is a copy of one of `copied` by another clock, and how much later that clock is.
select other as copy, one as recording_id, shift_s as later_s
from compared
where shift_s <> 0 and one in (from copied) and other not in (from copied)
union all
select one, other, -shift_s
from compared
where shift_s <> 0 and other in (from copied) and one not in (from copied)
order by copy, recording_id
