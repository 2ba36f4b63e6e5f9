"""What adds up along a run, so that any part of it is a difference."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.metrics.formulas.means import Mean
    from runmood.metrics.steps import Floats


@dataclass(frozen=True, slots=True)
class Sums:
    """The way on the flat, climbs, and what means are made of; each value is from the start to a sample."""

    flat_m: Floats
    ascent_m: Floats
    descent_m: Floats
    heart: Mean
    cadence: Mean
