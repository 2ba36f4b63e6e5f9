"""Every task by keyboard alone, from the page where it begins: Tab, arrows, digits, blank and Enter, no mouse."""

from __future__ import annotations

import datetime as dt
import shutil
from typing import TYPE_CHECKING

import pytest
from browser.conftest import DESK
from browser.served import Served
from web.homes import home_of
from web.test_decisions import track

from runmood.core.checkins import CheckIn, EntryEdited
from runmood.core.entries import Habit, PlannedDay, ReportedRun, RunJudged
from runmood.core.i18n import translator
from runmood.home.home import open_home
from runmood.ingest.importer import open_importer
from runmood.journal.store import read
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from browser.conftest import Open
    from playwright.sync_api import Page

    from runmood.core.entries import Entry

SAY = translator("en", "metric")
MOST_STOPS = 200
ACTIVE = """() => {
  const e = document.activeElement;
  const of = e.labels && e.labels.length ? e.labels[0].textContent : e.getAttribute("aria-label") || e.textContent;
  const face = e.nextElementSibling && e.nextElementSibling.matches(".face") ? e.nextElementSibling : e;
  const style = getComputedStyle(face);
  return [e.name || e.id || "", of.trim().replace(/\\s+/g, " "), style.outlineStyle];
}"""


def tab_to(page: Page, *, name: str = "", words: str = "") -> None:
    """Press Tab until the focus is on the control of that name, or with these words; each stop must be seen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        is_named, reads, outline = page.evaluate(ACTIVE)
        assert outline != "none", (is_named, reads)
        if (name and is_named == name) or (words and reads.startswith(words)):
            return
    raise AssertionError(f"Tab never comes to {name or words} on {page.url}")


def press(page: Page, words: str) -> None:
    """Go to what has these words and press Enter."""
    tab_to(page, words=words)
    page.keyboard.press("Enter")


@pytest.fixture(scope="module")
def undecided_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with runs, check-ins and a file that waits for the person's word, up to today."""
    today = dt.datetime.now(dt.UTC).date()
    home = home_of(tmp_path_factory.mktemp("keys") / "home", 2, 14)
    day = dt.datetime.combine(today - dt.timedelta(20), dt.time(9), dt.UTC)
    (home.inbox / "slow.gpx").write_bytes(track(day, "", 1.8))
    with home.writing():
        with open_importer(home) as importer:
            importer.read_inbox()
        steps.run_pipeline(home, home.today())
    return home.root


@pytest.fixture
def served(undecided_home: Path, tmp_path: Path) -> Iterator[Served]:
    """Serve a copy of it."""
    with Served(shutil.copytree(undecided_home, tmp_path / "home")) as each:
        yield each


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(browser_page: Open, request: pytest.FixtureRequest) -> Page:
    """A page on a desk, with scripts and without."""
    opened: Page = browser_page(DESK, java_script_enabled=request.param)
    return opened


def last(served: Served) -> Entry:
    """Return the journal's last entry, as it stands now."""
    return read(open_home(served.root).journal).records[-1].entry


def answered(served: Served) -> tuple[float | None, float | None]:
    """Return mood and energy of the check-in that was saved last."""
    entry = last(served)
    check_in = entry.check_in if isinstance(entry, EntryEdited) else entry
    assert isinstance(check_in, CheckIn)
    return check_in.mood, check_in.energy


def check_in(page: Page, mood: int, energy: int) -> None:
    """Check in from Today with arrows: each press goes on by one, from 0, which is not chosen yet."""
    press(page, SAY("day.check_in"))
    page.wait_for_url("**/check-in*")
    for name, value in (("mood", mood), ("energy", energy)):
        tab_to(page, name=name)
        for _ in range(value):
            page.keyboard.press("ArrowRight")
    press(page, SAY("check_in.save"))
    page.wait_for_url("**/saved")


def test_check_in_and_change_it(page: Page, served: Served) -> None:
    """From Today to what is saved, and back into it to change the mood."""
    page.goto(served.address)
    check_in(page, 7, 4)
    assert answered(served) == (7, 4)
    press(page, SAY("saved.change"))
    page.wait_for_url("**/check-in/*")
    tab_to(page, name="mood")
    page.keyboard.press("ArrowLeft")
    press(page, SAY("check_in.save"))
    page.wait_for_url("**/saved")
    assert answered(served) == (6, 4)


@pytest.mark.parametrize(("typed", "mood"), [("7", 7), ("10", 10), ("1", 1), ("0", 0), ("36", 6)])
def test_a_number_is_typed(browser_page: Open, served: Served, typed: str, mood: int) -> None:
    """A digit chooses its number, as on the terminal, and Enter saves from the last scale; 10 is 10 and not 1 or 0."""
    page = browser_page(DESK)
    page.goto(f"{served.address}/check-in")
    tab_to(page, name="mood")
    page.keyboard.type(typed)
    tab_to(page, name="energy")
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved")
    assert answered(served) == (mood, 5)


def test_an_answer_that_lacks_stays_named(page: Page, served: Served) -> None:
    """Saved with a mood alone nothing is stored, and the page goes on saying so beside the question that lacks."""
    before = len(served.lines())
    page.goto(f"{served.address}/check-in")
    missing = page.locator("#energy .unanswered")
    assert not missing.is_visible()
    tab_to(page, name="mood")
    page.keyboard.press("Space")
    press(page, SAY("check_in.save"))
    missing.wait_for()
    assert not page.locator("#mood .unanswered").is_visible()
    assert len(served.lines()) == before


def test_plan_a_week_and_a_day(page: Page, served: Served) -> None:
    """A weekday is marked with a blank and the week saved; a day's plan is opened, its distance typed and chosen."""
    page.goto(f"{served.address}/plan")
    tab_to(page, name="weekday")
    page.keyboard.press("Space")
    with page.expect_navigation():
        press(page, SAY("plan.save_habit"))
    assert isinstance(last(served), Habit)
    press(page, f"{SAY('plan.change')}: ")
    tab_to(page, words=SAY("plan.distance", unit="km"))
    page.keyboard.type("8")
    press(page, SAY("plan.run"))
    page.get_by_text("8 km").first.wait_for()
    planned = last(served)
    assert isinstance(planned, PlannedDay)
    assert (planned.planned, planned.distance_m) == ("run", 8000)


def test_tell_of_a_run(page: Page, served: Served) -> None:
    """A run without a watch is told from Today."""
    page.goto(served.address)
    press(page, SAY("day.ran_title"))
    tab_to(page, name="minutes")
    page.keyboard.type("40")
    with page.expect_navigation():
        press(page, SAY("day.ran_save"))
    ran = last(served)
    assert isinstance(ran, ReportedRun)
    assert ran.moving_s == 40 * 60


def test_decide(page: Page, served: Served) -> None:
    """A file that waits is said to be no run."""
    page.goto(f"{served.address}/doubtful")
    with page.expect_navigation():
        press(page, SAY("doubtful.is_no_run"))
    judged = last(served)
    assert isinstance(judged, RunJudged)
    assert judged.verdict == "not-a-run"


def test_share(page: Page, served: Served) -> None:
    """A page is chosen, seen and written."""
    page.goto(f"{served.address}/share")
    tab_to(page, name="question")
    page.keyboard.type("how the weeks went")
    tab_to(page, name="include")
    page.keyboard.press("Space")
    press(page, SAY("share_page.see"))
    page.get_by_role("heading", name=SAY("share_page.preview")).wait_for()
    press(page, SAY("share_page.write"))
    page.get_by_role("heading", name=SAY("share_page.written")).wait_for()


def test_change_a_setting(page: Page, served: Served) -> None:
    """A name is typed and saved."""
    page.goto(f"{served.address}/settings")
    tab_to(page, name="name")
    page.keyboard.type("Ana")
    with page.expect_navigation():
        press(page, SAY("settings.save"))
    assert 'name = "Ana"' in (served.root / "settings.toml").read_text(encoding="utf-8")
