"""A1 in words: runs much longer than those of the 30 days before."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.answers.told import missing, not_seen, seen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.summary.parts import Answer
    from runmood.terms.speech import Speech

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
    latest, say = nights[-1], diary.say
    words = _lacking(say, latest) if latest.state == "not enough evidence yet" else _not_seen(say)
    return not_seen(say, "called.A1", "not seen so far" if latest.seen else latest.state, *words)


def _seen(nights: list[Told], diary: Diary) -> Answer:
    say, left = diary.say, len(nights) - SHOWN
    return seen(
        say,
        "called.A1",
        saw=[*(_run(night, diary) for night in nights[-SHOWN:]), say("longer.more", left=left) if left > 0 else ""],
        sure=[say("longer.sure"), say("longer.study")],
        others=_others(nights[-1], diary),
        some_do=[say("longer.some_do")],
    )


def _run(night: Told, diary: Diary) -> str:
    """One run beside the longest of the 30 days before it."""
    say, facts = diary.say, night.facts
    far, before = float(facts["distance_m"]), float(facts["longest_m"])
    longest = say.distance(before)
    if "longest_date" in facts:
        day = say.date_near(dt.date.fromisoformat(facts["longest_date"]), diary.as_of)
        longest = say("longer.longest_on", far=longest, day=day)
    name = "longer.ran_double" if far / before > DOUBLE else "longer.ran"
    day = say.weekday_near(night.night, diary.as_of)
    return say(name, day=day, far=say.distance(far), share=far / before - 1, longest=longest)


def _others(night: Told, diary: Diary) -> Iterator[str]:
    say, runs = diary.say, night.count("runs_before")
    day = diary.days.filter(pl.col("local_date") == night.night)
    yield _as_far_before(night, diary)
    yield say("longer.planned" if not day.is_empty() and day["planned"][0] == "run" else "longer.unplanned")
    yield say("longer.few_before" if runs < FEW_RUNS else "longer.quieter_before", runs=runs)


def _as_far_before(night: Told, diary: Diary) -> str:
    """That the person has run as far before; empty where their runs do not say so."""
    say, far = diary.say, float(night.facts["distance_m"])
    known = diary.runs.filter(pl.col("local_date") < night.night, pl.col("distance_m") >= far).sort("local_date")
    if known.is_empty():
        return ""
    last = known.row(-1, named=True)
    return say(
        "longer.as_far_before",
        far=say.distance(last["distance_m"]),
        day=say.date_near(last["local_date"], diary.as_of),
    )


def _not_seen(say: Speech) -> tuple[str, ...]:
    return say("longer.not_seen"), say("longer.would_show", least=say.distance(LEAST_LONGEST_M))


def _lacking(say: Speech, night: Told) -> tuple[str, ...]:
    lacking = night.facts.get("lacking") or {}
    things = []
    if "runs_before" in lacking:
        things.append(say("longer.more_runs", count=int(lacking["runs_before"])))
    if "longest_m" in lacking:
        things.append(say("longer.one_run", least=say.distance(LEAST_LONGEST_M)))
    return say("longer.too_little"), missing(say, things), say("longer.no_hurry")
