"""One part of a cohort's night: the homes of a bucket, one after the other, and the files of what they give.

It may be repeated at any time, and killed at any moment: homes know by themselves what is due, and files are replaced
whole. What goes over the wire is the cohort's folder, a number and a day, and what comes back are counts.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.cohort.folder import open_cohort
from runmood.cohort.ledger import MOST_ATTEMPTS, PASSED_OVER, Ledger
from runmood.cohort.worker import REFUSED, SLOW, STOPPED, WarmWorker, WorkerStoppedError
from runmood.core.files import make_folder

if TYPE_CHECKING:
    import datetime as dt

    from runmood.cohort.folder import Cohort, Member
    from runmood.cohort.ledger import Visit
    from runmood.cohort.worker import Request

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
    request = {"do": "night", "home": str(member.home), "day": str(day)}
    outcome, sentence, cpu_s = _asked(cohort, worker, request)
    gives = 0
    if outcome != REFUSED:
        giver = {"person": cohort.person(member.member), "site": member.site, "parts": str(parts)}
        try:
            given = worker.ask({"do": "give", "home": str(member.home), **giver}, cohort.settings.deadline_s)
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
