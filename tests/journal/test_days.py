import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from drawn import rows

from runmood.journal import Told, check_in_rows, plan_rows
from runmood.terms.records import CheckIn, Entry, Habit, PlannedDay

LISBON = ZoneInfo("Europe/Lisbon")


def at(text: str, zone: ZoneInfo = LISBON) -> dt.datetime:
    """A moment on the clock of a place."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def told(entry: Entry, said_at: dt.datetime) -> Told:
    """An entry with its place in the journal."""
    return Told(f"{said_at}", said_at, entry)


WHICH_DAY = """
    | kind       | felt             | said             | day        | late |
    | evening    | 2025-05-04 21:30 | 2025-05-04 21:30 | 2025-05-04 | no   |
    | evening    | 2025-05-05 00:40 | 2025-05-05 00:40 | 2025-05-04 | no   |
    | evening    | 2025-05-05 03:59 | 2025-05-05 03:59 | 2025-05-04 | no   |
    | evening    | 2025-05-04 21:30 | 2025-05-05 03:59 | 2025-05-04 | no   |
    | evening    | 2025-05-04 21:30 | 2025-05-05 09:00 | 2025-05-04 | yes  |
    | morning    | 2025-05-04 03:30 | 2025-05-04 03:30 | 2025-05-04 | no   |
    | morning    | 2025-05-04 07:00 | 2025-05-04 11:59 | 2025-05-04 | no   |
    | morning    | 2025-05-04 07:00 | 2025-05-04 12:01 | 2025-05-04 | yes  |
    | after-run  | 2025-05-04 18:00 | 2025-05-04 19:59 | 2025-05-04 | no   |
    | before-run | 2025-05-04 18:00 | 2025-05-04 20:30 | 2025-05-04 | yes  |
"""


@pytest.mark.parametrize("case", rows(WHICH_DAY), ids=lambda case: f"{case['kind']} {case['felt']} {case['said'][11:]}")
def test_which_day_a_check_in_speaks_of(case: dict[str, str]) -> None:
    """An evening lasts until 04:00; said after its time, a check-in is late."""
    check_in = CheckIn(at(case["felt"]), case["kind"], 6)
    (row,) = check_in_rows((told(check_in, at(case["said"])),))
    assert (str(row["local_date"]), row["late"]) == (case["day"], case["late"] == "yes")


def test_the_day_is_that_of_the_place() -> None:
    """An evening in Tokyo belongs to Tokyo's day, though Lisbon's has not come so far."""
    check_in = CheckIn(at("2025-05-05 21:00", ZoneInfo("Asia/Tokyo")), "evening", 6)
    (row,) = check_in_rows((told(check_in, check_in.at),))
    assert (row["local_date"], row["late"]) == (dt.date(2025, 5, 5), False)


PLAN = """
    | said             | what  | day        | planned |
    | 2025-05-04 18:00 | plan  | 2025-05-06 | run     |
    | 2025-05-05 18:00 | plan  | 2025-05-06 | rest    |
    | 2025-05-06 03:59 | plan  | 2025-05-06 | run     |
    | 2025-05-06 04:01 | plan  | 2025-05-06 | rest    |
    | 2025-05-07 18:00 | plan  | 2025-05-07 | run     |
    | 2025-05-08 12:00 | habit | tue thu    |         |
    | 2025-05-08 13:00 | plan  | 2025-05-13 | rest    |
    | 2025-05-13 12:00 | habit | wed        |         |
"""
STOOD = """
    | day        | planned | source |
    | 2025-05-06 | run     | file   |
    | 2025-05-09 | rest    | habit  |
    | 2025-05-10 | rest    | habit  |
    | 2025-05-11 | rest    | habit  |
    | 2025-05-12 | rest    | habit  |
    | 2025-05-13 | rest    | file   |
    | 2025-05-14 | run     | habit  |
    | 2025-05-15 | rest    | habit  |
"""
WEEKDAYS = {"tue": 2, "wed": 3, "thu": 4}


def planned(row: dict[str, str]) -> Told:
    """A drawn line of the journal."""
    if row["what"] == "habit":
        return told(Habit(tuple(WEEKDAYS[name] for name in row["day"].split())), at(row["said"]))
    return told(PlannedDay(dt.date.fromisoformat(row["day"]), row["planned"]), at(row["said"]))


def test_the_plan_is_what_stood_at_four_in_the_morning() -> None:
    """What is written after 04:00 changes no day that has begun; a day's own plan goes before the habit."""
    journal = tuple(planned(row) for row in rows(PLAN))
    stood = plan_rows(journal, LISBON, dt.date(2025, 5, 15))
    drawn = [(row["day"], row["planned"], row["source"]) for row in rows(STOOD)]
    assert [(str(row["local_date"]), row["planned"], row["plan_source"]) for row in stood] == drawn


def test_no_plan_no_rows() -> None:
    """Without plans there are none."""
    assert plan_rows((), LISBON, dt.date(2025, 5, 15)) == []
