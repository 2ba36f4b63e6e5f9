"""When the last run ended, beside the database: to ask the database takes longer than a check-in."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.kept_records import read_record
from runmood.core.private_files import replace_private

if TYPE_CHECKING:
    from runmood.home.home import Home

FILE = "last-run"  # in the writer's folder


def read_last_run(home: Home) -> dt.datetime | None:
    """Return when the last run ended, as the last import noted it; None where nothing legible is noted."""
    try:
        return read_record(dt.datetime, (home.work / FILE).read_text(encoding="utf-8").strip())
    except (OSError, ValueError):
        return None


def note_last_run(home: Home, ended_at: dt.datetime) -> None:
    """Note when the last run ended, so that the next check-in suggests itself as one after a run."""
    replace_private(home.work / FILE, ended_at.isoformat())
