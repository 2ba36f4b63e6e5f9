"""Files dropped on the page, and pairing a phone."""

from __future__ import annotations

import base64
import datetime as dt
import json
from typing import TYPE_CHECKING

import pytest
from browser.conftest import DESK, PHONE
from browser.served import Served
from web.homes import gpx

from runmood.core.errors import UserError
from runmood.home.home import open_home
from runmood.web.server import network_address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser.conftest import Open


DROP = """([name, content]) => {
  const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name));
  document.body.dispatchEvent(new DragEvent("drop", {bubbles: true, cancelable: true, dataTransfer: carried}));
}"""
SETTINGS = 'time_zone = "Europe/London"\n'
BEGAN = dt.datetime(2024, 3, 2, 8, tzinfo=dt.UTC)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Served]:
    """Serve an empty home."""
    with Served(open_at(tmp_path / "home")) as served:
        yield served


def open_at(root: Path) -> Path:
    """Create an empty home."""
    root.mkdir()
    (root / "settings.toml").write_text(SETTINGS, encoding="utf-8")
    return open_home(root).root


def test_a_file_dropped_on_the_page_becomes_a_run(browser_page: Open, bare: Served) -> None:
    """Dropped, it is taken in without another touch; the page tells how far it is and what it came to."""
    page = browser_page(DESK)
    page.goto(f"{bare.address}/import")
    page.evaluate(DROP, ["dropped.gpx", base64.b64encode(gpx(BEGAN)).decode()])
    page.get_by_text("1 new file: 1 run.").wait_for(timeout=60_000)
    page.goto(f"{bare.address}/runs/20240302-080000")
    assert "2 March 2024" in page.locator("h1").inner_text()


def test_files_are_chosen_without_scripts(browser_page: Open, bare: Served) -> None:
    """Without scripts files are chosen and sent, several at once, and the page loads itself anew until they are in."""
    page = browser_page(PHONE, java_script_enabled=False)
    page.goto(f"{bare.address}/import")
    sent = [("a.gpx", gpx(BEGAN)), ("b.fit", b"no watch file")]
    page.get_by_label("Drop files here, or choose them").set_input_files(
        [{"name": name, "mimeType": "application/octet-stream", "buffer": content} for name, content in sent]
    )
    page.get_by_role("button", name="Import").click()
    page.get_by_text("1 we can't read").first.wait_for(timeout=60_000)
    assert "b.fit" in page.locator("main").inner_text()


def test_a_phone_is_let_in(browser_page: Open, tmp_path: Path) -> None:
    """A phone opens what the code says, is asked, let in, checks in, and sees no run; another one is refused."""
    try:
        network = network_address()
    except UserError:
        pytest.skip("this machine is in no network")
    with Served(open_at(tmp_path / "home"), network) as served:
        phone = browser_page(PHONE, has_touch=True, is_mobile=True)
        address = served.access.pairing_address()
        phone.goto(address)
        phone.get_by_role("button", name="Pair it").tap()
        phone.wait_for_url("**/check-in")
        for name, value in (("mood", "7"), ("energy", "6")):
            phone.locator(f'label:has(input[name="{name}"][value="{value}"])').tap()
        phone.get_by_role("button", name="Save").first.tap()
        phone.wait_for_url("**/saved")
        assert json.loads(served.lines()[-1])["mood"] == 7
        assert [tab.inner_text() for tab in phone.locator(".tabs a").all()] == ["Today", "Check in", "Help lines"]
        phone.goto(address.partition("/pair")[0] + "/runs")
        assert "on your computer" in phone.locator("main").inner_text()
        other = browser_page(PHONE)
        other.goto(address)
        other.get_by_role("button", name="Pair it").click()
        other.get_by_text("This code is used up").wait_for()
