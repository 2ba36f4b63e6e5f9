from __future__ import annotations

import datetime as dt

import pytest

from runmood.simulate import Simulation, simulate

LAST_DAY = dt.date(2025, 11, 21)


@pytest.fixture(scope="session")
def simulated_year() -> Simulation:
    """The runner's year, as the demo has it."""
    return simulate(LAST_DAY)


@pytest.fixture(scope="session")
def null_simulation() -> Simulation:
    """The same runner, with nothing planted on missed days."""
    return simulate(LAST_DAY, missed_dip=0)
