"""A clean track in, what it says about the run out.

measure(points, decoded, heights_from=..., left_out_m=...) -> Measured: the measured columns of a row of RECORDINGS, and
                                          rows of SPLITS, BEST_EFFORTS, HEART_TIMES without the recording's id
why_not_a_run(decoded, measured.row) -> the notice that sets it aside, or None for a run
remarks(decoded) -> notices worth a word about a run that was taken

Every formula stands in `formulas/` with its source and its limits; `docs/metrics.md` is printed from there.
"""

from runmood.metrics.measure import Measured, measure
from runmood.metrics.sport import remarks, why_not_a_run

__all__ = ["Measured", "measure", "remarks", "why_not_a_run"]
