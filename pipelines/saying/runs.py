"""What a person knows of a run better than their watch: how far a treadmill said it was, what kind of run it was."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood import journal
from runmood.terms.entries import Measured, RunTagged, Said
from runmood.terms.notices import CannotBeDoneError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipelines.home import Home
    from runmood.terms.entries import Entry

LONGEST_M = 1_000_000


def tell_of_run(home: Home, recording: str, distance_m: float | None = None, tags: Sequence[str] | None = None) -> None:
    """Write down how far a recording was and which tags it has, where given; no tags at all take the old ones away."""
    if distance_m is not None and not 0 < distance_m < LONGEST_M:
        raise CannotBeDoneError(f"A run of {distance_m / 1000:g} km cannot be meant.")
    entries: list[Entry] = []
    if distance_m is not None:
        entries.append(Measured(recording, distance_m))
    if tags is not None:
        entries.append(RunTagged(recording, tuple(dict.fromkeys(tag.strip() for tag in tags if tag.strip()))))
    now = dt.datetime.now(home.zone)
    journal.append(home.journal, [Said(now, entry) for entry in entries])
