"""B5: runs on days that were marked ill or injured, or on which it hurt."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.answers import seen
from runmood.findings.base import QuestionResult, to_rows
from runmood.findings.specs import RUNNING_WHILE_HURT
from runmood.findings.stats.windows import total, trailing

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl
    from numpy.typing import NDArray

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow, FindingView
    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Flags, Numbers
    from runmood.reports.context import ReportData


WITHIN, PAIN_WITHIN = 28, 14  # days
RUNS_NEEDED, PAINFUL_RUNS = 2, 3
PAIN, STRONG_PAIN = 5.0, 7.0  # of 10
UNWELL = ("ill", "injured", "fever", "chest pain")
STOP = ("fever", "chest pain")


def running_while_hurt(notes: EvaluationContext) -> pl.DataFrame:
    """B5 for every night."""
    runs, pain = np.nan_to_num(notes.day("runs")), np.nan_to_num(notes.day("pain"))
    unwell, stop = notes.marked(*UNWELL), notes.marked(*STOP) | (pain >= STRONG_PAIN)
    within = np.where(unwell | (pain >= PAIN), runs, 0)
    hurt, at_once = _sum(within, WITHIN), _sum(np.where(stop, runs, 0), WITHIN)
    painful = _sum(np.where(pain >= PAIN, runs, 0), PAIN_WITHIN)
    facts = {
        "runs_hurt": hurt,
        "runs_to_stop": at_once,
        "painful_runs": painful,
        "most_pain": np.nanmax(trailing(np.where(runs > 0, pain, 0.0), WITHIN), axis=1),
        "stop_and_check": (at_once > 0) | (painful >= PAINFUL_RUNS),
        "dates": _dates(notes, within > 0),
    }
    marked = (notes.days["tags"].list.len().fill_null(0) > 0).to_numpy() | ~np.isnan(notes.day("pain"))
    lacking = {"marked_days": 1 - np.cumsum(marked).astype(np.int64)}
    return to_rows(RUNNING_WHILE_HURT, notes, QuestionResult(lacking, (hurt >= RUNS_NEEDED) | (at_once > 0), facts))


def _sum(runs: Numbers, span: int) -> NDArray[np.int64]:
    return np.asarray(total(trailing(runs, span)), dtype=np.int64)


def _dates(notes: EvaluationContext, on: Flags) -> list[object]:
    """The days of the last four weeks on which it was so, night by night; null without any."""
    days, numbers = [f"{date}" for date in notes.nights], np.flatnonzero(on)
    first, past = (np.searchsorted(numbers, np.arange(len(on)) + shift) for shift in (1 - WITHIN, 1))
    return [[days[number] for number in numbers[low:high]] or None for low, high in zip(first, past, strict=True)]


# --- A5, B5 and S1 in words: a hard stretch, runs while ill or hurt, heavier weeks. They are said at once, and
# gently.

DATES_SHOWN = 5
CLEARLY_LOWER = 1.5  # own standard deviations


def hard_stretch(finding: FindingRow, diary: ReportData) -> FindingView:
    """More load, lower notes and harder runs at once: the answer to A5."""
    say, runs = diary.say, finding.count("runs_lately")
    day, things = say.date_near(finding.night, diary.as_of), list(_together(say, finding))
    basis = "stretch.sure_with_runs" if runs else "stretch.sure"
    return seen(
        say,
        "stretch.title",
        saw=[say("stretch.saw", day=day, things=things)],
        sure=[say(basis, days=finding.count("rated_days_lately"), runs=runs)],
        others=_what_else(say, finding),
        some_do=[say("stretch.some_do")],
    )


def _together(say: Translator, finding: FindingRow) -> Iterator[str]:
    """What came together."""
    facts = finding.facts
    ratio, harder = facts.get("load_ratio"), facts.get("effort_change")
    unit = say.choice("load_unit", facts.get("load_unit", "effort minutes"))
    if ratio is None:
        yield say("stretch.load", unit=unit)
    else:
        yield say("stretch.load_above", unit=unit, percent=round(100 * (ratio - 1)))
    yield say("stretch.much_lower" if float(facts.get("wellness") or 0) <= -CLEARLY_LOWER else "stretch.lower")
    if harder is not None:
        yield say("stretch.harder", points=abs(float(harder)))


def _what_else(say: Translator, finding: FindingRow) -> Iterator[str]:
    """What may look the same, with what the notes themselves say of it."""
    yield say("stretch.infection")
    yield say("stretch.training")
    if apart := finding.count("set_apart_days"):
        yield say("stretch.excluded", days=apart)
    if reckoned := finding.count("estimated_days"):
        yield say("stretch.reckoned", days=reckoned)


def running_while_hurt_caring(finding: FindingRow, diary: ReportData) -> FindingView:
    """Runs on days marked ill or hurt: the answer to B5."""
    say, dates = diary.say, _dates_caring(finding, diary)
    day, pain = say.date_near(finding.night, diary.as_of), finding.facts.get("most_pain")
    return seen(
        say,
        "hurt.title",
        saw=[
            say("hurt.saw_on" if dates else "hurt.saw", day=day, runs=finding.count("runs_hurt"), dates=dates),
            "" if pain is None else say("hurt.most_pain", pain=float(pain)),
        ],
        sure=[say("hurt.sure")],
        others=[say("hurt.another_time"), say("hurt.easy")],
        some_do=[say("hurt.stop_and_check") if finding.facts.get("stop_and_check") else "", say("hurt.some_do")],
    )


def _dates_caring(finding: FindingRow, diary: ReportData) -> str:
    """The last few of the days."""
    days = [dt.date.fromisoformat(day) for day in finding.facts.get("dates") or ()]
    shown = ", ".join(diary.say.date_near(day, diary.as_of) for day in days[-DATES_SHOWN:])
    return diary.say("hurt.the_last", dates=shown) if len(days) > DATES_SHOWN else shown


def heavier_weeks(finding: FindingRow, diary: ReportData) -> FindingView:
    """The answer to S1. No figure is shown: it is about company, not about a score."""
    say = diary.say
    return seen(
        say,
        "called.S1",
        saw=[say("heavier.saw", day=say.date_near(finding.night, diary.as_of)), say("heavier.only_notes")],
        others=[say("heavier.reasons"), say("heavier.tired")],
        some_do=[say("heavier.some_do")],
    )
