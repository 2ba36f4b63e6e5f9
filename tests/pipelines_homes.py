"""How a home is made in tests: all steps, one after the other, without Prefect."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.ingest.batch import read_inbox
from runmood.workflow import steps

if TYPE_CHECKING:
    from runmood.home.home import Home

LAST_DAY = dt.date(2025, 11, 21)


def made(home: Home) -> Home:
    """The home with everything in its inbox read and everything made, without Prefect."""
    with home.writing():
        read_inbox(home, "inbox", lambda _files, _seconds: None)
        steps.run_pipeline(home, LAST_DAY)
    return home
