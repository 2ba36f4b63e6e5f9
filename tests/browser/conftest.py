"""Pages in a real browser: Debian's Chromium, on a home that is made once. Nothing but this machine is ever asked."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from browser.served import Served
from browsing import needs_chromium

from runmood.cli.imports import make_home
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


if TYPE_CHECKING:
    Open = Callable[..., Page]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the demo's home up to today; tests that write take a copy."""
    needs_chromium()
    home = make_home(tmp_path_factory.mktemp("demo") / "home", dt.datetime.now(dt.UTC).date())
    with home.writing():
        steps.run_pipeline(home, home.today())
    return home.root


@pytest.fixture(scope="session")
def served_demo(demo_home: Path) -> Iterator[Served]:
    """Serve the demo, to be read."""
    with Served(demo_home) as served:
        yield served


@pytest.fixture
def served_copy(demo_home: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve a copy of the demo, to be written to."""
    shutil.copytree(demo_home, tmp_path / "home")
    with Served(tmp_path / "home") as served:
        yield served


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[Open]:
    """Open a page of a size and theme; at the end, no request may have gone to any machine but this one."""
    asked: list[str] = []
    contexts = []

    def page(size: dict[str, int] = PHONE, theme: str = "light", **options: object) -> Page:
        context = chromium.new_context(viewport=size, color_scheme=theme, **options)
        context.set_default_timeout(10_000)
        context.on("request", lambda request: asked.append(request.url))
        contexts.append(context)
        return context.new_page()

    yield page
    for context in contexts:
        context.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert hosts <= Served.ours()
