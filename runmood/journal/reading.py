"""Reading the journal, and what a check-in means on the calendar."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from runmood.journal.lines import Told, from_line
from runmood.journal.pen import JOURNAL_FILE
from runmood.terms.notices import TORN_LINE, Notice
from runmood.terms.records import CheckIn

if TYPE_CHECKING:
    from pathlib import Path

DAY_ENDS = dt.timedelta(hours=4)  # an evening ends at 04:00: who says it at 00:30 means the day before
MORNING_ENDS = dt.timedelta(hours=12)
AROUND_A_RUN = dt.timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Journal:
    """Everything said, in order of the lines, and what could not be read."""

    told: tuple[Told, ...] = ()
    notices: tuple[Notice, ...] = ()


def read(folder: Path) -> Journal:
    """Everything a person said; a line that cannot be read gives a notice and spoils no other."""
    path = folder / JOURNAL_FILE
    if not path.exists():
        return Journal()
    told: dict[str, Told] = {}
    notices: list[Notice] = []
    for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").split("\n"), start=1):
        if not line.strip():
            continue
        try:
            entry = from_line(line)
        except (ValueError, KeyError, TypeError) as fault:
            notices.append(TORN_LINE(line=number, fault=f"{type(fault).__name__}: {fault}"))
            continue
        told.setdefault(entry.id, entry)
    return Journal(tuple(told.values()), tuple(notices))


def check_in_rows(told: tuple[Told, ...]) -> list[dict[str, object]]:
    """One row of CHECK_INS for each check-in."""
    return [_row(each.id, each.said_at, each.entry) for each in told if isinstance(each.entry, CheckIn)]


def _row(identity: str, said_at: dt.datetime, check_in: CheckIn) -> dict[str, object]:
    date = day_of(check_in)
    told = asdict(check_in)
    del told["at"]
    return told | {
        "check_in_id": identity,
        "felt_at": check_in.at.astimezone(dt.UTC),
        "tags": list(check_in.tags) or None,
        "local_date": date,
        "late": _is_late(said_at, check_in, date),
    }


def usual_kind(moment: dt.datetime) -> str:
    """The kind of check-in that the clock suggests: morning from 04:00 to noon, else evening."""
    clock = dt.timedelta(hours=moment.hour, minutes=moment.minute)
    return "morning" if DAY_ENDS <= clock < MORNING_ENDS else "evening"


def day_of(check_in: CheckIn) -> dt.date:
    """The day a check-in speaks of, by the clock where it was said."""
    clock = check_in.at - DAY_ENDS if check_in.kind == "evening" else check_in.at
    return clock.date()


def _is_late(said_at: dt.datetime, check_in: CheckIn, date: dt.date) -> bool:
    midnight = dt.datetime.combine(date, dt.time(), check_in.at.tzinfo)
    if check_in.kind == "evening":
        return said_at > midnight + dt.timedelta(days=1) + DAY_ENDS
    if check_in.kind == "morning":
        return said_at > midnight + MORNING_ENDS
    return said_at > check_in.at + AROUND_A_RUN
