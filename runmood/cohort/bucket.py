"""One part of a cohort's night: the homes of a bucket, one after the other, and the files of what they give.

It may be repeated at any time, and killed at any moment: homes know by themselves what is due, and files are replaced
whole. What goes over the wire is the cohort's folder, a number and a day, and what comes back are counts. What the last
night of each home came to stands in one file a bucket, written before and after each home.
"""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - `read_record` reads the annotations
import json
import shutil
import tempfile
import threading
from collections import Counter
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.cohort.folder import open_cohort
from runmood.cohort.warm_worker import DONE, NOTHING, REFUSED, SLOW, STOPPED, WarmWorker, WorkerStoppedError
from runmood.core.files import make_folder, read_kept, replace_made
from runmood.core.json_records import read_record

if TYPE_CHECKING:
    from runmood.cohort.folder import Cohort, Member
    from runmood.cohort.warm_worker import Request


BEGUN = "begun"
GOOD = (DONE, NOTHING)
PASSED_OVER = "passed_over"
MOST_ATTEMPTS = 2


@dataclass(frozen=True, slots=True)
class Visit:
    """A home's last night: the day, the outcome with its sentence, and when it last went well.

    `attempts` counts the visits of that night which were begun and of which nothing more is known: the machine or the
    engine went down with them.
    """

    day: dt.date
    outcome: str
    sentence: str = ""
    gives: int = 0
    cpu_s: float = 0.0
    good_on: dt.date | None = None
    attempts: int = 0

    @property
    def good(self) -> bool:
        """Whether the night was done, or had nothing to do."""
        return self.outcome in GOOD


class Ledger:
    """The visits of one bucket, by member."""

    def __init__(self, cohort: Cohort, bucket: int) -> None:
        self._path = cohort.ledger / f"{bucket:04}.json"
        self.visits = read_visits(self._path)

    def begin(self, member: str, day: dt.date) -> Visit:
        """Write down that a visit begins, and return it with how many of this night have ended with nothing known."""
        last = self.visits.get(member)
        lost = last.attempts + 1 if last and last.outcome == BEGUN and last.day == day else 0
        visit = Visit(day, BEGUN, good_on=last.good_on if last else None, attempts=lost)
        self.write(member, visit)
        return visit

    def end(self, member: str, visit: Visit, outcome: str, sentence: str, **values: float) -> Visit:
        """Write down what a visit came to."""
        good_on = visit.day if outcome in GOOD else visit.good_on
        ended = replace(visit, outcome=outcome, sentence=sentence, good_on=good_on, attempts=0, **values)  # type: ignore[arg-type]
        self.write(member, ended)
        return ended

    def keep_only(self, members: set[str]) -> None:
        """Forget the homes that are no longer in the register."""
        gone = self.visits.keys() - members
        for member in gone:
            del self.visits[member]
        if gone:
            self._save()

    def write(self, member: str, visit: Visit) -> None:
        """Write a visit down."""
        self.visits[member] = visit
        self._save()

    def _save(self) -> None:
        make_folder(self._path.parent)
        lines = {member: asdict(visit) for member, visit in self.visits.items()}
        replace_made(self._path, json.dumps(lines, default=str, indent=0))


def read_visits(path: Path) -> dict[str, Visit]:
    """Return the visits in a file by member; none where it is not there or not legible, as it can be made again."""
    try:
        return read_record(dict[str, Visit], json.loads(read_kept(path)))
    except (OSError, ValueError, RecursionError):
        return {}


def all_visits(cohort: Cohort) -> dict[str, Visit]:
    """Return the visits of every bucket, by member."""
    visits: dict[str, Visit] = {}
    for path in sorted(cohort.ledger.glob("*.json")):
        visits |= read_visits(path)
    return visits


MERGE_DEADLINE_S = 600.0
_HELD = threading.local()  # a warm worker for each thread that serves


def serve_bucket(root: str, bucket: int, day: dt.date, worker: WarmWorker | None = None) -> dict[str, int]:
    """Do the nights of the homes of a bucket and write the files of what their people give.

    Args:
        root: the cohort's folder.
        bucket: which part of the night.
        day: up to which day homes are made.
        worker: the process that serves them; that of this thread, which stays warm, where none is given.

    Returns:
        How many homes had which outcome.

    Raises:
        WorkerStoppedError: the files could not be put together; the homes' nights are done.
    """
    cohort = open_cohort(Path(root))
    worker = worker or _worker()
    members = cohort.members(bucket)
    ledger = Ledger(cohort, bucket)
    ledger.keep_only({each.member for each in members})
    parts = Path(tempfile.mkdtemp(prefix=f"parts-{bucket:04}-", dir=make_folder(cohort.work)))
    try:
        outcomes = Counter(_serve(cohort, member, ledger, worker, (day, parts)).outcome for member in members)
        request = {"do": "merge", "parts": str(parts), "pooled": str(cohort.pooled), "bucket": str(bucket)}
        worker.ask(request, MERGE_DEADLINE_S)
    finally:
        shutil.rmtree(parts, ignore_errors=True)
    return dict(outcomes)


def _worker() -> WarmWorker:
    """Return the warm worker of this thread."""
    if not hasattr(_HELD, "worker"):
        _HELD.worker = WarmWorker()
    worker: WarmWorker = _HELD.worker
    return worker


def _serve(cohort: Cohort, member: Member, ledger: Ledger, worker: WarmWorker, night: tuple[dt.date, Path]) -> Visit:
    """Do a home's night and take what its person gives; whatever goes wrong stays this home's own."""
    day, parts = night
    visit = ledger.begin(member.member, day)
    if visit.attempts >= MOST_ATTEMPTS:
        return ledger.end(member.member, visit, PASSED_OVER, cohort.say("cohort.passed_over", times=visit.attempts))
    asked = {"home": str(member.home), "language": cohort.settings.language}
    request = asked | {"do": "night", "day": str(day), "releases": str(cohort.releases)}
    outcome, sentence, cpu_s = _asked(cohort, worker, request)
    gives = 0
    if outcome != REFUSED:
        contributor = {"do": "give", "person": cohort.person(member.member), "site": member.site, "parts": str(parts)}
        try:
            given = worker.ask(asked | contributor, cohort.settings.deadline_s)
            gives, fault = int(str(given["rows"])), str(given["sentence"])
        except WorkerStoppedError as stopped:
            fault = _told(cohort, stopped)
        sentence = sentence or fault
    return ledger.end(member.member, visit, outcome, sentence, gives=gives, cpu_s=cpu_s)


def _asked(cohort: Cohort, worker: WarmWorker, request: Request) -> tuple[str, str, float]:
    """Return outcome, sentence and processor time of a home's night."""
    try:
        answer = worker.ask(request, cohort.settings.deadline_s)
    except WorkerStoppedError as stopped:
        return (SLOW if stopped.slow else STOPPED), _told(cohort, stopped), 0.0
    return str(answer["outcome"]), str(answer["sentence"]), float(str(answer["cpu_s"]))


def _told(cohort: Cohort, stopped: WorkerStoppedError) -> str:
    """Return the sentence on a process that is gone."""
    return (
        cohort.say("cohort.slow", seconds=cohort.settings.deadline_s) if stopped.slow else cohort.say("cohort.stopped")
    )
