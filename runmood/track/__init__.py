"""A run as the watch wrote it in, a clean track out.

    refine(decoded, home_zone) -> Track

The track's points are in order of time, with a distance that never falls, and each knows whether the runner moved.
What was left out is counted in notices. A `Track` also knows the clock of the place: which zone, and how it is known.
"""

from runmood.track.clock import Clock
from runmood.track.refine import Track, refine

__all__ = ["Clock", "Track", "refine"]
