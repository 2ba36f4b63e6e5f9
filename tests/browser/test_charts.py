"""Charts in a real browser: the value that is pointed at, by mouse and by keys, and where on the route it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from browser.conftest import DESK
from browser.test_every_page import visit

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
