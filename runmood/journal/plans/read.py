"""A file of plans -> its sessions: a calendar, a sheet, TrainingPeaks' workouts or intervals.icu's events.

    read_plan_file(content, name, window)  -> a PlanFile, or `BadPlanError` that says what is wrong and where

Each reader is loaded only when it is needed: the one of calendars takes 0.1 s.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.i18n import message
from runmood.journal.plans.models import BadPlanError, PlanFile, Window

if TYPE_CHECKING:
    from collections.abc import Callable


if TYPE_CHECKING:
    Reader = Callable[[bytes, str, Window], PlanFile]

MOST_BYTES = 10_000_000


def read_plan_file(content: bytes, name: str, window: Window) -> PlanFile:
    """Return the sessions of a file, by what it begins with; wholly read, or not at all."""
    if len(content) > MOST_BYTES:
        raise BadPlanError(name, message("error.plan.too_large", most=MOST_BYTES // 1_000_000))
    start = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not start:
        raise BadPlanError(name, message("error.plan.empty"))
    return _reader_of(start)(content, name, window)


def _reader_of(start: bytes) -> Reader:
    if start[:15].upper() == b"BEGIN:VCALENDAR":
        from runmood.journal.plans.ics import read_calendar  # noqa: PLC0415

        return read_calendar
    if start[:1] in (b"[", b"{"):
        from runmood.journal.plans.tables import read_events  # noqa: PLC0415

        return read_events
    from runmood.journal.plans.tables import read_sheet  # noqa: PLC0415

    return read_sheet
