"""Whether more was run lately than in the weeks before: load of 21 days beside that of the 42 days before them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.findings.stats.windows import known, mean, share, total, trailing

if TYPE_CHECKING:
    from runmood.findings.base import EvaluationContext
    from runmood.findings.stats.windows import Counts, Flags, Numbers

LATELY, BEFORE, USUALLY = 21, 42, 180  # days
KNOWN = 0.7  # share of a window's days of which it must be known whether there was a run
AS_USUAL = 0.7  # of the usual running days must lie in the 42: after a break every load is high
WITH_LOAD = 0.8  # of the window's running days must have a load, else minutes stand in for all of them
EFFORT_MINUTES, MINUTES = "effort minutes", "minutes"


@dataclass(frozen=True, slots=True)
class LoadRise:
    """One entry a night."""

    ratio: Numbers  # load a day lately by load a day before; nan where days are lacking
    after_a_break: Flags  # whether the weeks before held far fewer running days than usual
    by_effort: Flags  # in effort minutes, else in minutes: one of them for the whole window
    lacking: dict[str, Counts]

    @property
    def unit(self) -> list[str]:
        """Return the unit of load of each night, in words."""
        return [EFFORT_MINUTES if effort else MINUTES for effort in self.by_effort.tolist()]


def compute_load_rise(context: EvaluationContext) -> LoadRise:
    """Compute how load has risen by every night. Unknown days are not rest, and no window mixes two units."""
    ran = np.where(np.isnan(context.column("runs")), np.nan, context.column("runs") > 0)
    minutes = np.where(ran > 0, context.column("moving_s") / 60, ran)
    load = np.where(ran > 0, context.column("load"), ran)
    with_load = known(trailing(np.where(ran > 0, load, np.nan), LATELY + BEFORE))
    by_effort = with_load >= WITH_LOAD * np.maximum(total(trailing(ran, LATELY + BEFORE)), 1)
    before, lately = known(trailing(ran, BEFORE, until=LATELY)), known(trailing(ran, LATELY))
    lacking = {"known_days_before": _few(before, BEFORE), "known_days_lately": _few(lately, LATELY)}
    ratio = np.where(by_effort, _ratio(ran, load), _ratio(ran, minutes))
    enough = np.logical_and.reduce([days <= 0 for days in lacking.values()])
    usual = mean(trailing(ran, USUALLY))
    rarely = mean(trailing(ran, BEFORE, until=LATELY)) < AS_USUAL * usual
    return LoadRise(np.where(enough, ratio, np.nan), rarely, by_effort, lacking)


def _ratio(ran: Numbers, load: Numbers) -> Numbers:
    """Return load a day lately by load a day before."""
    return share(_a_day(trailing(ran, LATELY), trailing(load, LATELY)), _before(ran, load))


def _before(ran: Numbers, load: Numbers) -> Numbers:
    return _a_day(trailing(ran, BEFORE, until=LATELY), trailing(load, BEFORE, until=LATELY))


def _a_day(ran: Numbers, load: Numbers) -> Numbers:
    """Return load a known day: a running day without a load counts as an average one, an unknown day not at all."""
    measured = known(np.where(ran > 0, load, np.nan))
    return np.where(total(ran) > 0, mean(ran) * share(total(load), measured), 0.0)


def _few(days: Counts, span: int) -> Counts:
    return np.asarray(np.ceil(KNOWN * span) - days, dtype=np.int64)
