"""Debian's Chromium, started without anything that asks the network."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ALONE = [
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-default-apps", "--no-first-run", "--disable-domain-reliability",
]  # fmt: skip


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser while the block lasts."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the rest of the suite runs without it

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        yield browser
        browser.close()


def needs_chromium() -> None:
    """Skip, and say why, where no browser can be started."""
    pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: pip install -e '.[dev]'")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here: apt-get install chromium")
