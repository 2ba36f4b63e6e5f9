"""Of a file from which no run can be had, the day is known as well as its name, text or saving time tell it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from runmood.core.notices import IN_THE_CLOUD
from runmood.core.recordings import FileStat, FoundFile
from runmood.ingest.read_file import read_file
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

if TYPE_CHECKING:
    from runmood.warehouse.file_rows import FileRead

RAN = next(outing for outing in simulate(dt.date(2025, 6, 30), days=20).outings if outing.sport == "running")
SAVED = dt.datetime(2025, 6, 27, 23, 30, tzinfo=dt.UTC)  # the 28th in Lisbon


def read(name: str, content: bytes, saved: dt.datetime = SAVED) -> FileRead:
    """A file, read in Lisbon."""
    return read_file(FoundFile(name, FileStat(len(content), saved), content), name, ZoneInfo("Europe/Lisbon"))


@pytest.mark.parametrize(
    ("name", "saved", "day"),
    [
        ("2025-06-11-0700.fit", SAVED, dt.date(2025, 6, 11)),
        ("B6R70314.FIT", SAVED, dt.date(2025, 6, 28)),
        ("export.zip/1234.tcx.gz", SAVED, dt.date(2025, 6, 28)),
        ("B6R70314.FIT", dt.datetime(1980, 1, 1, tzinfo=dt.UTC), None),
        ("export.zip", SAVED, None),
    ],
)
def test_a_file_that_cannot_be_read_has_the_day_of_its_name_else_of_its_saving(
    name: str, saved: dt.datetime, day: dt.date | None
) -> None:
    """A zero-filled copy leaves its day unknown; an archive's 1980 and a whole export tell of no day."""
    file = read(name, bytes(4000), saved)
    assert (file.outcome, file.local_date) == ("refused", day)


def test_a_file_that_breaks_off_at_once_is_no_short_run() -> None:
    """Its first seconds are not taken for all there was: it is refused, on the day they tell, to be copied again."""
    file = read("B6R70314.FIT", recorded_as(RAN, "fit")[:300])
    assert [notice.code for notice in file.notices] == ["cut-short"]
    assert (file.outcome, file.recordings, file.local_date) == ("refused", (), RAN.date)


def test_a_file_that_is_not_here_yet_has_its_day() -> None:
    """A name of iCloud without its content is set aside, and its day waits with it."""
    found = FoundFile("2025-06-11-0700.fit.icloud", FileStat(0, SAVED), fault=IN_THE_CLOUD())
    file = read_file(found, found.name, ZoneInfo("Europe/Lisbon"))
    assert (file.outcome, file.local_date) == ("skipped", dt.date(2025, 6, 11))
