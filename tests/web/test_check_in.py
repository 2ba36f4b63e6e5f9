"""Checking in: what reaches the journal, what is asked again, and what the form looks like."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
import stat
from typing import TYPE_CHECKING

import pytest
from web.web_client import EVENING, WebClient

from runmood.core.checkins import CheckIn
from runmood.core.enums import CheckInKind
from runmood.core.i18n import translator
from runmood.journal.store import read
from runmood.web.forms import KINDS, REASONS

if TYPE_CHECKING:
    from pathlib import Path


EVERYTHING = {
    "stress": "0",
    "tiredness": "4",
    "soreness": "2",
    "sleep": "10",
    "effort": "6",
    "pain": "3",
    "pain_where": "left shin",
    "helped": ["rest", "talking to someone"],
    "tags": ["long", "mindful"],
    "skip_reason": "no time",
    "note": "  Canal path.\r\nMist, then sun.  ",
}


def checked(page: str, name: str) -> list[str]:
    """Return the values of a field's checked buttons."""
    return re.findall(rf'name="{name}" value="([^"]*)" checked', page)


def test_two_answers_are_enough(client: WebClient) -> None:
    """Mood and energy alone make one journal line, which holds nothing else."""
    assert client.send().status_code == 303
    (line,) = client.lines()
    entry = json.loads(line)
    entry.pop("id")
    assert entry == {
        "entry": "check-in",
        "said_at": "2026-11-21T21:04:05+00:00",
        "at": "2026-11-21T21:04:05+00:00",
        "kind": "evening",
        "mood": 7.0,
        "energy": 5.0,
        "source": "web",
    }


def test_everything_said_is_read_back(client: WebClient) -> None:
    """Each item, tag, reason and note comes back from the journal as it was sent, zero included."""
    client.send(**EVERYTHING)
    (record,) = read(client.journal).records
    assert record.entry == CheckIn(
        at=client.clock.replace(microsecond=0),
        kind="evening",
        mood=7,
        energy=5,
        stress=0,
        tiredness=4,
        soreness=2,
        sleep=10,
        effort=6,
        pain=3,
        pain_where="left shin",
        helped=("talking to someone", "rest"),
        tags=("mindful", "long"),
        skip_reason="no time",
        note="Canal path.\nMist, then sun.",
        source="web",
    )


@pytest.mark.parametrize("kind", CheckInKind)
def test_every_kind_can_be_said(client: WebClient, kind: str) -> None:
    """The form offers the journal's kinds of check-in, and each is stored."""
    assert set(KINDS) == set(CheckInKind)
    client.send(kind=kind)
    assert json.loads(client.lines()[0])["kind"] == kind


def test_the_journal_is_private(client: WebClient) -> None:
    """Only the person may read the journal."""
    client.send()
    assert stat.S_IMODE((client.journal / "journal.jsonl").stat().st_mode) == 0o600


def test_a_button_pressed_twice_says_one_thing(client: WebClient) -> None:
    """The same form sent again within ten seconds is one line; another answer, or the same one later, is its own."""
    client.send()
    client.clock += dt.timedelta(seconds=2)
    assert client.send().status_code == 303
    assert len(client.lines()) == 1
    client.send(mood="6")
    assert len(client.lines()) == 2
    client.clock += dt.timedelta(seconds=11)
    client.send(mood="6")
    assert len(client.lines()) == 3


@pytest.mark.parametrize(("hour", "kind"), [(0, "evening"), (3, "evening"), (4, "morning"), (12, "evening")])
def test_the_clock_suggests_the_kind(client: WebClient, hour: int, kind: str) -> None:
    """From 04:00 to noon the form suggests the morning, else the evening."""
    client.clock = client.clock.replace(hour=hour)
    assert checked(client.browser.get("/check-in").text, "kind") == [kind]


def test_nothing_is_answered_for_the_person(client: WebClient) -> None:
    """Mood and energy have eleven required buttons each and none is pressed; the other scales are at “not said”."""
    page = client.browser.get("/check-in").text
    for name in ("mood", "energy"):
        assert re.findall(rf'name="{name}" value="(\d+)" required>', page) == [str(step) for step in range(11)]
    for name in ("sleep", "stress", "tiredness", "soreness", "effort"):
        assert checked(page, name) == [""]
    assert "<details>" in page


@pytest.mark.parametrize("name", ["mood", "energy"])
def test_a_missing_answer_is_asked_again(client: WebClient, name: str) -> None:
    """Without mood or energy nothing is stored; the sentence is beside the field, which points to it."""
    reply = client.send(**{name: ""}, note="Do not lose me")
    assert reply.status_code == 422
    assert client.lines() == []
    assert f'aria-invalid="true" aria-describedby="{name}-fault"' in reply.text
    assert f'<p class="fault" id="{name}-fault">Please choose a number from 0 to 10.' in reply.text


@pytest.mark.parametrize("value", ["11", "-1", "7.5", "NaN", "1e1", "\uff17", "seven", " "])
@pytest.mark.parametrize("name", ["mood", "stress"])
def test_a_number_off_the_scale_is_asked_again(client: WebClient, name: str, value: str) -> None:
    """Only the whole numbers from 0 to 10 are taken, on a required scale and on an optional one."""
    reply = client.send(**{name: value})
    assert reply.status_code == 422
    assert f"“{value}” is not on this scale" in reply.text
    assert client.lines() == []


@pytest.mark.parametrize("field", [{"kind": "noon"}, {"kind": ""}, {"tags": ["ill", "odd"]}, {"skip_reason": "lazy"}])
def test_a_word_we_did_not_offer_is_asked_again(client: WebClient, field: dict[str, str | list[str]]) -> None:
    """A kind, tag or reason that the form does not offer is not stored."""
    reply = client.send(**field)
    assert reply.status_code == 422
    assert f'id="{next(iter(field))}-fault"' in reply.text
    assert client.lines() == []


def test_what_was_typed_is_kept(client: WebClient) -> None:
    """A form shown again holds every answer, and its optional part is open."""
    page = client.send(mood="11", **EVERYTHING).text
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
    assert checked(page, "skip_reason") == ["no time"]
    assert checked(page, "helped") == ["talking to someone", "rest"]
    assert 'value="left shin"' in page
    assert "Canal path.\r\nMist, then sun." in page
    assert "<details open>" in page


def test_every_reason_can_be_said(client: WebClient) -> None:
    """Each reason for a run that did not happen is taken as it reads."""
    for minute, reason in enumerate(REASONS):
        client.clock = client.clock.replace(minute=minute)
        client.send(skip_reason=reason)
    assert [json.loads(line)["skip_reason"] for line in client.lines()] == list(REASONS)


def test_a_note_has_room_for_2000_characters(client: WebClient) -> None:
    """A note of 2000 characters, a line's end counted once, is stored; one more is asked to be shortened."""
    note = "é\r\n" * 999 + "🙂é"
    assert client.send(note=note).status_code == 303
    longer = client.send(note=note + "x")
    assert longer.status_code == 422
    assert "This has 2,001 characters; there is room for 2,000." in longer.text
    assert len(client.lines()) == 1


@pytest.mark.parametrize(
    "note",
    [
        '</textarea><script>alert(1)</script>"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }} {% raw %}",
        'a "quoted" line\x00\u2028\u202e with \\u0000 and {"id": "x"}',
        '\nsecond line only\n{"id": "forged", "entry": "check-in"}',
    ],
)
def test_a_hostile_note_is_only_words(client: WebClient, note: str) -> None:
    """Whatever a note holds, it is one journal line, read back as typed and shown as text."""
    client.send(note=note)
    (record,) = read(client.journal).records
    assert len(client.lines()) == 1
    assert record.entry.note == note.strip()  # type: ignore[union-attr]  # a check-in, as it was sent
    for page in (client.browser.get("/saved").text, client.send(mood="", note=note).text):
        assert page.count("<script") == 1, "our own, with an address"
        assert "<img" not in page
        assert html.unescape(page).count(note.strip()) == 1


def test_a_journal_that_cannot_be_written_loses_nothing(client: WebClient) -> None:
    """When the disk refuses, the form says so kindly and keeps what was typed."""
    client.browser.get("/check-in")
    (client.journal / "journal.jsonl").mkdir()
    reply = client.send(note="Still here")
    assert reply.status_code == 503
    say = translator("en", "metric")
    said = say("fault.unwritten", fault=say("error.system.a_folder"))
    assert said in html.unescape(reply.text)
    assert "Still here" in reply.text
    assert checked(reply.text, "mood") == ["7"]


WRITTEN = "2026-11-21T13:04:05+01:00"


def test_what_waited_in_the_browser_is_said_at_its_own_moment(client: WebClient) -> None:
    """What was written while the computer was off has the moment at which it was written, in the time zone there."""
    assert client.send(written_at=WRITTEN).status_code == 303
    entry = json.loads(client.lines()[0])
    assert (entry["at"], entry["said_at"]) == (WRITTEN, WRITTEN)


def test_what_waited_is_stored_once(client: WebClient) -> None:
    """Sent again, whether or not runmood was restarted in between, it is still one line."""
    for again in (client, client, WebClient(client.root)):
        assert again.send(written_at=WRITTEN, note="On the train").status_code == 303
    assert len(client.lines()) == 1


@pytest.mark.parametrize(
    "written_at",
    ["", "yesterday", "2026-11-21T13:04:05", "2026-11-22T13:04:05+00:00", "2026-09-01T13:04:05+00:00", "9" * 40],
)
def test_a_moment_that_cannot_be_is_not_believed(client: WebClient, written_at: str) -> None:
    """A moment without an offset, to come, or longer ago than a browser keeps anything is now."""
    client.send(written_at=written_at)
    assert json.loads(client.lines()[0])["at"] == "2026-11-21T21:04:05+00:00"


def saved_name(client: WebClient) -> str:
    """Return the id of the check-in that the saved page shows."""
    found = re.search(r'href="/check-in/([0-9a-f]+)"', client.browser.get("/saved").text)
    assert found
    return found[1]


def test_a_check_in_can_be_said_otherwise(client: WebClient) -> None:
    """The form opens with the answers, the change replaces them at the same moment, and the journal keeps both."""
    client.send(**EVERYTHING)
    name = saved_name(client)
    page = client.browser.get(f"/check-in/{name}").text
    assert checked(page, "mood") == ["7"]
    assert checked(page, "helped") == ["talking to someone", "rest"]
    client.clock += dt.timedelta(minutes=5)
    assert client.post(f"/check-in/{name}", kind="evening", mood="6", energy="5", note="Better said").status_code == 303
    assert len(client.lines()) == 2
    (stored,) = client.context.journal.check_ins(dt.date(2026, 11, 21))
    assert (stored.check_in.mood, stored.check_in.note, stored.check_in.stress) == (6, "Better said", None)
    assert stored.check_in.at == EVENING.replace(microsecond=0)
    assert "edited" in client.browser.get("/saved").text


def test_nothing_changed_is_nothing_said(client: WebClient) -> None:
    """Saving the form as it opened adds no line."""
    client.send()
    client.post(f"/check-in/{saved_name(client)}", kind="evening", mood="7", energy="5")
    assert len(client.lines()) == 1


def test_a_check_in_can_be_taken_back_and_brought_back(client: WebClient) -> None:
    """Taken back it counts no more and its page is gone; brought back it counts as before. No line is ever removed."""
    client.send()
    name = saved_name(client)
    reply = client.post(f"/check-in/{name}/withdraw")
    assert f'action="/check-in/{name}/restore"' in reply.text
    assert client.context.journal.check_ins(dt.date(2026, 11, 21)) == []
    assert client.browser.get(f"/check-in/{name}").status_code == 404
    assert client.post(f"/check-in/{name}/withdraw").status_code == 404
    assert client.post(f"/check-in/{name}/restore").status_code == 303
    assert len(client.context.journal.check_ins(dt.date(2026, 11, 21))) == 1
    assert len(client.lines()) == 3


def test_nothing_is_brought_back_that_was_not_taken_back(client: WebClient) -> None:
    """A name that was never taken back has no way back."""
    assert client.post("/check-in/0123456789abcdef/restore").status_code == 404


OWN = """\
time_zone = "Europe/London"
[items.coffee]
question = "How many <b>cups</b>?"
kind = "choice"
choices = ["none", "one or two", "more"]
when = ["evening"]
[items.calm]
question = "How calm?"
kind = "scale"
[items.walked]
question = "Did you walk?"
kind = "yes-no"
"""


def test_a_persons_own_questions_are_asked(tmp_path: Path) -> None:
    """Questions from the settings stand in the form, escaped and unanswered, and their answers reach the journal."""
    client = WebClient(tmp_path / "home", settings=OWN)
    page = client.browser.get("/check-in").text
    assert "How many &lt;b&gt;cups&lt;/b&gt;?" in page
    assert [checked(page, f"own.{name}") for name in ("coffee", "calm", "walked")] == [[""], [""], [""]]
    client.send(**{"own.coffee": "more", "own.calm": "4", "own.walked": "0"})
    assert json.loads(client.lines()[0])["answers"] == {"coffee": "more", "calm": 4.0, "walked": 0.0}
    again = client.browser.get(f"/check-in/{saved_name(client)}").text
    assert [checked(again, f"own.{name}") for name in ("coffee", "calm", "walked")] == [["more"], ["4"], ["0"]]


def test_a_question_of_ones_own_is_added_and_removed_on_the_page(tmp_path: Path) -> None:
    """It is asked from the next check-in on; removed it is asked no more, and answers to it stay in the journal."""
    client = WebClient(tmp_path / "home", settings='time_zone = "Europe/London"\n# mine\n')
    added = client.post("/settings/question", question="Wie viele Tassen <Tee>?", kind="scale", when=["evening"])
    assert added.status_code == 303
    twice = client.post("/settings/question", question="Wie viele Tassen?", kind="choice", choices="none\nsome\n")
    assert twice.status_code == 303
    assert [(each.name, each.kind, each.when, each.choices) for each in client.context.person().items] == [
        ("wie_viele_tassen_tee", "scale", ("evening",), ()),
        ("wie_viele_tassen", "choice", (), ("none", "some")),
    ]
    assert "Wie viele Tassen &lt;Tee&gt;?" in client.browser.get("/check-in").text
    client.send(**{"own.wie_viele_tassen_tee": "4"})
    client.post("/settings/question/remove", name="wie_viele_tassen_tee")
    assert [each.name for each in client.context.person().items] == ["wie_viele_tassen"]
    assert json.loads(client.lines()[0])["answers"] == {"wie_viele_tassen_tee": 4.0}
    client.post("/settings/question/remove", name="wie_viele_tassen")
    assert (tmp_path / "home/settings.toml").read_text("utf-8").rstrip() == 'time_zone = "Europe/London"\n# mine'
    assert client.post("/settings/question/remove", name="wie_viele_tassen").status_code == 400


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"question": " ", "kind": "scale"}, "settings.question.length"),
        ({"question": "x" * 201, "kind": "scale"}, "settings.question.length"),
        ({"question": "Tea?", "kind": "choice", "choices": "none"}, "settings.question.few"),
        ({"question": "Tea?", "kind": "poem"}, ""),
    ],
)
def test_what_cannot_be_asked_is_said_and_keeps_what_was_typed(tmp_path: Path, typed: dict[str, str], key: str) -> None:
    """The sentence says why, the form keeps the words, and the settings stay as they were."""
    client = WebClient(tmp_path / "home")
    before = (tmp_path / "home/settings.toml").read_text("utf-8")
    reply = client.post("/settings/question", **typed)
    assert reply.status_code == 422
    assert translator("en", "metric")(key, limit=200) in html.unescape(reply.text) if key else True
    assert typed["question"].strip() in reply.text
    assert (tmp_path / "home/settings.toml").read_text("utf-8") == before


def test_names_that_are_taken_are_given_to_no_question(tmp_path: Path) -> None:
    """A question that begins with a rating's word, a figure or no letter at all gets a name of its own."""
    client = WebClient(tmp_path / "home")
    for words in ("Mood", "Mood!", "2 cups?", "?!"):
        assert client.post("/settings/question", question=words, kind="yes-no").status_code == 303
    assert [each.name for each in client.context.person().items] == ["mood_2", "mood_3", "q_2_cups", "question"]


@pytest.mark.parametrize("answer", [{"own.coffee": "a bath"}, {"own.calm": "11"}, {"own.walked": "perhaps"}])
def test_an_answer_to_another_question_is_asked_again(tmp_path: Path, answer: dict[str, str]) -> None:
    """What does not answer a person's own question is not stored."""
    client = WebClient(tmp_path / "home", settings=OWN)
    reply = client.send(**answer)
    assert reply.status_code == 422
    assert "your own question" in reply.text
    assert client.lines() == []


@pytest.mark.parametrize(
    ("note", "shown"), [("I want to die", True), ("Ich will nicht mehr leben.", True), ("dying to run again", False)]
)
def test_words_of_distress_bring_up_the_panel(client: WebClient, note: str, *, shown: bool) -> None:
    """After words that touch on distress the saved page says calmly who is there; the entry is stored as any other."""
    client.send(note=note)
    page = client.browser.get("/saved").text
    assert ("You do not have to carry it alone" in page) is shown
    assert json.loads(client.lines()[0])["note"] == note
    written = [path.read_text(errors="replace") for path in client.root.rglob("*") if path.is_file()]
    assert not any("heavy" in text or "distress" in text for text in written), "nothing is stored of it"
