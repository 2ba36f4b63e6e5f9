"""Checking in: what reaches the journal, what is asked again, and what the form looks like."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import stat
from typing import TYPE_CHECKING

import pytest

from runmood.journal import read
from runmood.terms.choices import CHECK_IN_KINDS
from runmood.terms.records import CheckIn
from runmood.web.items import KINDS, SKIP_REASONS

if TYPE_CHECKING:
    from web.desk import Desk

EVERYTHING = {
    "stress": "0",
    "tiredness": "4",
    "soreness": "2",
    "sleep": "10",
    "effort": "6",
    "tags": ["long", "mindful"],
    "skip_reason": "no time",
    "note": "  Canal path.\r\nMist, then sun.  ",
}


def checked(page: str, name: str) -> list[str]:
    """The values of a name's buttons that stand pressed."""
    return re.findall(rf'name="{name}" value="([^"]*)" checked', page)


def test_two_answers_are_enough(desk: Desk) -> None:
    """Mood and energy alone make one journal line, which holds nothing that was not said."""
    assert desk.send().status_code == 303
    (line,) = desk.lines()
    said = json.loads(line)
    said.pop("id")
    assert said == {
        "entry": "check-in",
        "said_at": "2026-11-21T21:04:05+00:00",
        "at": "2026-11-21T21:04:05+00:00",
        "kind": "evening",
        "mood": 7.0,
        "energy": 5.0,
        "source": "web",
    }


def test_everything_said_is_read_back(desk: Desk) -> None:
    """Each item, tag, reason and note comes back from the journal as it was said, zero included."""
    desk.send(**EVERYTHING)
    (told,) = read(desk.journal).told
    assert told.entry == CheckIn(
        at=desk.clock.replace(microsecond=0),
        kind="evening",
        mood=7,
        energy=5,
        stress=0,
        tiredness=4,
        soreness=2,
        sleep=10,
        effort=6,
        tags=("mindful", "long"),
        skip_reason="no time",
        note="Canal path.\nMist, then sun.",
        source="web",
    )


@pytest.mark.parametrize("kind", CHECK_IN_KINDS)
def test_every_kind_can_be_said(desk: Desk, kind: str) -> None:
    """The form offers the journal's kinds of check-in, and each is stored."""
    assert set(KINDS) == set(CHECK_IN_KINDS)
    desk.send(kind=kind)
    assert json.loads(desk.lines()[0])["kind"] == kind


def test_the_journal_is_private(desk: Desk) -> None:
    """Only the person may read the journal and its folder."""
    desk.send()
    assert stat.S_IMODE((desk.journal / "journal.jsonl").stat().st_mode) == 0o600
    assert stat.S_IMODE(desk.journal.stat().st_mode) == 0o700


def test_a_button_pressed_twice_says_one_thing(desk: Desk) -> None:
    """The same form sent again within ten seconds is one line; another answer, or the same one later, is its own."""
    desk.send()
    desk.clock += dt.timedelta(seconds=2)
    assert desk.send().status_code == 303
    assert len(desk.lines()) == 1
    desk.send(mood="6")
    assert len(desk.lines()) == 2
    desk.clock += dt.timedelta(seconds=11)
    desk.send(mood="6")
    assert len(desk.lines()) == 3


@pytest.mark.parametrize(("hour", "kind"), [(0, "evening"), (3, "evening"), (4, "morning"), (12, "evening")])
def test_the_clock_suggests_the_kind(desk: Desk, hour: int, kind: str) -> None:
    """From 04:00 to noon the form suggests the morning, else the evening."""
    desk.clock = desk.clock.replace(hour=hour)
    assert checked(desk.browser.get("/").text, "kind") == [kind]


def test_nothing_is_answered_for_the_person(desk: Desk) -> None:
    """Mood and energy have eleven required buttons each and none is pressed; the other scales stand at not said."""
    page = desk.browser.get("/").text
    for name in ("mood", "energy"):
        assert re.findall(rf'name="{name}" value="(\d+)" required>', page) == [str(step) for step in range(11)]
    for name in ("sleep", "stress", "tiredness", "soreness", "effort"):
        assert checked(page, name) == [""]
    assert "<details>" in page


@pytest.mark.parametrize("name", ["mood", "energy"])
def test_a_missing_answer_is_asked_again(desk: Desk, name: str) -> None:
    """Without mood or energy nothing is stored; the sentence stands beside the field, which points to it."""
    reply = desk.send(**{name: ""}, note="Do not lose me")
    assert reply.status_code == 422
    assert desk.lines() == []
    assert f'aria-invalid="true" aria-describedby="{name}-fault"' in reply.text
    assert f'<p class="fault" id="{name}-fault">Please choose a number from 0 to 10.' in reply.text


@pytest.mark.parametrize("value", ["11", "-1", "7.5", "NaN", "1e1", "\uff17", "seven", " "])
@pytest.mark.parametrize("name", ["mood", "stress"])
def test_a_number_off_the_scale_is_asked_again(desk: Desk, name: str, value: str) -> None:
    """Only the whole numbers from 0 to 10 are taken, on a required scale and on an optional one."""
    reply = desk.send(**{name: value})
    assert reply.status_code == 422
    assert f"“{value}” is not on this scale" in reply.text
    assert desk.lines() == []


@pytest.mark.parametrize("field", [{"kind": "noon"}, {"kind": ""}, {"tags": ["ill", "odd"]}, {"skip_reason": "lazy"}])
def test_a_word_we_did_not_offer_is_asked_again(desk: Desk, field: dict[str, str | list[str]]) -> None:
    """A kind, tag or reason that the form does not offer is not stored."""
    reply = desk.send(**field)
    assert reply.status_code == 422
    assert f'id="{next(iter(field))}-fault"' in reply.text
    assert desk.lines() == []


def test_what_was_typed_is_kept(desk: Desk) -> None:
    """A form shown again holds every answer, and its optional part stands open."""
    page = desk.send(mood="11", **EVERYTHING).text
    scales = {name: checked(page, name) for name in ("kind", "mood", "energy", "stress", "sleep", "effort")}
    assert scales == {
        "kind": ["evening"],
        "mood": [],
        "energy": ["5"],
        "stress": ["0"],
        "sleep": ["10"],
        "effort": ["6"],
    }
    assert checked(page, "tags") == ["mindful", "long"]
    assert "<option selected>no time</option>" in page
    assert "Canal path.\r\nMist, then sun." in page
    assert "<details open>" in page


def test_every_reason_can_be_said(desk: Desk) -> None:
    """Each reason for a run that did not happen is taken as it reads."""
    for minute, reason in enumerate(SKIP_REASONS):
        desk.clock = desk.clock.replace(minute=minute)
        desk.send(skip_reason=reason)
    assert [json.loads(line)["skip_reason"] for line in desk.lines()] == list(SKIP_REASONS)


def test_a_note_has_room_for_2000_characters(desk: Desk) -> None:
    """A note of 2000 characters, a line's end counted once, is stored; one more is asked to be shortened."""
    note = "é\r\n" * 999 + "🙂é"
    assert desk.send(note=note).status_code == 303
    longer = desk.send(note=note + "x")
    assert longer.status_code == 422
    assert "The note has 2,001 characters; there is room for 2,000." in longer.text
    assert len(desk.lines()) == 1


@pytest.mark.parametrize(
    "note",
    [
        '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }} {% raw %}",
        'a "quoted" line\x00\u2028\u202e with \\u0000 and {"id": "x"}',
        '\nsecond line only\n{"id": "forged", "entry": "check-in"}',
    ],
)
def test_a_hostile_note_is_only_words(desk: Desk, note: str) -> None:
    """Whatever a note holds, it is one journal line, read back as typed and shown as text."""
    desk.send(note=note)
    (told,) = read(desk.journal).told
    assert len(desk.lines()) == 1
    assert told.entry.note == note.strip()  # type: ignore[union-attr]  # a check-in, as it was sent
    for page in (desk.browser.get("/saved").text, desk.send(mood="", note=note).text):
        assert "<script" not in page
        assert "<img" not in page
        assert html.unescape(page).count(note.strip()) == 1


def test_a_journal_that_cannot_be_written_loses_nothing(desk: Desk) -> None:
    """When the disk refuses, the form says so kindly and keeps what was typed."""
    desk.journal.parent.mkdir(parents=True)
    desk.journal.write_text("a file where the folder should be")
    reply = desk.send(note="Still here")
    assert reply.status_code == 503
    assert "The journal could not be written (File exists). Nothing was stored yet" in reply.text
    assert "Still here" in reply.text
    assert checked(reply.text, "mood") == ["7"]
