"""A7: the week's load, its monotony and strain, among the person's own weeks. To look at, without a verdict.

Monotony is mean by standard deviation of the daily load of seven days, rests counted as nothing; strain is the week's
load times its monotony (Foster 1998, doi:10.1097/00005768-199807000-00023). The standard deviation is that of a sample
(n - 1), which gives 7 % less than the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.evaluation import QuestionResult, to_rows
from runmood.findings.question import FiguresInLine, Question, QuestionGroup, Specification
from runmood.findings.stats.changes import EFFORT_MINUTES, MINUTES
from runmood.findings.stats.windows import known, mean, share, spread, total, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow
    from runmood.findings.evaluation import EvaluationContext, FactValues
    from runmood.findings.question import ShareContext
    from runmood.findings.stats.windows import Numbers

WEEK, NEEDED, YEAR = 7, 28, 365  # days

SPECIFICATION = Specification(
    code="A7",
    group=QuestionGroup.TRAINING,
    place=3,
    kind="context",
    asks="What were load, monotony and strain of the last seven days?",
    needs="28 days of which it is known whether there was a run.",
    rule=(
        "Figures to look at; never seen. Load is effort times minutes, minutes where a run of the week has no effort. "
        "Monotony is mean by standard deviation (n - 1) of the seven days' load, strain is load times monotony; each "
        "stands among the person's own nights of a year, without bands."
    ),
    facts={
        "load": "the week's load",
        "load_unit": "effort minutes or minutes",
        "monotony": "mean of the daily load by its standard deviation",
        "strain": "load times monotony",
        "load_percentile": "percent of the nights of the year before whose load was not above it",
        "monotony_percentile": "likewise",
        "strain_percentile": "likewise",
        "lacking": "what is missing when there is not enough, in days",
    },
    source="Foster 1998, Medicine & Science in Sports & Exercise 30:1164, doi:10.1097/00005768-199807000-00023",
)


def evaluate(context: EvaluationContext) -> pl.DataFrame:
    """Return A7 for every night, in effort minutes where every run of the week has an effort, else in minutes."""
    efforts, minutes = trailing(context.column("load"), WEEK), trailing(context.column("moving_s") / 60, WEEK)
    by_effort = known(efforts) == known(minutes)
    ranks = [np.where(by_effort, *pair) for pair in zip(_figures(efforts), _figures(minutes), strict=True)]
    week, monotony, strain, *among = ranks
    facts: dict[str, FactValues] = {
        "load": week,
        "load_unit": [EFFORT_MINUTES if effort else MINUTES for effort in by_effort.tolist()],
        "monotony": monotony,
        "strain": strain,
        **dict(zip(("load_percentile", "monotony_percentile", "strain_percentile"), among, strict=True)),
    }
    missing = {"known_days": NEEDED - known(trailing(context.column("moving_s"), NEEDED))}
    return to_rows(SPECIFICATION, context, QuestionResult(missing, np.zeros(len(week), dtype=bool), facts))


def _figures(week: Numbers) -> list[Numbers]:
    """Compute load, monotony and strain of each week (nights x 7 days), and their percentiles in the year before.

    Returns:
        The three figures, then the three percentiles, one a night each; nan unless all days are known.
    """
    whole = known(week) == WEEK
    summed, wide = np.where(whole, total(week), np.nan), spread(week)
    monotony = np.where(whole, share(mean(week), wide), np.nan)
    figures = [summed, monotony, summed * monotony]
    return figures + [_percentile(figure) for figure in figures]


def _percentile(figure: Numbers) -> Numbers:
    """Return the share of the nights of the year before that were not above tonight, in percent."""
    earlier = trailing(figure, YEAR, until=1)
    below = total((earlier <= figure[:, np.newaxis]).astype(float))
    return np.where(np.isnan(figure), np.nan, 100 * share(below, known(earlier)))


def figures(say: Translator, finding: FindingRow) -> str:
    """Word the week's load among the person's own nights."""
    load, percent, monotony = (finding.facts.get(name) for name in ("load", "load_percentile", "monotony"))
    if load is None:
        return say("questions.A7.unknown")
    unit = say.choice("questions.A7.amount", finding.facts.get("load_unit", "effort minutes"))
    name = "questions.A7.week" if percent is None else "questions.A7.week_among"
    told = [say(name, load=round(load), unit=unit, percent=round(percent or 0))]
    told += [] if monotony is None else [say("questions.A7.monotony", monotony=float(monotony))]
    return " ".join((*told, say("questions.A7.no_line")))


def share_seen(finding: FindingRow, context: ShareContext) -> str:
    """Word it for a shared page."""
    percent = finding.facts.get("load_percentile")
    if percent is None:
        return context.say("questions.A7.share.seen_unknown")
    return context.say("questions.A7.share.seen", share=percent / 100)


QUESTION = Question(SPECIFICATION, evaluate, share_seen, FiguresInLine(figures))
