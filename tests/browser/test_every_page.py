"""Every page of the invented runner's home: seen, heard, small and large, light and dark, with and without scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from browser.conftest import DESK, PHONE
from browser.served import Served

if TYPE_CHECKING:
    from pathlib import Path

    from browser.conftest import Open
    from playwright.sync_api import Page


PAGES = [
    "/", "/check-in", "/check-in?kind=after-run", "/calendar", "/trends", "/runs", "A RUN", "/findings", "A FINDING",
    "/plan", "/goals", "/share", "/import", "/settings", "/more", "/support", "/doubtful", "/saved", "/offline",
    "/nowhere",
]  # fmt: skip
COLOURED = ["/", "/calendar", "/trends", "A RUN", "A FINDING", "/plan"]
GRAVE = {"serious", "critical"}
SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => { for (const each of list.getEntries()) sum += each.value; })
    .observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(sum), 50);
})"""


def visit(page: Page, shown: Served, path: str) -> None:
    """Open an address, or the first run or finding that its list leads to."""
    lists = {"A RUN": ("/runs", r"/runs/[\d-]+"), "A FINDING": ("/findings", r"/findings/[a-z0-9-]+")}
    if path in lists:
        found = page.request.get(shown.address + lists[path][0]).text()
        path = re.findall(lists[path][1], found)[0]
    page.goto(shown.address + path)


@pytest.mark.parametrize(
    ("size", "theme", "paths"), [(PHONE, "dark", PAGES), (DESK, "light", COLOURED)], ids=["phone dark", "desk light"]
)
def test_nothing_grave_is_found(
    browser_page: Open, served_demo: Served, size: dict[str, int], theme: str, paths: list[str]
) -> None:
    """axe-core finds no serious or critical fault: on a phone in the dark, and where colours matter in the light."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser_page(size, theme)
    found: dict[str, list[str]] = {}
    for path in paths:
        visit(page, served_demo, path)
        page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        faults = axe.run(page, options={"resultTypes": ["violations"]}).response["violations"]
        found[path] = [f"{each['id']}: {each['nodes'][0]['html']}" for each in faults if each["impact"] in GRAVE]
    assert {path: faults for path, faults in found.items() if faults} == {}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_every_page_fits_and_stands_still(browser_page: Open, demo_home: Path, size: dict[str, int]) -> None:
    """No page is wider than the window, nothing shifts while it comes bit by bit, and the console stays empty."""
    page = browser_page(size)
    said: list[str] = []
    page.on("console", lambda message: said.append(f"{page.url}: {message.text}"))
    with Served(demo_home, in_bits=True) as shown:
        for path in PAGES:
            visit(page, shown, path)
            assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
            assert page.evaluate(SHIFTS) == 0, path
    assert [line for line in said if "/nowhere" not in line] == []


def test_every_page_can_be_read_without_scripts(browser_page: Open, served_demo: Served) -> None:
    """With scripts switched off each page has its heading and its words, and a check-in can be typed."""
    page = browser_page(PHONE, java_script_enabled=False)
    for path in PAGES:
        visit(page, served_demo, path)
        assert page.locator("h1").inner_text(), path
        assert len(page.locator("main").inner_text()) > 40, path


def test_dark_is_dark(browser_page: Open, served_demo: Served) -> None:
    """The page follows the theme of the machine."""
    grounds = {}
    for theme in ("light", "dark"):
        page = browser_page(PHONE, theme)
        page.goto(served_demo.address)
        grounds[theme] = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert grounds == {"light": "rgb(251, 247, 240)", "dark": "rgb(26, 25, 23)"}


def test_what_a_thumb_meets_is_large_enough(browser_page: Open, served_demo: Served) -> None:
    """On a phone each choice is at least 44 points high and 28 wide (WCAG 2.2 asks 24), and Save is in sight."""
    page = browser_page(PHONE)
    page.goto(f"{served_demo.address}/check-in")
    faces = page.locator(".face:visible, button:visible, .tabs a").all()
    boxes = [box for face in faces if (box := face.bounding_box())]
    assert len(boxes) > 25
    assert min(box["height"] for box in boxes) >= 44
    assert min(box["width"] for box in boxes) >= 28
    row = [face.bounding_box() for face in page.locator("#mood .step .face").all()]
    assert len({box["y"] for box in row if box}) == 1
    assert page.get_by_role("button", name="Save").first.is_visible()


def test_a_finding_can_be_read(browser_page: Open, served_demo: Served) -> None:
    """From the list to one finding: what was seen with counts, how sure, other explanations, and the days as dots."""
    page = browser_page(DESK)
    page.goto(served_demo.address)
    page.get_by_role("link", name="Findings").click()
    page.locator(".findings a").first.click()
    for heading in ("What we saw", "How sure", "Other explanations"):
        assert page.get_by_role("heading", name=heading).is_visible()
    assert re.search(r"\d+ days", page.locator("main").inner_text())
    assert page.locator("svg.chart .dot").count() > 20
    page.locator("summary", has_text="The evenings as a table").click()
    assert page.locator("table tbody tr").first.is_visible()


def test_a_run_is_drawn(browser_page: Open, served_demo: Served) -> None:
    """A run shows its way, which can be shown without its ends, and its course as lines."""
    page = browser_page(DESK)
    visit(page, served_demo, "A RUN")
    assert page.locator(".track").count() > 0
    assert page.locator(".course").count() >= 3
    page.get_by_role("link", name="Leave out start and end").click()
    assert page.locator(".start").count() == 0


def test_months_can_be_leafed_through(browser_page: Open, served_demo: Served) -> None:
    """From this month to the one before, into a day, and to the day before that."""
    page = browser_page(PHONE)
    page.goto(f"{served_demo.address}/calendar")
    this = page.locator("h1").inner_text()
    page.locator(".pager a").first.click()
    page.wait_for_url("**/calendar?month=*")
    assert page.locator("h1").inner_text() != this
    page.locator("a.cell").first.click()
    page.wait_for_url("**/day/*")
    assert page.get_by_role("heading", name="Planned").is_visible()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_a_scale_is_as_wide_as_its_card(browser_page: Open, served_demo: Served, size: dict[str, int]) -> None:
    """The eleven steps fill the card below their question, one row, inside its edges."""
    page = browser_page(size)
    page.goto(f"{served_demo.address}/check-in")
    card, steps = page.locator("#mood").bounding_box(), page.locator("#mood .steps").bounding_box()
    assert card
    assert steps
    assert card["x"] < steps["x"]
    assert steps["x"] + steps["width"] < card["x"] + card["width"]
    assert steps["width"] > 0.85 * card["width"]


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1440"])
def test_the_form_of_a_planned_day_is_as_wide_as_its_row(
    browser_page: Open, served_demo: Served, size: dict[str, int]
) -> None:
    """Opened, the form that changes a day's plan takes the whole width of the list."""
    page = browser_page(size)
    visit(page, served_demo, "/plan")
    page.locator(".change summary").first.click()
    form, row = page.locator(".change form").first.bounding_box(), page.locator(".plan").bounding_box()
    assert form is not None
    assert row is not None
    assert form["width"] == pytest.approx(row["width"], abs=2)
