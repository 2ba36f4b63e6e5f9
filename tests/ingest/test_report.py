"""What a person reads after an import."""

from __future__ import annotations

from runmood.ingest.importer import Batch, FileResult
from runmood.ingest.report import batch_as_text

NONE = {"runs": 0, "said": 0, "skipped": 0, "refused": 0, "known": 0, "partial": 0, "undecided": 0}


def test_what_waits_is_told_in_one_line_by_kind() -> None:
    """Guesses, doubts and odd clocks are counted by kind, and stand before what was set aside."""
    files = (
        FileResult("a.gpx", "run", None, ("guessed",)),
        FileResult("b.gpx", "run", None, ("guessed",)),
        FileResult("c.gpx", "undecided", "It waits.", ("unclear_sport",)),
        FileResult("d.fit", "undecided", "It waits.", ("clock_ahead",)),
        FileResult("e.gpx", "skipped", "It was set aside."),
    )
    told = batch_as_text(Batch(NONE | {"files": 5, "runs": 2, "skipped": 1, "undecided": 2}, files)).splitlines()
    waits = (
        "  You can say what these are: 2 taken for a run by how it went, 1 that may be a run or something else,"
        " 1 with a clock that runs ahead."
    )
    assert told == [
        "5 new files: 2 held runs; 2 wait for a word from you; 1 was something else and was set aside.",
        waits,
        "  1 file: It was set aside.",
    ]


def test_nothing_that_waits_is_not_told() -> None:
    """Where nothing waits there is no line."""
    told = batch_as_text(Batch(NONE | {"files": 1, "runs": 1}, (FileResult("a.gpx", "run", None),)))
    assert told == "1 new file: 1 held a run."
