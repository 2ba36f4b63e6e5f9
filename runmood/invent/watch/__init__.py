"""The runner's devices: what they record of an outing, and the files they write."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

from runmood.invent.watch.fit import write_fit
from runmood.invent.watch.gpx import write_gpx
from runmood.invent.watch.tcx import write_tcx

if TYPE_CHECKING:
    from runmood.invent.watch.outing import Outing

WRITERS = {"fit": write_fit, "gpx": write_gpx, "tcx": write_tcx}


def recorded_as(outing: Outing, ending: str) -> bytes:
    """The bytes of the file that a watch would write of this outing; ending: fit, gpx, tcx, or one of them and .gz.

    A treadmill run has no places, so it cannot be a gpx.
    """
    name, _, packed = ending.partition(".")
    content = WRITERS[name](outing)
    return gzip.compress(content, mtime=0) if packed else content
