"""What the runner wrote down: plans on Sunday evenings, check-ins, a few words now and then."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from runmood.invent.life.moods import LIFT
from runmood.invent.life.wishes import wishes
from runmood.terms.entries import CheckIn, Habit, PlannedDay, Said

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from runmood.invent.life.calendar import Calendar
    from runmood.invent.watch.outing import Outing

HABIT = Habit((2, 4, 6, 7))
EFFORT_SAID, NOTED, REASON_SAID = 0.5, 0.1, 0.5
RUN_TAGS = {"music": 0.35, "social": 0.2, "mindful": 0.15, "looking forward to it": 0.2}
HELPED_ASKED, RUNNING_HELPED = 0.7, 0.8
OTHER_THINGS = {
    "talking to someone": 0.35,
    "time outside": 0.3,
    "rest": 0.3,
    "hobby": 0.25,
    "therapy or its exercises": 0.08,
}
REASONS, REASON_SHARES = ("no time", "too tired", "weather", "low mood", "chose to rest"), (0.4, 0.2, 0.2, 0.1, 0.1)
RUN_NOTES = (
    "The river was like glass this morning.",
    "Slow and easy, and that was right for today.",
    "Ran with Ana, we talked the whole way round.",
    "Legs heavy at first, then they found their rhythm.",
    "A heron on the bank. I stopped to look.",
    "Wind against me on the way out, a gift on the way home.",
    "Left the watch alone and counted breaths instead.",
    "First warm evening of the year.",
)
EVENING_NOTES = (
    "Long call with my sister, it did me good.",
    "Cooked soup for three days.",
    "A full day at work, glad to sit down.",
    "Read half a book on the balcony.",
    "Rest day. Slept in, no regrets.",
    "The neighbours' cat has adopted me.",
)


def said(calendar: Calendar, diary: pl.DataFrame, outings: tuple[Outing, ...], seed: int) -> tuple[Said, ...]:
    """Every entry of the journal, in the order in which it was said."""
    rng, helped = (np.random.default_rng((seed, number)) for number in (4, 5))
    entries = [_habit(calendar), *_plans(calendar, diary), *wishes(calendar)]
    for day in diary.iter_rows(named=True):
        entries += _check_ins(calendar, day, _helped(day, helped), rng)
    for outing in outings:
        entries += _after_run(calendar, outing, diary, rng)
    return tuple(sorted(entries, key=lambda entry: entry.said_at))


def _sunday(calendar: Calendar, date: dt.date) -> dt.datetime:
    """Six in the evening of the Sunday before a day's week."""
    return calendar.at(date - dt.timedelta(days=date.weekday() + 1), 18)


def _habit(calendar: Calendar) -> Said:
    """The weekdays on which the runner means to run, said before all else."""
    return Said(_sunday(calendar, calendar.first) - dt.timedelta(minutes=5), HABIT)


def _plans(calendar: Calendar, diary: pl.DataFrame) -> Iterator[Said]:
    """The plan of every day, a run or a rest."""
    for date, planned, distance, kind in diary.select("date", "planned", "planned_m", "kind").iter_rows():
        yield Said(_sunday(calendar, date), PlannedDay(date, planned, distance, name=kind))


def _check_ins(
    calendar: Calendar, day: dict[str, object], helped: tuple[str, ...], rng: np.random.Generator
) -> Iterator[Said]:
    """The morning's and the evening's check-in, where they were answered."""
    tags = tuple(tag for tag, marked in (("ill", day["ill"]), ("travel", day["away"])) if marked)
    date, minutes = _date(day), rng.integers(0, 40, 2).tolist()
    reason, note = _reason(day, rng), _note(EVENING_NOTES, rng)
    if day["morning_said"]:
        hour = 7 if date.weekday() >= 5 else 6  # noqa: PLR2004 - Saturday and Sunday
        at = calendar.at(date, hour, minutes[0] // 2)
        energy, sleep = _score(day, "energy_morning"), _score(day, "sleep")
        yield Said(at, CheckIn(at, "morning", _score(day, "mood_morning"), energy=energy, sleep=sleep, tags=tags))
    if day["evening_said"]:
        at = calendar.at(date, 21, 15 + minutes[1])
        entry = CheckIn(
            at,
            "evening",
            _score(day, "mood"),
            energy=_score(day, "energy"),
            stress=_score(day, "stress"),
            tiredness=_score(day, "tiredness"),
            soreness=_score(day, "soreness"),
            tags=tags,
            helped=helped,
            skip_reason=reason,
            note=note,
        )
        yield Said(calendar.at(date + dt.timedelta(days=1), 9) if day["late"] else at, entry)


def _helped(day: dict[str, object], rng: np.random.Generator) -> tuple[str, ...]:
    """What the runner says helped that day; nothing where they did not answer. It has no bearing on how they feel."""
    asked, chance = rng.random() < HELPED_ASKED, rng.random(1 + len(OTHER_THINGS)).tolist()
    ran = ("running",) if day["ran"] and chance[0] < RUNNING_HELPED else ()
    other = tuple(thing for (thing, share), it in zip(OTHER_THINGS.items(), chance[1:], strict=True) if it < share)
    return (ran + other or ("nothing",)) if asked else ()


def _after_run(calendar: Calendar, outing: Outing, diary: pl.DataFrame, rng: np.random.Generator) -> Iterator[Said]:
    """The check-in a quarter of an hour after a run, for about half of the runs."""
    asked, mood_lift, energy_lift = rng.random() < EFFORT_SAID, rng.normal(LIFT, 0.8), rng.normal(0, 1)
    tags = tuple(tag for tag, share in RUN_TAGS.items() if rng.random() < share)
    note = _note(RUN_NOTES, rng, share=2 * NOTED)
    if not asked:
        return
    day = diary.row((outing.date - calendar.first).days, named=True)
    at = outing.ended_at + dt.timedelta(minutes=15)
    mood = _whole(_score(day, "mood_morning") + mood_lift)
    energy = _whole(_score(day, "energy_morning") + energy_lift)
    kinds = tuple(tag for tag in ("easy", "long", "race") if tag == outing.kind)
    away = ("travel",) if day["away"] else ()
    felt = CheckIn(at, "after-run", mood, energy, effort=float(outing.effort), tags=kinds + tags + away, note=note)
    yield Said(at, felt)


def _reason(day: dict[str, object], rng: np.random.Generator) -> str | None:
    """Why the planned run did not happen, where there was one and the runner cared to say."""
    told, reason = rng.random() < REASON_SAID, str(rng.choice(REASONS, p=REASON_SHARES))
    if not (day["missed"] and told):
        return None
    return "unwell" if day["ill"] else reason


def _note(notes: tuple[str, ...], rng: np.random.Generator, share: float = NOTED) -> str | None:
    """A few words, now and then."""
    chosen = notes[int(rng.integers(len(notes)))]
    return chosen if rng.random() < share else None


def _date(day: dict[str, object]) -> dt.date:
    """The day of a diary row."""
    date = day["date"]
    if not isinstance(date, dt.date):
        raise TypeError(f"a diary row without a date: {day}")
    return date


def _score(day: dict[str, object], name: str) -> float:
    """A score of a diary row."""
    return float(str(day[name]))


def _whole(score: float) -> float:
    """A score as a person says it: a whole point from 0 to 10."""
    return float(min(max(round(score), 0), 10))
