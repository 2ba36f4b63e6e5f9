"""What a person tells of a day's running without a file: a run without a watch, or that there was none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.models import LONGEST_RUN_M, ReportedDay, ReportedRun
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from runmood.journal.codec import JournalRecord


LONGEST_S = 48 * 3600
FASTEST_M_S = 8.0  # of any run of a minute and more


def is_likely(run: ReportedRun) -> bool:
    """Return whether what is told of a run can be meant: amounts above nothing, and no pace beyond any runner's."""
    far, long = run.distance_m, run.moving_s
    if (far is not None and not 0 < far < LONGEST_RUN_M) or (long is not None and not 0 < long <= LONGEST_S):
        return False
    return far is None or long is None or far / long <= FASTEST_M_S


def reports_of(records: Iterable[JournalRecord], day: dt.date) -> tuple[JournalRecord, ...]:
    """Return what stands of all that was told of a day's running without a file, in the order of telling."""
    entries = effective_entries(records)
    return tuple(
        each for each in entries if isinstance(each.entry, ReportedRun | ReportedDay) and each.entry.date == day
    )
