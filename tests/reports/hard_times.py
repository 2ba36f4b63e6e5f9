"""Diaries of hard times, as entries of a journal: what their pages say is read by tests and by people."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.entries import CareReported, Goal, Habit, ReportedRun
from runmood.home.home import Home, open_home
from runmood.journal.store import append
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from runmood.core.entries import Entry

ZONE = ZoneInfo("Europe/Berlin")
LAST = dt.date(2026, 11, 21)
ONE_DAY = dt.timedelta(days=1)
PLANNED = (2, 4, 7)  # Tuesday, Thursday, Sunday


def _at(day: dt.date, hour: int = 21) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), ZONE)


def _evening(day: dt.date, mood: float, **more: object) -> NewEntry:
    return NewEntry(_at(day), CheckIn(_at(day), "evening", mood, energy=mood, **more))  # type: ignore[arg-type]


def _said(day: dt.date, entry: Entry, hour: int = 20) -> NewEntry:
    return NewEntry(_at(day, hour), entry)


def _ran(day: dt.date, km: float) -> NewEntry:
    return _said(day, ReportedRun(day, "18:00", km * 1000, km * 360, 4.0), 19)


def _days(first: dt.date, last: dt.date = LAST) -> Iterator[dt.date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def _usual(first: dt.date, last: dt.date) -> Iterator[NewEntry]:
    """An ordinary time: three runs a week as planned, evenings about 7."""
    yield _said(first, Habit(PLANNED))
    yield _said(first, Goal("fitness", "back to a half marathon", "distance a week", 30_000.0, LAST + 60 * ONE_DAY))
    for day in _days(first, last):
        if day.isoweekday() in PLANNED:
            yield _ran(day, 6 + day.day % 4)
        yield _evening(day, 6.0 + day.day % 3, helped=("friends",) if day.day % 9 == 0 else ())


def injured() -> Iterator[NewEntry]:
    """Torn calf: six weeks without a run, with a plan that goes on."""
    hurt = LAST - 42 * ONE_DAY
    yield from _usual(hurt - 90 * ONE_DAY, hurt - ONE_DAY)
    yield _said(hurt, CareReported(hurt, "injured"))
    for day in _days(hurt):
        yield _evening(day, 4.0 + day.day % 2, skip_reason="injured" if day.isoweekday() == PLANNED[0] else None)


def hurt_and_low() -> Iterator[NewEntry]:
    """Torn calf, and evenings that fell with it."""
    hurt = LAST - 35 * ONE_DAY
    yield from _usual(hurt - 120 * ONE_DAY, hurt - ONE_DAY)
    yield _said(hurt, CareReported(hurt, "injured"))
    for day in _days(hurt):
        yield _evening(day, 2.0 - day.day % 2)


def low() -> Iterator[NewEntry]:
    """A month of evenings at 2 of 10, with heavy notes and no run."""
    fell = LAST - 30 * ONE_DAY
    yield from _usual(fell - 120 * ONE_DAY, fell - ONE_DAY)
    for day in _days(fell):
        yield _evening(day, 2.0 - day.day % 2, note="no point in anything" if day.day % 5 == 0 else None)


def returning() -> Iterator[NewEntry]:
    """Back for two weeks after a low month with an injury: short runs, then one that is longer."""
    hurt, back = LAST - 56 * ONE_DAY, LAST - 14 * ONE_DAY
    yield from _usual(hurt - 90 * ONE_DAY, hurt - ONE_DAY)
    yield _said(hurt, CareReported(hurt, "injured"))
    for day in _days(hurt, back - ONE_DAY):
        yield _evening(day, 2.0 + day.day % 2)
    yield _said(back, CareReported(back, "better"))
    for number, day in enumerate(_days(back)):
        if number % 3 == 0:
            yield _ran(day, 3.0 if number < 12 else 5.0)
        yield _evening(day, 5.0 + day.day % 3)


def only_notes() -> Iterator[NewEntry]:
    """Somebody who writes, and never runs or plans."""
    for day in _days(LAST - 60 * ONE_DAY):
        if day.day % 2:
            yield _evening(day, 5.0 + day.day % 4, note="a long day, a walk with the dog")


def bereaved() -> Iterator[NewEntry]:
    """A death: evenings fall, runs stop, and the reason is a major event."""
    died = LAST - 20 * ONE_DAY
    yield from _usual(died - 100 * ONE_DAY, died - ONE_DAY)
    for day in _days(died):
        event = ("major event",) if day < died + 7 * ONE_DAY else ()
        yield _evening(day, 2.0 + day.day % 2, tags=event, note="the funeral" if day == died + 5 * ONE_DAY else None)


def pregnant() -> Iterator[NewEntry]:
    """A pregnancy: shorter runs, then a pause that the person means."""
    pause = LAST - 35 * ONE_DAY
    for number, day in enumerate(_days(pause - 100 * ONE_DAY, pause - ONE_DAY)):
        if day.isoweekday() in PLANNED:
            yield _ran(day, max(2.0, 8.0 - number / 15))
        yield _evening(day, 6.0 + day.day % 3)
    for day in _days(pause):
        yield _evening(day, 6.0 + day.day % 3, note="the midwife says pause, and I am glad" if day == pause else None)


def earning_food() -> Iterator[NewEntry]:
    """Rising runs, falling mood, and notes about food that has to be earned."""
    for number, day in enumerate(_days(LAST - 120 * ONE_DAY)):
        if number % 7 < 4 + number // 45:
            yield _ran(day, 6.0 + number / 12)
        note = "earned dinner today" if number % 3 == 0 else "skipped lunch, ran twice" if number % 5 == 0 else None
        yield _evening(day, max(2.0, 7.0 - number / 25), note=note)


HARD_TIMES: dict[str, Callable[[], Iterator[NewEntry]]] = {
    "injured": injured,
    "hurt_and_low": hurt_and_low,
    "low": low,
    "returning": returning,
    "only_notes": only_notes,
    "bereaved": bereaved,
    "pregnant": pregnant,
    "earning_food": earning_food,
}


def hard_home(root: Path, name: str, language: str = "en") -> Home:
    """Make a home with the diary of that name, up to date on its last day."""
    root.mkdir(parents=True)
    settings = f'time_zone = "Europe/Berlin"\nlanguage = "{language}"\n'
    (root / "settings.toml").write_text(settings, encoding="utf-8")
    home = open_home(root)
    append(home.journal, list(HARD_TIMES[name]()))
    with home.writing():
        steps.run_pipeline(home, LAST)
    return home
