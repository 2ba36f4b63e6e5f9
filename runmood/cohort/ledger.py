"""What the last night of each home came to: one file a bucket, written before and after each home."""

from __future__ import annotations

import datetime as dt  # noqa: TC003 - `read_record` reads the annotations
import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from runmood.cohort.worker import DONE, NOTHING
from runmood.core.files import make_folder, replace_private
from runmood.core.kept_records import read_record

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.cohort.folder import Cohort

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
        replace_private(self._path, json.dumps(lines, default=str, indent=0))


def read_visits(path: Path) -> dict[str, Visit]:
    """Return the visits in a file by member; none where it is not there or not legible, as it can be made again."""
    try:
        return read_record(dict[str, Visit], json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError):
        return {}


def all_visits(cohort: Cohort) -> dict[str, Visit]:
    """Return the visits of every bucket, by member."""
    visits: dict[str, Visit] = {}
    for path in sorted(cohort.ledger.glob("*.json")):
        visits |= read_visits(path)
    return visits
