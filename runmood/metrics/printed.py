"""The page of `docs/` on what is measured, from the formulas' docstrings. `make docs` writes it, CI compares it.

python -m runmood.metrics.printed docs            writes docs/metrics.md
python -m runmood.metrics.printed docs --check    says whether it is stale, with exit status 1
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.metrics.formulas.climb import climbed
from runmood.metrics.formulas.efforts import DISTANCES_M, TIMES_S, farthest, fastest
from runmood.metrics.formulas.heart import decoupling_percent, highest_half_minute, time_at_each_rate
from runmood.metrics.formulas.means import Mean, pace_s_km
from runmood.metrics.formulas.slope import flat_distance, running_cost
from runmood.terms.printed import write_pages

if TYPE_CHECKING:
    from collections.abc import Callable

INTRO = f"""\
# What is measured, and how

Printed from the docstrings of `runmood/metrics/formulas/`. A number that cannot be known is null, never 0. Which steps
were motion, which time was paused, and how heights are evened out is decided in `runmood/track/` (`stops.py`,
`heights.py`); how far all this lies from what devices say themselves, `benchmarks/measuring.py` measures. The columns
stand in `columns.md`.

Best efforts are told for {", ".join(DISTANCES_M)};
and for {", ".join(TIMES_S)}.
"""
FORMULAS: dict[str, Callable[..., object]] = {
    "Pace": pace_s_km,
    "Means over time": Mean.of,
    "The cost of a slope": running_cost,
    "Graded pace": flat_distance,
    "Ascent and descent": climbed,
    "Fastest stretch of a distance": fastest,
    "Farthest stretch of a time": farthest,
    "Highest heart rate": highest_half_minute,
    "Time at each heart rate": time_at_each_rate,
    "Decoupling": decoupling_percent,
}


def metrics_page() -> str:
    """Every formula: what it says, how it is reckoned, where it is from, and its limits."""
    return f"{INTRO}\n" + "\n\n".join(_section(*each) for each in FORMULAS.items()) + "\n"


def _section(title: str, formula: Callable[..., object]) -> str:
    paragraphs = (inspect.getdoc(formula) or "").split("\n\n")
    return "\n\n".join([f"## {title}", *map(_paragraph, paragraphs), f"`{_place(formula)}`"])


def _paragraph(text: str) -> str:
    """A paragraph on one line, what it tells of in bold."""
    head, colon, rest = " ".join(text.split()).partition(": ")
    return f"**{head}:** {rest}" if head in {"Formula", "Source", "Limits"} else f"{head}{colon}{rest}"


def _place(formula: Callable[..., object]) -> str:
    return f"{formula.__module__}.{formula.__qualname__}"


if __name__ == "__main__":
    sys.exit(write_pages(Path(sys.argv[1]), {"metrics.md": metrics_page()}, check="--check" in sys.argv))
