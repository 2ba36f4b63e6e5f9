"""A5: a hard stretch: more load, lower wellness and harder runs, all at once.

None of the three says much alone: load tells a good block from a bad one no better than chance, and wellness sinks for
many reasons. Together they are the pattern that the joint consensus describes (Meeusen et al. 2013,
doi:10.1080/17461391.2012.730061); the state itself only shows in hindsight, and only to a professional.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from runmood.patterns.asking import Answer, answered
from runmood.patterns.training.harder import felt
from runmood.patterns.training.rising import rise_of
from runmood.patterns.training.wellness import wellness_of
from runmood.patterns.windows import at_some_point, held_for, lasting, total, trailing
from runmood.terms.questions import HARD_STRETCH

if TYPE_CHECKING:
    import polars as pl

    from runmood.patterns.asking import Notes, Told
    from runmood.patterns.windows import Flags, Numbers


DAYS_NEEDED = 70
RISEN = 1.25  # times the load of the weeks before
LATELY = 14  # nights
# Wellness and effort make up for each other, which finds more hard stretches and calls fewer ordinary weeks hard than a
# line drawn through each of them: docs/decisions.md.
LOWER, HARDER = -0.75, 0.25  # own standard deviations of W, effort of 10
TOGETHER = 2.0
LOW, NIGHTS_LOW = -1.0, 7  # without efforts
BETTER, NIGHTS_BETTER = -0.5, 7


def hard_stretch(notes: Notes) -> pl.DataFrame:
    """A5 for every night."""
    rise, effort, wellness = rise_of(notes), felt(notes, "effort"), wellness_of(notes)
    risen = at_some_point(~rise.after_a_break & (rise.ratio >= RISEN), LATELY)
    days = np.arange(1, len(risen) + 1)
    begins = _begins(risen, wellness.lately, effort.change) & (days >= DAYS_NEEDED)
    on = lasting(begins, held_for(~(wellness.lately <= BETTER), NIGHTS_BETTER))
    reckoned = total(trailing(notes.flag("load_reckoned"), LATELY)).astype(int)
    facts: dict[str, Told] = {
        "load_ratio": rise.ratio,
        "load_unit": rise.unit,
        "wellness": wellness.lately,
        "effort_change": effort.change,
        "rated_days_lately": wellness.rated_lately,
        "runs_lately": effort.runs_lately,
        "set_apart_days": total(trailing(notes.flag("set_apart"), LATELY)).astype(int),
        "reckoned_days": reckoned,
    }
    lacking = {"days": DAYS_NEEDED - days} | rise.lacking | wellness.lacking
    return answered(HARD_STRETCH, notes, Answer(lacking, on, facts))


def _begins(risen: Flags, wellness: Numbers, harder: Numbers) -> Flags:
    """Whether more load was borne badly: lower wellness and harder runs; without efforts, a week of low nights."""
    both = (wellness <= LOWER) & (harder >= HARDER) & (harder - wellness >= TOGETHER)
    return np.where(np.isnan(harder), held_for(risen & (wellness <= LOW), NIGHTS_LOW), risen & both)
