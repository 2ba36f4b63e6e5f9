"""What tests of several rooms need."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browsing import browsing, needs_chromium
from pipelines_homes import LAST_DAY, made

from runmood.cli.demo import make_home

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from runmood.home.home import Home


SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parent.parent.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real watch files and data sets; tests that need it are skipped where it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip(f"real watch files are not here: there is no {SHARED / 'corpus'}")
    return SHARED


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The invented runner's home, made once; tests read it and leave it as it is."""
    return made(make_home(tmp_path_factory.mktemp("demo") / "home", LAST_DAY))


# Playwright keeps an event loop running in this thread: it ends with the module, or no later test could start one.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A real browser; tests that need it are skipped where there is none."""
    needs_chromium()
    with browsing() as browser:
        yield browser
