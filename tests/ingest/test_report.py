"""What a person reads after an import."""

from __future__ import annotations

from runmood.core.i18n import translator
from runmood.ingest.importer import Batch, FileResult
from runmood.ingest.report import batch_as_text

SAY = translator("en", "metric")
NONE = {"runs": 0, "said": 0, "slept": 0, "skipped": 0, "refused": 0, "known": 0, "partial": 0, "undecided": 0}


def test_what_waits_is_told_in_one_line_by_kind() -> None:
    """Guesses, doubts and odd clocks are counted by kind, and stand before what was set aside."""
    files = (
        FileResult("a.gpx", "run", None, ("guessed",)),
        FileResult("b.gpx", "run", None, ("guessed",)),
        FileResult("c.gpx", "undecided", "It waits.", ("unclear_sport",)),
        FileResult("d.fit", "undecided", "It waits.", ("clock_ahead",)),
        FileResult("e.gpx", "skipped", "It was set aside."),
    )
    told = batch_as_text(SAY, Batch(NONE | {"files": 5, "runs": 2, "skipped": 1, "undecided": 2}, files)).splitlines()
    kinds = {"guessed": 2, "unclear_sport": 1, "clock_ahead": 1}
    waits = ", ".join(SAY(f"import.to_decide.{kind}", count=count) for kind, count in kinds.items())
    outcomes = {"runs": 2, "undecided": 2, "skipped": 1}
    parts = "; ".join(SAY(f"import.counted.{outcome}", count=count) for outcome, count in outcomes.items())
    assert told == [
        SAY("import.headline", files=5, parts=parts),
        f"  {SAY('import.you_can_say', parts=waits)}",
        f"  {SAY('import.because', count=1, reason='It was set aside.')}",
    ]


def test_nothing_that_waits_is_not_told() -> None:
    """Where nothing waits there is no line."""
    told = batch_as_text(SAY, Batch(NONE | {"files": 1, "runs": 1}, (FileResult("a.gpx", "run", None),)))
    assert told == "1 new file: 1 run."


def test_what_is_known_already_is_not_new() -> None:
    """A file of known content is told beside the new ones and not among them; alone, nothing is called new."""
    run, known = FileResult("a.fit", "run", None), FileResult("b.fit", "known", "The same content as a.fit.")
    one = SAY("import.known", count=1)
    both = batch_as_text(SAY, Batch(NONE | {"files": 2, "runs": 1, "known": 1}, (run, known)))
    new = SAY("import.headline", files=1, parts=SAY("import.counted.runs", count=1))
    assert both == f"{new} {one}"
    assert batch_as_text(SAY, Batch(NONE | {"files": 1, "known": 1}, (known,))) == one
