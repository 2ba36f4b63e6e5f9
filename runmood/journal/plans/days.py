"""The sessions of a file -> what it plans for each day, and what was made of the rest."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.journal.plans.meaning import Sense, Verdict, sense_of
from runmood.terms.entries import PlannedDay

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from runmood.journal.plans.files import PlanFile, Session
    from runmood.journal.plans.meaning import Choice

    Understood = list[tuple[Session, Sense]]

BETWEEN_NAMES, LONGEST_NAME = " + ", 200


@dataclass(frozen=True, slots=True)
class Draft:
    """What a version of a calendar plans: its days, the span it covers, and what was made of its sessions.

    `covers` is null for a file that holds nothing. `unsure` names sessions that plan nothing until the
    person says what they are; `counts` is how many sessions were taken for what.
    """

    calendar: str
    days: Mapping[dt.date, PlannedDay]
    covers: tuple[dt.date, dt.date] | None
    counts: Mapping[str, int]
    unsure: tuple[str, ...]
    remarks: tuple[str, ...]


def draft_of(file: PlanFile, choice: Choice) -> Draft:
    """The days that a file plans; of several runs on one day the names are joined and the amounts added."""
    understood = [(session, sense_of(session, choice)) for session in file.sessions if not session.cancelled]
    taken = Counter(sense.verdict.value for _, sense in understood)
    return Draft(
        calendar=file.calendar,
        days=dict(sorted((_rests(understood, file.calendar) | _runs(understood, file.calendar)).items())),
        covers=_span(file.sessions),
        counts=taken | Counter(cancelled=len(file.sessions) - len(understood)),
        unsure=(*file.left_out, *_unsure(understood)),
        remarks=file.remarks,
    )


def _rests(understood: Understood, calendar: str) -> dict[dt.date, PlannedDay]:
    """Each day of each rest; a rest of a week is seven."""
    return {
        date: PlannedDay(date, "rest", name=session.title[:LONGEST_NAME] or None, calendar=calendar)
        for session, sense in understood
        if sense.verdict is Verdict.REST
        for date in (session.date + dt.timedelta(days=number) for number in range(session.days))
    }


def _runs(understood: Understood, calendar: str) -> dict[dt.date, PlannedDay]:
    """Each day with runs."""
    by_day: dict[dt.date, Understood] = defaultdict(list)
    for session, sense in understood:
        if sense.verdict is Verdict.RUN:
            by_day[session.date].append((session, sense))
    return {date: _run(date, runs, calendar) for date, runs in by_day.items()}


def _run(date: dt.date, runs: Understood, calendar: str) -> PlannedDay:
    names = dict.fromkeys(session.title for session, _ in runs if session.title)
    return PlannedDay(
        date,
        "run",
        distance_m=_total([sense.distance_m for _, sense in runs]),
        planned_s=_total([sense.planned_s for _, sense in runs]),
        name=BETWEEN_NAMES.join(names)[:LONGEST_NAME] or None,
        calendar=calendar,
    )


def _total(amounts: list[float | None]) -> float | None:
    """The sum, if each is known."""
    known = [amount for amount in amounts if amount is not None]
    return round(sum(known), 1) if len(known) == len(amounts) else None


def _span(sessions: tuple[Session, ...]) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of which the file says anything, even if it is a ride or cancelled."""
    return (min(each.date for each in sessions), max(each.last for each in sessions)) if sessions else None


def _unsure(understood: Understood) -> Iterator[str]:
    """Each session that was left out, named once however often it repeats."""
    left_out = [session for session, sense in understood if sense.verdict is Verdict.UNSURE]
    times = Counter((session.place, session.title) for session in left_out)
    for (place, title), count in times.items():
        yield f"{place} ({title or 'without a title'})" + (f", {count} days" if count > 1 else "")
