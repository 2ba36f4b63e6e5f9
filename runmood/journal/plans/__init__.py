"""Plans: what a calendar, a sheet or the person says of the days to come, and what stood when a day began.

plan_rows(told, zone, until)                 -> rows of PLANS: each day's plan as it stood at local 04:00
coming_plans(told, zone, first, count)       -> the plan of each of the coming days, as it stands
first_plannable_day(moment, zone)            -> the first day that can still be planned
read_plan(content, name, window, choice)     -> a CalendarPlan of what a file plans, or `BadPlanError` that says why not
changes_of(draft, told, now, zone)           -> a PlanDiff: what of it there is to say in the journal

The way of a file: bytes -> sessions (`ics`, `tables`) -> what they mean (`classify`) -> days and changes (`versions`).
Each reader is loaded only when it is needed: the one of calendars takes 0.1 s.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.i18n import message
from runmood.core.text_encoding import as_utf8
from runmood.journal.plans.models import BadPlanError, PlanFile, Window
from runmood.journal.plans.versions import CalendarPlan, draft_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.journal.plans.classify import Choice

    Reader = Callable[[bytes, str, Window], PlanFile]

MOST_BYTES = 10_000_000


def read_plan(content: bytes, name: str, window: Window, choice: Choice) -> CalendarPlan:
    """Return what a file plans, and what was made of its sessions; of a calendar's repetitions those in the window."""
    file = read_plan_file(content, name, window)
    return draft_of(replace(file, calendar=choice.calendar or file.calendar), choice)


def read_plan_file(content: bytes, name: str, window: Window) -> PlanFile:
    """Return the sessions of a file, by what it begins with; wholly read, or not at all."""
    if len(content) > MOST_BYTES:
        raise BadPlanError(name, message("error.plan.too_large", most=MOST_BYTES // 1_000_000))
    content = as_utf8(content)
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
