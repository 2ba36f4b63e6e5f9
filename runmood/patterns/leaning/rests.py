"""B7: planned rests that became runs, and runs much longer than planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.asking import Answer, answered
from runmood.patterns.windows import share, total, trailing
from runmood.terms.questions import RESTS_BECAME_RUNS

if TYPE_CHECKING:
    import polars as pl

    from runmood.patterns.asking import Notes
    from runmood.patterns.windows import Counts, Flags


WITHIN = 28  # days
RESTS_NEEDED, HALF = 6, 0.5
LONGER, LONGER_RUNS = 1.3, 4  # times the plan; runs
LEARNED = "habit"  # a rest that a person never meant cannot be broken


def rests_became_runs(notes: Notes) -> pl.DataFrame:
    """B7 for every night."""
    meant = ~(notes.days["plan_source"].fill_null("") == LEARNED).to_numpy()
    kind = notes.days["day_kind"]
    turned = _days(meant & (kind == "run on rest").to_numpy())
    rests = turned + _days(meant & (kind == "planned rest").to_numpy())
    planned, ran = notes.day("planned_m"), notes.day("distance_m")
    longer, with_distance = _days(ran > LONGER * planned), _days((planned > 0) & (ran > 0))
    rested = rests >= RESTS_NEEDED
    seen = (rested & (share(turned, rests) >= HALF)) | (longer >= LONGER_RUNS)
    facts = {"rest_days": rests, "runs_on_rest": turned, "planned_runs": with_distance, "longer_runs": longer}
    return answered(RESTS_BECAME_RUNS, notes, Answer({"rest_days": RESTS_NEEDED - rests}, seen, facts))


def _days(flags: Flags) -> Counts:
    return np.asarray(total(trailing(flags, WITHIN)), dtype=np.int64)
