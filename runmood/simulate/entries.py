"""What the runner notes down: goals, plans, check-ins, a thought each month; and what is true of the runner."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.entries import Goal, Habit, PlannedDay, Reflection
from runmood.core.enums import CheckInKind, GoalKind, GoalMeasure
from runmood.simulate.calendar import HARD_WEEKS, MUCH_LONGER, Calendar
from runmood.simulate.person import HARD_DEPTH, HARD_FULL_DAY, LIFT, MOOD_POINTS, WEEKEND

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.simulate.recording import SimulatedRecording


GOALS = (
    Goal(GoalKind.THERAPEUTIC, "Let a rest day be a rest day, and notice what it is like."),
    Goal(GoalKind.FITNESS, "Run three times in most weeks.", measure=GoalMeasure.RUNS, target=3),
)
PROMPT = "What else helped?"
THOUGHTS = (
    "Talking with Ana on the phone, more than I had thought.",
    "An hour in the garden.",
    "Sleeping in on Saturday.",
    "The choir. I had forgotten how much.",
    "Not much this month, and that was fine.",
    "Walking to work along the river.",
)
FIRST_SUNDAY_ENDS = 7


def goal_entries(calendar: Calendar) -> Iterator[NewEntry]:
    """Yield both goals on the first evening, and a thought on the first Sunday evening of every month."""
    for goal in GOALS:
        yield NewEntry(calendar.at(calendar.first, 20), goal)
    sundays = [date for date in calendar.dates if date.isoweekday() == 7 and date.day <= FIRST_SUNDAY_ENDS]  # noqa: PLR2004 - Sunday
    for number, date in enumerate(sundays):
        thought = THOUGHTS[number % len(THOUGHTS)]
        yield NewEntry(calendar.at(date, 20) + dt.timedelta(minutes=30), Reflection(date, "month", PROMPT, thought))


# What the runner wrote down: plans on Sunday evenings, check-ins, a few words now and then.

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


def journal_entries(
    calendar: Calendar, diary: pl.DataFrame, outings: tuple[SimulatedRecording, ...], seed: int
) -> tuple[NewEntry, ...]:
    """Return every entry of the journal, in the order in which it was said."""
    rng, helped = (np.random.default_rng((seed, number)) for number in (4, 5))
    entries = [_habit(calendar), *_plans(calendar, diary), *goal_entries(calendar)]
    for day in diary.iter_rows(named=True):
        entries += _check_ins(calendar, day, _helped(day, helped), rng)
    for outing in outings:
        entries += _after_run(calendar, outing, diary, rng)
    return tuple(sorted(entries, key=lambda entry: entry.said_at))


def _sunday(calendar: Calendar, date: dt.date) -> dt.datetime:
    """Return six in the evening of the Sunday before a day's week."""
    return calendar.at(date - dt.timedelta(days=date.weekday() + 1), 18)


def _habit(calendar: Calendar) -> NewEntry:
    """Return the weekdays on which the runner means to run, said before all else."""
    return NewEntry(_sunday(calendar, calendar.first) - dt.timedelta(minutes=5), HABIT)


def _plans(calendar: Calendar, diary: pl.DataFrame) -> Iterator[NewEntry]:
    """Yield the plan of every day, a run or a rest."""
    for date, planned, distance, kind in diary.select("date", "planned", "planned_m", "kind").iter_rows():
        yield NewEntry(_sunday(calendar, date), PlannedDay(date, planned, distance, name=kind))


def _check_ins(
    calendar: Calendar, day: dict[str, object], helped: tuple[str, ...], rng: np.random.Generator
) -> Iterator[NewEntry]:
    """Yield the morning's and the evening's check-in, where they were answered."""
    tags = tuple(tag for tag, marked in (("ill", day["ill"]), ("travel", day["away"])) if marked)
    date, minutes = _date(day), rng.integers(0, 40, 2).tolist()
    reason, note = _reason(day, rng), _note(EVENING_NOTES, rng)
    if day["morning_said"]:
        hour = 7 if date.weekday() >= 5 else 6  # noqa: PLR2004 - Saturday and Sunday
        at = calendar.at(date, hour, minutes[0] // 2)
        energy, sleep = _score(day, "energy_morning"), _score(day, "sleep")
        yield NewEntry(
            at, CheckIn(at, CheckInKind.MORNING, _score(day, "mood_morning"), energy=energy, sleep=sleep, tags=tags)
        )
    if day["evening_said"]:
        at = calendar.at(date, 21, 15 + minutes[1])
        entry = CheckIn(
            at,
            CheckInKind.EVENING,
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
        yield NewEntry(calendar.at(date + dt.timedelta(days=1), 9) if day["late"] else at, entry)


def _helped(day: dict[str, object], rng: np.random.Generator) -> tuple[str, ...]:
    """Return what the runner notes as a help that day, which has no bearing on how they feel; nothing if unanswered."""
    asked, chance = rng.random() < HELPED_ASKED, rng.random(1 + len(OTHER_THINGS)).tolist()
    ran = ("running",) if day["ran"] and chance[0] < RUNNING_HELPED else ()
    other = tuple(thing for (thing, share), it in zip(OTHER_THINGS.items(), chance[1:], strict=True) if it < share)
    return (ran + other or ("nothing",)) if asked else ()


def _after_run(
    calendar: Calendar, outing: SimulatedRecording, diary: pl.DataFrame, rng: np.random.Generator
) -> Iterator[NewEntry]:
    """Yield the check-in a quarter of an hour after a run, for about half of the runs."""
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
    felt = CheckIn(
        at, CheckInKind.AFTER_RUN, mood, energy=energy, effort=float(outing.effort), tags=kinds + tags + away, note=note
    )
    yield NewEntry(at, felt)


def _reason(day: dict[str, object], rng: np.random.Generator) -> str | None:
    """Return why the planned run did not happen, where there was one and the runner cared to say."""
    told, reason = rng.random() < REASON_SAID, str(rng.choice(REASONS, p=REASON_SHARES))
    if not (day["missed"] and told):
        return None
    return "unwell" if day["ill"] else reason


def _note(notes: tuple[str, ...], rng: np.random.Generator, share: float = NOTED) -> str | None:
    """Return a few words, now and then."""
    chosen = notes[int(rng.integers(len(notes)))]
    return chosen if rng.random() < share else None


def _date(day: dict[str, object]) -> dt.date:
    """Return the day of a diary row."""
    date = day["date"]
    if not isinstance(date, dt.date):
        raise TypeError(f"a diary row without a date: {day}")
    return date


def _score(day: dict[str, object], name: str) -> float:
    """Return a score of a diary row."""
    return float(str(day[name]))


def _whole(score: float) -> float:
    """Return a score as a person says it: a whole point from 0 to 10."""
    return float(min(max(round(score), 0), 10))


# What is true of the invented runner, so that a finding can be held against it.

BEFORE_HARD = dt.timedelta(days=42)


@dataclass(frozen=True, slots=True)
class GroundTruth:
    """One thing known about the runner: planted, or known to be nothing.

    `question` is a code of `runmood.findings.questions`, of the dossier (A5), or a plain name where nobody asks yet.
    `size` is in mood points for B1 and B2, a ratio for A1 and A5, null for nothing.
    """

    question: str
    planted: bool
    sentence: str
    size: float | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None


LIFTS = GroundTruth("C1", True, f"After a run the mood is {LIFT} points above that of the same morning.", LIFT)
NOTHINGS = (
    GroundTruth("weekday", False, f"Weekdays are alike; only weekends are brighter, by {WEEKEND} standard deviations."),
    GroundTruth("sleep and tomorrow's run", False, "How the runner slept has no bearing on whether they run."),
    GroundTruth("morning mood and missing", False, "The morning's mood has no bearing on whether a run is missed."),
    GroundTruth("music", False, "Runs tagged music feel like any other."),
    GroundTruth("B3", False, "Running is one of several things that help, on low days too."),
    GroundTruth("C2", False, "Runs of every kind lift the mood alike."),
    GroundTruth("C4", False, "What the runner says helped has no bearing on the evening's mood."),
    GroundTruth("C3", False, "Evenings after a run are like evenings of planned rest."),
)


def truths(calendar: Calendar, diary: pl.DataFrame, missed_dip: float) -> tuple[GroundTruth, ...]:
    """Return everything that is known about the runner of this diary."""
    return (*_missed(missed_dip), *_much_longer(diary), *_hard_stretch(calendar, diary), LIFTS, *NOTHINGS)


def _missed(missed_dip: float) -> tuple[GroundTruth, ...]:
    """Return whether evenings are lower when a planned run is missed."""
    points = round(missed_dip * MOOD_POINTS, 2)
    if not points:
        sentence = "Evenings of missed runs are like any other."
        return GroundTruth("B1", False, sentence), GroundTruth("B2", False, sentence)
    lower = f"On days when a planned run is missed the evening's mood is {points} points lower than on"
    return (
        GroundTruth("B1", True, f"{lower} days when the run happens.", points),
        GroundTruth("B2", True, f"{lower} days of planned rest too.", points),
    )


def _much_longer(diary: pl.DataFrame) -> tuple[GroundTruth, ...]:
    """Return the one run that was much longer than the longest of the 30 days before."""
    row = diary.filter((pl.col("kind") == MUCH_LONGER) & pl.col("ran"))
    if row.is_empty():
        return ()
    date = row.item(0, "date")
    before = diary.filter(pl.col("date").is_between(date - dt.timedelta(days=30), date, closed="left"))
    ratio = row.item(0, "longest_m") / before.select(pl.max("longest_m")).item()
    sentence = (
        f"One run is {100 * (ratio - 1):.0f} % longer than the longest of the 30 days before; no other over 10 %."
    )
    return (GroundTruth("A1", True, sentence, round(ratio, 3), date, date),)


def _hard_stretch(calendar: Calendar, diary: pl.DataFrame) -> tuple[GroundTruth, ...]:
    """Return the five weeks of more load, lower wellness and harder runs, where the diary holds them whole."""
    first = calendar.date(HARD_WEEKS.start, 0)
    last = calendar.date(HARD_WEEKS.stop - 1, 6)
    if last > calendar.last:
        return ()
    ratio = _daily_load(diary, first, last) / _daily_load(diary, first - BEFORE_HARD, first - dt.timedelta(days=1))
    sentence = (
        f"For five weeks load is {100 * (ratio - 1):.0f} % above the six weeks before, runs feel a point harder, and "
        f"wellness sinks by {HARD_DEPTH} standard deviations, in full after {HARD_FULL_DAY} days."
    )
    return (GroundTruth("A5", True, sentence, round(ratio, 3), first, last),)


def _daily_load(diary: pl.DataFrame, first: dt.date, last: dt.date) -> float:
    """Return mean of effort times kilometres, a day."""
    load = (pl.col("distance_m") / 1000 * pl.col("effort")).fill_null(0).mean()
    return float(diary.filter(pl.col("date").is_between(first, last)).select(load).item())
