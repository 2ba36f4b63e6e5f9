"""B8: evenings on the first, second, third and later days without a run. To look at, without a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import FiguresInLine, Question, QuestionGroup, Specification
from runmood.findings.stats.windows import share

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.question import ShareContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers

LEAST_DAYS, GAPS_NEEDED = 3, 3
LATER = 4  # the fourth day of a gap, and all after it

SPECIFICATION = Specification(
    code="B8",
    group=QuestionGroup.EVENINGS,
    place=4,
    kind="context",
    asks="How were the evenings on the first, second, third and later days without a run?",
    needs="3 gaps of 3 days or more without a run.",
    rule="Mean moods to look at; not tested, never seen. Days marked ill, injured, travel or major event have none.",
    facts={
        "gaps": "gaps of 3 days or more so far",
        "run_day_mood": "mean evening mood of all days with a run so far",
        **{f"mood_day_{day}": f"mean evening mood on day {day} of a gap" for day in (1, 2, 3)},
        "mood_day_4": "mean evening mood on day 4 and later",
        **{f"days_{day}": f"rated evenings in mood_day_{day}" for day in (1, 2, 3, 4)},
        "lacking": "gaps that are missing when there are not enough",
    },
    source=(
        "Mondin et al. 1996, Medicine & Science in Sports & Exercise 28:1199; Weinstein, Koehmstedt & Kop 2017, "
        "General Hospital Psychiatry 49:11"
    ),
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return B8 for every night, over all gaps so far of three days or more; excluded days have no mood."""
    without = context.column("runs") == 0
    mood = np.where(context.flag("excluded"), np.nan, context.column("mood_evening"))
    day = _day_of_gap(without)
    gaps = np.cumsum(day == LEAST_DAYS)
    facts: dict[str, Numbers | Counts] = {"gaps": gaps, "run_day_mood": _so_far(mood, context.column("runs") > 0)[0]}
    for number in range(1, LATER + 1):
        counts_on = day >= LATER if number == LATER else day == LEAST_DAYS
        earlier = max(LEAST_DAYS - number, 0)
        mean_mood, rated = _so_far(np.concatenate([np.full(earlier, np.nan), mood])[: len(mood)], counts_on)
        facts |= {f"mood_day_{number}": mean_mood, f"days_{number}": rated}
    return to_rows(SPECIFICATION, context, QuestionResult({"gaps": GAPS_NEEDED - gaps}, np.zeros_like(without), facts))


def _day_of_gap(without: Flags) -> Counts:
    """Return 1 on the first day without a run, 2 on the second, 0 on any other day. Shape: nights."""
    number = np.arange(1, len(without) + 1)
    return number - np.maximum.accumulate(np.where(without, 0, number))


def _so_far(mood: Numbers, on: Flags) -> tuple[Numbers, Counts]:
    """Return the mean mood (0 to 10) of the flagged days up to each night, and how many of them were rated."""
    counts = on & ~np.isnan(mood)
    rated = np.cumsum(counts, dtype=np.int64)
    return share(np.cumsum(np.where(counts, mood, 0.0)), rated), rated


def sentence(say: Translator, finding: FindingRow, start: str) -> str:
    """Word the evenings by how long ago the last run was; `start` is the beginning of the sentences' names."""
    run_days, gaps = finding.facts.get("run_day_mood"), finding.count("gaps")
    days = [
        say(f"{start}day_{day}", mood=finding.facts[f"mood_day_{day}"], evenings=finding.count(f"days_{day}"))
        for day in range(1, LATER + 1)
        if finding.facts.get(f"mood_day_{day}") is not None
    ]
    if not days:
        return say(f"{start}seen_unrated", gaps=gaps)
    return say(f"{start}seen" if run_days is None else f"{start}seen_beside", gaps=gaps, days=days, run_days=run_days)


def figures(say: Translator, finding: FindingRow) -> str:
    """Word it on the page."""
    return sentence(say, finding, "questions.B8.")


def share_seen(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    return sentence(context.say, finding, "questions.B8.share.")


QUESTION = Question(SPECIFICATION, evaluate, share_seen, FiguresInLine(figures))
