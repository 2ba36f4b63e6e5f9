"""The home on which the pages of docs/ are tried."""

import pytest
from pipelines_homes import LAST_DAY, made

from pipelines.demo import make_home
from pipelines.home import Home


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The invented runner's home, made; tests read it and leave it as it is."""
    return made(make_home(tmp_path_factory.mktemp("demo") / "home", LAST_DAY))
