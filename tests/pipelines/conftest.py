"""Homes to look at: the invented runner's, and one with nothing in it."""

from pathlib import Path

import pytest
from pipelines_homes import LAST_DAY, made

from pipelines.demo import make_home
from pipelines.home import Home, open_home


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The invented runner's home, made; tests read it and leave it as it is."""
    return made(make_home(tmp_path_factory.mktemp("demo") / "home", LAST_DAY))


@pytest.fixture
def empty(tmp_path: Path) -> Home:
    """A home that has just been opened."""
    return open_home(tmp_path / "home")
