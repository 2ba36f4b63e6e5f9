"""Plans: what a calendar, a sheet or the person says of the days to come, and what stood when a day began.

plan_rows(told, zone, until)                 -> rows of PLANS: each day's plan as it stood at local 04:00
coming_plans(told, zone, first, count)       -> the plan of each of the coming days, as it stands
first_open_day(moment, zone)                 -> the first day that can still be planned
read_plan(content, name, window, choice)     -> a Draft of what a file plans, or `BadPlanError` that says what is wrong
changes_of(draft, told, now, zone)           -> Changes: what of it there is to say in the journal

The way of a file: bytes -> sessions (`files/`) -> what they mean (`meaning/`) -> days -> changes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.journal.plans.read import read_plan_file
from runmood.journal.plans.versions import CalendarPlan, draft_of

if TYPE_CHECKING:
    from runmood.journal.plans.classify import Choice
    from runmood.journal.plans.models import Window


def read_plan(content: bytes, name: str, window: Window, choice: Choice) -> CalendarPlan:
    """Return what a file plans, and what was made of its sessions; of a calendar's repetitions those in the window."""
    file = read_plan_file(content, name, window)
    return draft_of(replace(file, calendar=choice.calendar or file.calendar), choice)
