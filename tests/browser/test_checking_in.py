"""Checking in as a person does: by thumb, by keyboard, and while the computer sleeps."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING

from browser.conftest import DESK, PHONE

if TYPE_CHECKING:
    from browser.conftest import Open
    from browser.served import Served
    from playwright.sync_api import Page


def choose(page: Page, name: str, value: str) -> None:
    """Presses a button of a scale where a thumb would."""
    page.locator(f'label:has(input[name="{name}"][value="{value}"])').click()


def last(served: Served) -> dict[str, object]:
    """Return the journal's last line."""
    said: dict[str, object] = json.loads(served.lines()[-1])
    return said


def test_three_touches_are_a_check_in(browser_page: Open, served_copy: Served) -> None:
    """From the home screen: mood, energy, Save; nothing is preset, and the page says what was written down."""
    page = browser_page(PHONE)
    page.goto(f"{served_copy.address}/check-in")
    assert page.locator('input[name="mood"]:checked, input[name="energy"]:checked').count() == 0
    before = len(served_copy.lines())
    choose(page, "mood", "7")
    choose(page, "energy", "5")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url("**/saved")
    assert "Saved." in page.locator("h1").inner_text()
    assert len(served_copy.lines()) == before + 1
    assert (last(served_copy)["mood"], last(served_copy)["energy"]) == (7, 5)


def test_only_what_belongs_to_the_moment_is_asked(browser_page: Open, served_copy: Served) -> None:
    """In the evening stress and what helped are asked, after a run its effort and pain, in the morning sleep."""
    page = browser_page(PHONE)
    page.goto(f"{served_copy.address}/check-in?kind=evening")
    page.get_by_text("Add more, if you like").click()
    asked = {}
    for kind in ("evening", "after-run", "morning"):
        choose(page, "kind", kind)
        asked[kind] = {each.get_attribute("id") for each in page.locator("fieldset:visible").all()}
    assert {"stress", "helped", "skip_reason"} <= asked["evening"]
    assert {"effort", "pain"} <= asked["after-run"]
    assert "sleep" in asked["morning"]
    assert not asked["morning"] & {"stress", "helped", "effort", "pain", "skip_reason"}


def test_a_check_in_with_the_keyboard_alone(browser_page: Open, served_copy: Served) -> None:
    """Tab, arrows, blank and Enter are enough, the place is always seen, and the way past the tabs comes first."""
    page = browser_page(DESK)
    page.goto(f"{served_copy.address}/check-in")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    stops = []
    while "energy" not in stops:
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.name"))
        if stops[-1] in ("mood", "energy"):
            page.keyboard.press("Space")
            for _ in range(3):
                page.keyboard.press("ArrowRight")
            assert page.evaluate("getComputedStyle(document.activeElement.nextElementSibling).outlineStyle") == "solid"
    assert stops == ["kind", "mood", "energy"]
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/saved")
    assert (last(served_copy)["mood"], last(served_copy)["energy"]) == (3, 3)


def test_what_is_missing_is_asked_for_without_scripts_too(browser_page: Open, served_copy: Served) -> None:
    """Without scripts a check-in is saved as well; one that is off the scale comes back with what was typed."""
    page = browser_page(PHONE, java_script_enabled=False)
    page.goto(f"{served_copy.address}/check-in")
    choose(page, "mood", "4")
    choose(page, "energy", "6")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url("**/saved")
    page.get_by_role("link", name="Change").click()
    assert page.locator('input[name="mood"]:checked').get_attribute("value") == "4"


def test_a_word_can_be_taken_back(browser_page: Open, served_copy: Served) -> None:
    """Saved, changed, taken back, brought back: each in sight of the one before."""
    page = browser_page(PHONE)
    page.goto(f"{served_copy.address}/check-in")
    choose(page, "mood", "2")
    choose(page, "energy", "2")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_role("link", name="Change").click()
    choose(page, "mood", "3")
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url("**/saved")
    assert "edited" in page.locator("main").inner_text()
    page.get_by_role("link", name="Change").click()
    page.get_by_role("button", name="Delete this check-in").click()
    page.get_by_role("button", name="Restore it").click()
    page.wait_for_url(f"{served_copy.address}/")
    assert "edited" in page.locator("main").inner_text()


def test_heavy_words_bring_a_calm_panel(browser_page: Open, served_copy: Served) -> None:
    """After words of distress: an acknowledgement, the way to who listens, and one tap to close it."""
    page = browser_page(PHONE)
    page.goto(f"{served_copy.address}/check-in")
    choose(page, "mood", "1")
    choose(page, "energy", "1")
    page.get_by_text("Add more, if you like").click()
    page.get_by_label("A note, for yourself").fill("I do not want to live like this, I want to die")
    page.get_by_role("button", name="Save").last.click()
    panel = page.get_by_role("region", name="That sounds heavy")
    panel.wait_for()
    panel.get_by_role("link", name="Who is there to listen").click()
    assert page.get_by_role("link", name="call").first.is_visible()
    page.go_back()
    page.get_by_role("link", name="Close").click()
    page.wait_for_url(f"{served_copy.address}/")


def test_a_check_in_waits_while_the_computer_sleeps(browser_page: Open, served_copy: Served) -> None:
    """Written while nobody answers it waits in the browser; once the computer is back it is sent, once, as of then."""
    page = browser_page(PHONE)
    page.goto(f"{served_copy.address}/check-in")
    before = len(served_copy.lines())
    served_copy.stop()
    written = dt.datetime.now(dt.UTC)
    choose(page, "mood", "8")
    choose(page, "energy", "4")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("Saved in this browser.").wait_for()
    assert len(served_copy.lines()) == before
    served_copy.start()
    page.goto(f"{served_copy.address}/check-in")
    page.get_by_text("is in your journal now").wait_for()
    page.reload()
    assert len(served_copy.lines()) == before + 1
    at = dt.datetime.fromisoformat(str(last(served_copy)["at"]))
    assert (last(served_copy)["mood"], last(served_copy)["said_at"]) == (8, last(served_copy)["at"])
    assert abs((at - written).total_seconds()) < 10
    assert page.evaluate("localStorage.getItem('runmood-waits')") == "[]"


def test_sent_twice_it_is_stored_once(browser_page: Open, served_copy: Served) -> None:
    """Where the answer was lost on its way, the browser sends again, and the journal knows the entry."""
    page = browser_page(PHONE)
    page.goto(f"{served_copy.address}/check-in")
    before = len(served_copy.lines())
    page.route(
        "**/check-in",
        lambda route: (
            (route.fetch(max_redirects=0), route.abort()) if route.request.method == "POST" else route.continue_()
        ),
    )  # stored, and the answer lost
    choose(page, "mood", "6")
    choose(page, "energy", "6")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("Saved in this browser.").wait_for()
    assert len(served_copy.lines()) == before + 1
    page.unroute("**/check-in")
    page.goto(f"{served_copy.address}/check-in")
    page.get_by_text("is in your journal now").wait_for()
    assert len(served_copy.lines()) == before + 1


def test_the_form_opens_while_the_computer_sleeps(browser_page: Open, served_copy: Served) -> None:
    """Once visited, the check-in opens from the home screen though nobody answers, and can be written."""
    page = browser_page(PHONE)
    page.goto(f"{served_copy.address}/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    served_copy.stop()
    page.goto(f"{served_copy.address}/check-in")
    assert "isn't answering" in page.locator("main").inner_text()
    choose(page, "kind", "evening")
    choose(page, "mood", "5")
    choose(page, "energy", "5")
    page.get_by_role("button", name="Save").first.click()
    page.get_by_text("Saved in this browser.").wait_for()
    before = len(served_copy.lines())
    served_copy.start()
    page.goto(f"{served_copy.address}/")
    page.get_by_text("is in your journal now").wait_for()
    assert len(served_copy.lines()) == before + 1


def test_it_can_stand_on_a_home_screen(browser_page: Open, served_copy: Served) -> None:
    """The manifest names the check-in as its start, and its icons are there."""
    page = browser_page(PHONE)
    page.goto(served_copy.address)
    manifest = page.request.get(f"{served_copy.address}/manifest.webmanifest").json()
    assert (manifest["start_url"], manifest["display"]) == ("/check-in", "standalone")
    for icon in manifest["icons"]:
        assert page.request.get(served_copy.address + icon["src"]).headers["content-type"] == "image/png"
