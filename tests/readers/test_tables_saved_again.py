"""A table that a spreadsheet has saved again: other marks between cells, another encoding, a decimal comma."""

from __future__ import annotations

import datetime as dt

import pytest

from runmood.core.notices import ENTRIES_LEFT_OUT
from runmood.ingest.files_beside import ExportLines
from runmood.readers import decode
from runmood.readers.registry import is_readable_beginning, matches_signature
from runmood.readers.values import lines_of

TABLE = """Activity Id,Date,Type,Route Name,Distance (km),Duration,Average Heart Rate (bpm),Notes,GPX File
1,2026-10-05 18:00:00,Running,,5.04,30:00,141,"slow, and glad",2026-10-05-180000.gpx
2,2026-10-12 18:00:00,Running,Läuferweg,6.10,36:10,,treadmill,
"""
IN_GERMAN = TABLE.replace('"slow, and glad"', "slow and glad").replace(",", ";").replace("5.04", "5,04")


def dated(*moments: str) -> str:
    """The table with other words for its two moments."""
    first, second = moments
    return TABLE.replace("2026-10-05 18:00:00", first).replace("2026-10-12 18:00:00", second)


SAVED = {
    "as it was": TABLE.encode(),
    "a byte order mark": b"\xef\xbb\xbf" + TABLE.encode(),
    "semicolons and decimal commas": IN_GERMAN.replace("6.10", "6,10").encode(),
    "tabs, as Unicode text": IN_GERMAN.replace(";", "\t").encode("utf-16"),
    "as Excel saves CSV in Western Europe": IN_GERMAN.replace("6.10", "6,10").encode("cp1252"),
    "lines that end as in Windows": TABLE.replace("\n", "\r\n").encode(),
    "dates of the United States": dated("10/5/2026 6:00 PM", "10/12/2026 6:00:00\N{NARROW NO-BREAK SPACE}PM").encode(),
    "dates of Germany": dated("05.10.2026 18:00", "12.10.2026 18:00").encode(),
}


@pytest.mark.parametrize("content", SAVED.values(), ids=SAVED.keys())
def test_a_table_saved_again_says_the_same(content: bytes) -> None:
    """It is found by its first line, the run without a file is read, and the line of the other names its file."""
    assert matches_signature("cardioActivities.csv", content)
    assert is_readable_beginning("renamed.csv", content)
    (run,) = decode(content, beside=frozenset({"2026-10-05-180000.gpx"})).activities
    assert (run.sport, run.name, run.totals.distance_m, run.totals.elapsed_s) == (
        "running",
        "Läuferweg",
        6100.0,
        2170.0,
    )
    assert run.points["sampled_at"][0] == dt.datetime(2026, 10, 12, 18, tzinfo=dt.UTC)
    lines = ExportLines(list)
    lines.add(content, "runkeeper")
    note = lines.of("2026-10-05-180000.gpx", b"")
    assert note
    assert (note.cells[2], note.cells[5]) == ("Running", "30:00")


def test_a_date_that_may_mean_two_days_is_left_out_and_told() -> None:
    """Nothing in 12/10/2026 18:00 says which is the day, and a run on a wrong day is worse than one that is named."""
    file = decode(dated("05/10/2026 18:00", "12/10/2026 18:00").encode())
    assert not file.activities
    assert ENTRIES_LEFT_OUT(count=2) in file.notices


def test_a_line_of_endless_cells_is_one_that_is_cut_off() -> None:
    """A line of a million commas costs no memory and ends no table: the lines around it are read."""
    table = "date,mood\n2026-01-05,7\n" + "," * 1_000_000 + "\n2026-01-06,8\n"
    assert list(lines_of(table)) == [["date", "mood"], ["2026-01-05", "7"], [""], ["2026-01-06", "8"]]
