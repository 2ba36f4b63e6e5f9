"""Charts in a real browser: the value that is pointed at, by mouse and by keys, and where on the route it lies."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from browser.conftest import DESK
from browser.test_every_page import visit

from runmood.core.i18n import DASH

if TYPE_CHECKING:
    from browser.conftest import Open
    from browser.served import Served


def test_a_value_is_told_where_one_points(browser_page: Open, served_demo: Served) -> None:
    """Over a chart of a run the mouse shows the values there, in every chart, and the place on the route."""
    page = browser_page(DESK)
    visit(page, served_demo, "A RUN")
    page.locator("svg.plotted").nth(1).hover()
    told = page.locator(".linked .told").inner_text()
    assert "km" in told
    assert "bpm" in told
    assert page.locator("svg.plotted .at").count() == page.locator("svg.plotted").count()
    assert float(page.locator(".here").get_attribute("cx") or -1) > 0


def test_keys_go_from_one_value_to_the_next(browser_page: Open, served_demo: Served) -> None:
    """With the keyboard a chart of trends is reached, the arrows tell each week, and Enter opens its month."""
    page = browser_page(DESK)
    page.goto(f"{served_demo.address}/trends?by=week")
    page.locator("svg.plotted").first.focus()
    page.keyboard.press("ArrowRight")
    last = page.locator(".linked .told").inner_text()
    page.keyboard.press("ArrowLeft")
    assert page.locator(".linked .told").inner_text() != last
    page.keyboard.press("Enter")
    page.wait_for_url("**/calendar?month=*")


def test_a_stretch_is_chosen_by_dragging(browser_page: Open, served_demo: Served) -> None:
    """Dragged over one chart, a stretch is shaded in all of them and told by its ends; let go, it is drawn alone."""
    page = browser_page(DESK)
    page.goto(f"{served_demo.address}/trends?by=month")
    weeks = page.evaluate("JSON.parse(document.querySelector('[data-spans]').dataset.spans)")
    box = page.locator("svg.plotted").first.bounding_box()
    assert box
    across = [box["x"] + box["width"] * (column + 0.5) / len(weeks) for column in (2, 5)]
    page.mouse.move(across[0], box["y"] + 40)
    page.mouse.down()
    page.mouse.move(across[1], box["y"] + 50, steps=4)
    assert page.locator("svg.plotted .stretch").count() == page.locator("svg.plotted").count()
    assert f" {DASH} " in page.locator(".linked .told").inner_text()
    page.mouse.up()
    page.wait_for_url(f"**/trends?from={weeks[2][0]}&to={weeks[5][1]}")
    assert page.locator("#from").input_value() <= weeks[2][0]
    assert page.locator("#to").input_value() >= weeks[5][1]


def test_a_stretch_is_chosen_by_keys(browser_page: Open, served_demo: Served) -> None:
    """With Shift the arrows choose a stretch, Escape lets it be, and Enter draws it."""
    page = browser_page(DESK)
    page.goto(f"{served_demo.address}/trends?by=week")
    weeks = page.evaluate("JSON.parse(document.querySelector('[data-spans]').dataset.spans)")
    page.locator("svg.plotted").first.focus()
    page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Escape")
    assert page.locator("svg.plotted .stretch").count() == 0
    page.keyboard.press("End")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/trends?from={weeks[-4][0]}&to={weeks[-1][1]}")


def test_a_stretch_is_chosen_without_scripts(browser_page: Open, served_demo: Served) -> None:
    """On a phone, and wherever no script runs, two days and a button choose it."""
    page = browser_page(java_script_enabled=False)
    page.goto(f"{served_demo.address}/trends?by=week")
    first = (dt.date.fromisoformat(page.locator("#to").input_value()) - dt.timedelta(days=60)).isoformat()
    page.locator("#from").fill(first)
    page.locator("form.span button").click()
    page.wait_for_url(f"**/trends?from={first}&to=*")
    assert page.locator("#from").input_value() <= first
