-- clock_shifts: one row a recording that may be one run with this one: how much later its clock is, in seconds.
select other as recording_id, clock_shift_s from run_pairs where one = $recording and clock_shift_s is not null
union all
select one, -clock_shift_s from run_pairs where other = $recording and clock_shift_s is not null
