from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from drawn import rows

from runmood.core.checkins import CheckIn
from runmood.journal.codec import JournalRecord
from runmood.journal.tables import check_in_rows

if TYPE_CHECKING:
    from runmood.core.entries import Entry

LISBON = ZoneInfo("Europe/Lisbon")


def at(text: str, zone: ZoneInfo = LISBON) -> dt.datetime:
    """A moment on the clock of a place."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def told(entry: Entry, said_at: dt.datetime) -> JournalRecord:
    """An entry with its place in the journal."""
    return JournalRecord(f"{said_at}", said_at, entry)


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
