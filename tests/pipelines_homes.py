"""How a home is made in tests, and its inbox read, without Prefect."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.ingest.importer import Batch, open_importer
from runmood.workflow import steps

if TYPE_CHECKING:
    from runmood.core.recordings import FoundFile
    from runmood.home.home import Home

LAST_DAY = dt.date(2025, 11, 21)


def made(home: Home) -> Home:
    """The home with everything in its inbox read and everything made, without Prefect."""
    with home.writing():
        read_inbox(home)
        steps.run_pipeline(home, LAST_DAY)
    return home


def read_inbox(home: Home) -> Batch:
    """Read what is new in the inbox."""
    with open_importer(home) as importer:
        return importer.read_inbox()


def new_files(home: Home) -> list[list[FoundFile]]:
    """Return what is new in the inbox, by chunks."""
    with open_importer(home) as importer:
        return list(importer.new_files())
