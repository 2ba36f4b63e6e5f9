"""B7: planned rests that became runs, and runs much longer than planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.core.enums import DayKind, PlanSource
from runmood.findings.base import QuestionResult, to_rows
from runmood.findings.specs import DAYS_WITHOUT_RUNS, RESTS_BECAME_RUNS
from runmood.findings.stats.windows import share, total, trailing

if TYPE_CHECKING:
    import polars as pl

    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers


WITHIN = 28  # days
RESTS_NEEDED, HALF = 6, 0.5
LONGER, LONGER_RUNS = 1.3, 4  # times the plan; runs
LEARNED = PlanSource.HABIT  # a rest that a person never meant cannot be broken


def rests_became_runs(notes: EvaluationContext) -> pl.DataFrame:
    """B7 for every night."""
    meant = ~(notes.days["plan_source"].fill_null("") == LEARNED).to_numpy()
    kind = notes.days["day_kind"]
    turned = _days(meant & (kind == DayKind.RUN_ON_REST).to_numpy())
    rests = turned + _days(meant & (kind == DayKind.PLANNED_REST).to_numpy())
    planned, ran = notes.day("planned_m"), notes.day("distance_m")
    longer, with_distance = _days(ran > LONGER * planned), _days((planned > 0) & (ran > 0))
    rested = rests >= RESTS_NEEDED
    seen = (rested & (share(turned, rests) >= HALF)) | (longer >= LONGER_RUNS)
    facts = {"rest_days": rests, "runs_on_rest": turned, "planned_runs": with_distance, "longer_runs": longer}
    return to_rows(RESTS_BECAME_RUNS, notes, QuestionResult({"rest_days": RESTS_NEEDED - rests}, seen, facts))


def _days(flags: Flags) -> Counts:
    return np.asarray(total(trailing(flags, WITHIN)), dtype=np.int64)


# --- B8: the evening's mood on the first, second, third and later days without a run. To look at, without a test.

LEAST_DAYS, GAPS_NEEDED = 3, 3
LATER = 4  # the fourth day of a gap, and all after it


def days_without_runs(notes: EvaluationContext) -> pl.DataFrame:
    """B8 for every night, over all gaps so far; a gap counts from its third day on. Days set apart have no mood."""
    without = notes.day("runs") == 0
    mood = np.where(notes.flag("excluded"), np.nan, notes.day("mood_evening"))
    day = _day_of_gap(without)
    gaps = np.cumsum(day == LEAST_DAYS)
    facts: dict[str, Numbers | Counts] = {"gaps": gaps, "run_day_mood": _so_far(mood, notes.day("runs") > 0)[0]}
    for number in range(1, LATER + 1):
        counts_on = day >= LATER if number == LATER else day == LEAST_DAYS
        earlier = max(LEAST_DAYS - number, 0)
        felt, said = _so_far(np.concatenate([np.full(earlier, np.nan), mood])[: len(mood)], counts_on)
        facts |= {f"mood_day_{number}": felt, f"days_{number}": said}
    return to_rows(
        DAYS_WITHOUT_RUNS, notes, QuestionResult({"gaps": GAPS_NEEDED - gaps}, np.zeros_like(without), facts)
    )


def _day_of_gap(without: Flags) -> Counts:
    """1 on the first day without a run, 2 on the second, 0 on any other day."""
    number = np.arange(1, len(without) + 1)
    return number - np.maximum.accumulate(np.where(without, 0, number))


def _so_far(mood: Numbers, on: Flags) -> tuple[Numbers, Counts]:
    """The mean mood of these days so far, and how many of them were rated."""
    counts = on & ~np.isnan(mood)
    said = np.cumsum(counts, dtype=np.int64)
    return share(np.cumsum(np.where(counts, mood, 0.0)), said), said
