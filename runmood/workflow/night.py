"""The steps of a night, each with the sentence that tells what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.i18n import counted
from runmood.ingest.batch import (
    close_batch,
    new_batch_id,
    new_files,
    no_progress,
    open_warehouse,
    read_chunk,
    read_inbox,
    reprocess_missing,
)
from runmood.ingest.report import batch_as_text
from runmood.workflow import steps
from runmood.workflow.errors import NightlyStep, StepFailedError
from runmood.workflow.state import Outcome

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from runmood.core.models import FoundFile
    from runmood.home.home import Home


def read_files(home: Home, _day: dt.date) -> Outcome:
    """What was new in the inbox. Where a fault in the code stops the reading, every other file is read all the same."""
    try:
        with NightlyStep(home, "import"):
            stock = reprocess_missing(home)
            batch = read_inbox(home, "inbox", no_progress)
    except StepFailedError as fault:
        _read_one_by_one(home)
        raise fault from None
    batch = stock + batch if stock else batch
    with open_warehouse(home) as store:
        waiting = len(store.unopened())
    return Outcome(batch_as_text(batch), needs_a_look=not batch.clean, waiting=waiting)


def _read_one_by_one(home: Home) -> None:
    """Every new file alone, so that none waits for the one that cannot be read by this version."""
    with open_warehouse(home) as store:
        name = new_batch_id(home, store)
    for chunk in new_files(home):
        for found in chunk:
            _read_alone(home, name, found)
    close_batch(home, name, "inbox", [])


def _read_alone(home: Home, batch: str, found: FoundFile) -> None:
    try:
        with NightlyStep(home, f"import of {home.name_of(found.name)}"):
            read_chunk(home, batch, [found])
    except StepFailedError:
        return  # it is in the log; the file waits in the inbox for a version that can read it


def count_journal_lines(home: Home, _day: dt.date) -> Outcome:
    """How many lines the journal has; nothing of what they say."""
    lines = sum(path.read_bytes().count(b"\n") for path in home.journal.glob("journal.jsonl"))
    return Outcome(f"The journal has {counted(lines, 'line')}.")


def join_days(home: Home, day: dt.date) -> Outcome:
    """Runs and what was said become days, weeks and all that follows."""
    reprocess_missing(home)  # which does nothing, unless the database was lost since the inbox was read
    steps.build_days(home, day)
    return Outcome(f"Days up to {day.day} {day:%B %Y} are made.")


def find_patterns(home: Home, _day: dt.date) -> Outcome:
    """Findings, from the first night on of which the days say something new."""
    since = steps.find_patterns(home)
    if since is None:
        return Outcome("No finding could have changed.")
    with open_warehouse(home) as store:
        seen = store.frame("select question from findings_now where state = 'seen' order by question")["question"]
    told = ", ".join(seen) or "none"
    return Outcome(f"Findings are answered anew from {since.day} {since:%B %Y} on; seen now: {told}.")


def publish(home: Home, _day: dt.date) -> Outcome:
    """The database for analysts, replaced at once."""
    steps.publish_copy(home)
    return Outcome("The database is published.")


def write_summary(home: Home, day: dt.date) -> Outcome:
    """The page for the person."""
    steps.write_summary(home, day)
    return Outcome("The page is written.")


STEPS: dict[str, Callable[[Home, dt.date], Outcome]] = {
    "import": read_files,
    "journal": count_journal_lines,
    "days": join_days,
    "findings": find_patterns,
    "publish": publish,
    "summary": write_summary,
}
