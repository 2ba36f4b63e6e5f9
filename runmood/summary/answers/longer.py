"""A1 in words: runs much longer than those of the 30 days before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import polars as pl

from runmood.summary.answers.told import LABELS, OTHERS, SAW, SOME_DO, STANDS, SURE
from runmood.summary.parts import Answer, Passage
from runmood.summary.words.phrases import counted, date_near, distance, listed, plural, spelled, weekday_near

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.terms.speech import Units

TITLE = "Runs much longer than lately"
LATELY = dt.timedelta(days=28)
SHOWN = 3
FEW_RUNS = 8  # in 30 days; their longest says little of what a person is used to
DOUBLE = 2.0
LEAST_LONGEST_M = 3000.0


def longer_runs(nights: list[Told], diary: Diary) -> Answer | None:
    """The answer to A1; null when it was never asked."""
    if not nights:
        return None
    recent = [night for night in nights if night.seen and night.night > diary.as_of - LATELY]
    if recent:
        return _seen(recent, diary)
    latest = nights[-1]
    words = _lacking(latest, diary.units) if latest.state == "not enough evidence yet" else _not_seen(diary.units)
    state = "not seen so far" if latest.seen else latest.state
    return Answer(TITLE, LABELS[state], seen=False, passages=(Passage(STANDS, words),))


def _seen(nights: list[Told], diary: Diary) -> Answer:
    latest = nights[-1]
    saw = [_run(night, diary) for night in nights[-SHOWN:]]
    left = len(nights) - SHOWN
    if left > 0:
        saw.append(f"There {plural(left, 'was', 'were')} {spelled(left)} more in the last four weeks.")
    study = (
        "In a study of 5,205 runners, runs this much longer than recent ones went with more injuries; "
        "most such runs went without one."
    )
    some = (
        "Some people keep the days after such a run easier or take a rest day, and check with a professional if "
        "something hurts or lasts."
    )
    passages = (
        Passage(SAW, tuple(saw)),
        Passage(SURE, ("The distances are measured, so the comparison itself is plain.", study)),
        Passage(OTHERS, _others(latest, diary), listed=True),
        Passage(SOME_DO, (some,)),
    )
    return Answer(TITLE, LABELS["seen"], seen=True, passages=passages)


def _run(night: Told, diary: Diary) -> str:
    """One run beside the longest of the 30 days before it."""
    facts = night.facts
    far, longest = float(facts["distance_m"]), float(facts["longest_m"])
    when = (
        f" on {date_near(dt.date.fromisoformat(facts['longest_date']), diary.as_of)}" if "longest_date" in facts else ""
    )
    ratio = far / longest
    much = "more than twice as long as" if ratio > DOUBLE else f"{round((ratio - 1) * 100)}% longer than"
    return (
        f"On {weekday_near(night.night, diary.as_of)} you ran {distance(far, diary.units)}, {much} the longest run of "
        f"the 30 days before ({distance(longest, diary.units)}{when})."
    )


def _others(night: Told, diary: Diary) -> tuple[str, ...]:
    before = night.count("runs_before")
    day = diary.days.filter(pl.col("local_date") == night.night)
    planned = not day.is_empty() and day["planned"][0] == "run"
    chosen = (
        "The run was in your plan, so it may be a step you chose, or a race."
        if planned
        else "It may have been a race, a day out with others, or a route that turned out longer."
    )
    quiet = (
        f"The 30 days before held {counted(before, 'run')}; their longest may say little about what you are used to."
        if before < FEW_RUNS
        else "The weeks before may have been quieter than your usual, for their own good reasons."
    )
    return (*_further_before(night.facts, night.night, diary), chosen, quiet)


def _further_before(facts: dict[str, Any], night: dt.date, diary: Diary) -> tuple[str, ...]:
    """That the person has run as far before, where their runs say so."""
    known = diary.runs.filter(pl.col("local_date") < night, pl.col("distance_m") >= float(facts["distance_m"]))
    if known.is_empty():
        return ()
    last = known.sort("local_date").row(-1, named=True)
    far, when = distance(last["distance_m"], diary.units), date_near(last["local_date"], diary.as_of)
    return (f"You had run as far before: {far} on {when}.",)


def _not_seen(units: Units) -> tuple[str, ...]:
    least = distance(LEAST_LONGEST_M, units)
    return (
        "No run of the last four weeks was much longer than those before it.",
        f"More than 10% longer than the longest of the 30 days before would show, once that one is {least} or more.",
    )


def _lacking(night: Told, units: Units) -> tuple[str, ...]:
    lacking = night.facts.get("lacking") or {}
    missing = []
    if "runs_before" in lacking:
        missing.append(f"{counted(int(lacking['runs_before']), 'more run')} in the last 30 days")
    if "longest_m" in lacking:
        missing.append(f"one run of {distance(LEAST_LONGEST_M, units)} or more")
    told = f" What is missing: {listed(missing)}." if missing else ""
    return (
        f"A long run is compared with the 30 days before it, and there is too little in them yet.{told}",
        "There is no hurry; this fills itself, or stays empty through a quiet time.",
    )
