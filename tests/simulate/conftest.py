from __future__ import annotations

import datetime as dt

import pytest

from runmood.simulate import Invented, invent

LAST_DAY = dt.date(2025, 11, 21)


@pytest.fixture(scope="session")
def year() -> Invented:
    """The runner's year, as the demo has it."""
    return invent(LAST_DAY)


@pytest.fixture(scope="session")
def unmoved() -> Invented:
    """The same runner, with nothing planted on missed days."""
    return invent(LAST_DAY, missed_dip=0)
