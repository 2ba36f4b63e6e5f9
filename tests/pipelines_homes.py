"""How a home is made in tests: all steps, one after the other, without Prefect."""

import datetime as dt

from pipelines import steps
from pipelines.home import Home

LAST_DAY = dt.date(2025, 11, 21)


def made(home: Home) -> Home:
    """The home with everything in its inbox read and everything made, without Prefect."""
    with home.writing():
        steps.read_inbox(home, "inbox", lambda _files, _seconds: None)
        steps.make_everything(home, LAST_DAY)
    return home
