"""The steps of a night, each with the sentence that tells what it came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.home.home import sweep_leftovers
from runmood.ingest.importer import open_importer, open_warehouse
from runmood.ingest.inbox import missing_files
from runmood.ingest.report import batch_as_text
from runmood.journal.store import journal_files
from runmood.workflow import steps, summaries
from runmood.workflow.errors import NightlyStep, StepFailedError
from runmood.workflow.nightly_run import Outcome

if TYPE_CHECKING:
    import datetime as dt
    from typing import Protocol

    from runmood.core.recordings import FoundFile
    from runmood.home.home import Home
    from runmood.ingest.importer import Importer
    from runmood.ingest.workers import OpenReader

    class Step(Protocol):
        """A step of the night: a home, the day up to which all is made, and how files are read."""

        def __call__(self, home: Home, day: dt.date, reader: OpenReader | None = None, /) -> Outcome:
            """Do the step and say what it came to."""


def read_files(home: Home, _day: dt.date, reader: OpenReader | None = None) -> Outcome:
    """Read what is new in the inbox. Where a fault in the code stops the reading, every other file is still read."""
    sweep_leftovers(home)
    try:
        with NightlyStep(home, "import"), open_importer(home, reader, unfinished_wait=True) as importer:
            batch = importer.reprocess_missing() or importer.read_inbox()
            waiting = len(importer.store.files.unopened())
            gone = missing_files(home, importer.store.files.content_hashes())
    except StepFailedError as fault:
        _read_one_by_one(home)
        raise fault from None
    sentences = [batch_as_text(home.say, batch)]
    if gone:
        sentences.append(home.say("import.gone", files=len(gone), file=gone[0]))
    return Outcome("\n".join(sentences), needs_a_look=not batch.clean, waiting=waiting)


def _read_one_by_one(home: Home) -> None:
    """Read every new file alone, so that none waits for the one that this version cannot read."""
    with open_importer(home) as importer:
        batch = importer.new_batch_id()
        for chunk in importer.new_files():
            for found in chunk:
                _read_alone(importer, batch, found)
        importer.close_batch(batch, "inbox", [])


def _read_alone(importer: Importer, batch: str, found: FoundFile) -> None:
    """Read one file; a fault in the code is written in the log, and the file waits for a version that can read it."""
    try:
        with NightlyStep(importer.home, f"import of {importer.home.name_of(found.name)}"):
            importer.read_chunk(batch, [found])
    except StepFailedError:
        return


def count_journal_lines(home: Home, _day: dt.date, _reader: OpenReader | None = None) -> Outcome:
    """Return how many lines the journal has; nothing of what they say."""
    lines = sum(path.read_bytes().count(b"\n") for path in journal_files(home.journal))
    return Outcome(home.say("night.journal", lines=lines))


def join_days(home: Home, day: dt.date, reader: OpenReader | None = None) -> Outcome:
    """Make runs and check-ins into days, weeks and all that follows."""
    with open_importer(home, reader) as importer:
        importer.reprocess_missing()  # which does nothing, unless the database was lost since the inbox was read
        steps.build_days(home, importer.store, day)
    return Outcome(home.say("night.days", day=day))


def find_patterns(home: Home, _day: dt.date, _reader: OpenReader | None = None) -> Outcome:
    """Answer the questions, from the first night on of which the days say something new."""
    with open_warehouse(home) as store:
        since = steps.find_patterns(store)
        if since is None:
            return Outcome(home.say("night.no_change"))
        seen = store.frame("select question from findings_now where state = 'seen' order by question")["question"]
    if seen.is_empty():
        return Outcome(home.say("night.none_seen", day=since))
    return Outcome(home.say("night.seen", day=since, questions=seen.to_list()))


def publish(home: Home, _day: dt.date, _reader: OpenReader | None = None) -> Outcome:
    """Publish the database for analysts."""
    steps.publish_copy(home)
    return Outcome(home.say("night.published"))


def write_summary(home: Home, day: dt.date, _reader: OpenReader | None = None) -> Outcome:
    """Write the page for the person."""
    summaries.write_summary(home, day)
    return Outcome(home.say("night.page"))


STEPS: dict[str, Step] = {
    "import": read_files,
    "journal": count_journal_lines,
    "days": join_days,
    "findings": find_patterns,
    "publish": publish,
    "summary": write_summary,
}
