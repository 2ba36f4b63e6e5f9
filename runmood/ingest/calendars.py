"""A calendar file from beginning to end: read, compared with the journal, and what it changes said there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.home.import_log import ImportKind
from runmood.ingest.entry_imports import import_entries
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.models import Window
from runmood.journal.plans.versions import changes_of
from runmood.journal.resolve import effective_entries, series_verdicts
from runmood.journal.store import read

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from runmood.home.home import Home
    from runmood.journal.plans.versions import CalendarPlan, PlanDiff


def read_calendar_file(home: Home, path: Path, now: dt.datetime) -> tuple[CalendarPlan, PlanDiff]:
    """Take the plans of a file, as one import.

    Args:
        home: whose plans.
        path: the file.
        now: the moment; days that have begun stay as they are.

    Returns:
        What the file plans, and what of it was new.
    """
    told = effective_entries(read(home.journal).records)
    window = Window(now.astimezone(home.zone).date(), home.zone)
    draft = read_plan(path.read_bytes(), path.name, window, Choice(decided=series_verdicts(told)))
    changes = changes_of(draft, told, now, home.zone)
    import_entries(home, ImportKind.PLANS, f"{path}", changes.said(now.astimezone(home.zone)))
    return draft, changes
