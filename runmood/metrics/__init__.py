"""A clean track in, what it says about the run out.

measure(points, decoded) -> the measured columns of one row of RECORDINGS
why_not_a_run(decoded, measured) -> the notice that sets it aside, or None for a run
remarks(decoded) -> notices worth a word about a run that was taken
"""

from runmood.metrics.measure import measure
from runmood.metrics.sport import remarks, why_not_a_run

__all__ = ["measure", "remarks", "why_not_a_run"]
