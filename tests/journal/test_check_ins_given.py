"""Check-ins given as JSON or in a file, and a person's own questions."""

from __future__ import annotations

import datetime as dt
import json
import re
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.core.checkins import CheckIn, CustomQuestion, NewEntry
from runmood.core.errors import CsvFormatError, UserError
from runmood.core.i18n import translator
from runmood.journal.checkin_files import check_ins_from_csv, check_ins_from_file, check_ins_from_json
from runmood.journal.codec import from_line, to_line
from runmood.journal.custom_questions import answer_to, custom_items

LISBON = ZoneInfo("Europe/Lisbon")
GERMAN = translator("de", "metric")
NOW = dt.datetime(2025, 5, 4, 21, 30, tzinfo=LISBON)
COFFEE = CustomQuestion("coffee", "How many cups?", "choice", ("none", "one", "more"))
ITEMS = (COFFEE, CustomQuestion("rain", "Did it rain?", "yes-no"), CustomQuestion("calm", "How calm?", "scale"))


def through(text: str, now: dt.datetime | None = NOW) -> list[NewEntry]:
    """A JSON text through the door, at home in Lisbon."""
    return check_ins_from_json(text.encode(), LISBON, ITEMS, now)


def only(text: str) -> CheckIn:
    """The one check-in of a JSON text."""
    (said,) = through(text)
    assert isinstance(said.entry, CheckIn)
    return said.entry


def test_the_shortest_check_in() -> None:
    """Mood and energy are enough: the moment is now, the kind goes by the clock."""
    (said,) = through('{"mood": 7, "energy": 6}')
    assert said == NewEntry(NOW, CheckIn(NOW, "evening", 7.0, energy=6.0, source="json"))


def test_a_full_check_in() -> None:
    """Every item has its name; an empty one is unsaid, a moment without an offset is by the home's clock."""
    said = {
        "at": "2025-05-04T18:05:30.7",
        "kind": "after-run",
        "mood": 7,
        "energy": 6.5,
        "effort": 4,
        "pain": 2,
        "pain_where": "left knee",
        "tags": ["trail"],
        "helped": ["running"],
        "skip_reason": "",
        "stress": None,
        "answers": {"coffee": "One", "rain": True, "calm": 3},
        "source": "phone",
    }
    assert only(json.dumps(said)) == CheckIn(
        dt.datetime(2025, 5, 4, 18, 5, 30, tzinfo=LISBON),
        "after-run",
        7.0,
        energy=6.5,
        effort=4.0,
        pain=2.0,
        pain_where="left knee",
        tags=("trail",),
        helped=("running",),
        source="phone",
        answers=(("coffee", "one"), ("rain", 1.0), ("calm", 3.0)),
    )


def test_when_it_was_said() -> None:
    """What is given now of an earlier moment is said now, so it may be late; a queue may say when it was said."""
    (late,) = through('{"mood": 7, "energy": 6, "at": "2025-05-02T21:00"}')
    assert (late.said_at, late.entry.at.day) == (NOW, 2)  # type: ignore[union-attr]
    (queued,) = through('{"mood": 7, "energy": 6, "at": "2025-05-02T21:00", "said_at": "2025-05-02T21:01:00+01:00"}')
    assert queued.said_at.isoformat() == "2025-05-02T21:01:00+01:00"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("7", "it is no check-in, which is an object like"),
        ("[]", "The list holds no check-in"),
        ("{", "This is no JSON"),
        ("[" * 100_000, "This is no JSON"),
        ("\udcff", "This is no JSON"),
        ('{"mood": 7}', "the energy is missing"),
        ('{"mood": "7", "energy": 6}', "mood is 7, which is no number"),
        ('{"mood": true, "energy": 6}', "mood is True, which is no number"),
        ('{"mood": NaN, "energy": 6}', "mood is nan, which is no number"),
        ('{"mood": 7, "energy": 6, "kind": "night"}', "kind is 'night', not one of morning"),
        ('{"mood": 7, "energy": 6, "at": "yesterday"}', "at is 'yesterday', not a moment like"),
        ('{"mood": 7, "energy": 6, "at": "1066-10-14T09:00"}', "beyond the years of a diary"),
        ('{"mood": 7, "energy": 6, "smile": 1}', "it does not know smile; it may hold at, kind, mood"),
        ('{"mood": 7, "energy": 6, "tags": "ill"}', "tags is ill, which is no list"),
        ('{"mood": 7, "energy": 6, "answers": {"tea": 1}}', "answers names tea, which is no question"),
        ('{"mood": 7, "energy": 6, "answers": {"rain": "maybe"}}', "rain is 'maybe', neither yes nor no"),
        ('{"mood": 11, "energy": -1, "x": 1}', r"know x; .*; mood is 11.0, outside 0 to 10; energy is -1.0, outside"),
        (
            '[{"mood": 7, "energy": 6}, {"mood": 7}, {}]',
            r"Entry 2: the energy .*\. Entry 3: the mood is miss",
        ),
    ],
)
def test_every_fault_is_named_and_nothing_is_taken(text: str, sentence: str) -> None:
    """Whatever is wrong, in whichever entry, is said in one go."""
    with pytest.raises(CsvFormatError, match=sentence) as refused:
        check_ins_from_json(text.encode(errors="surrogateescape"), LISBON, ITEMS, NOW)
    german = refused.value.spoken(GERMAN)
    assert "Wir haben nichts übernommen" in german
    assert not re.search(sentence, german)


JUNK = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["mood", "energy", "at", "kind", "answers", "tags", "note", "x"]), inner)
    ),
    max_leaves=12,
)


@settings(max_examples=400)
@given(JUNK)
def test_any_json_is_taken_or_refused(junk: object) -> None:
    """Any JSON at all gives check-ins that the journal can hold, or a sentence."""
    try:
        entries = through(json.dumps(junk))
    except CsvFormatError:
        return
    assert [from_line(to_line(said)).entry for said in entries] == [said.entry for said in entries]


def test_a_file_of_check_ins_is_known_by_its_content() -> None:
    """A CSV with date, kind and mood, or JSON with a mood and a moment; what stands in it counts as said then."""
    sheet = b"\xef\xbb\xbfDate;Kind;Mood\n2025-05-04;evening;7\n"
    document = b' [{"mood": 7, "energy": 6, "at": "2025-05-04T21:00"}]'
    for content in (sheet, document):
        (said,) = check_ins_from_file(content, "moods", LISBON) or []
        assert said.said_at == dt.datetime(2025, 5, 4, 21, tzinfo=LISBON)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x0e\x10\xd9\x07.FIT",
        b"<gpx/>",
        b"full_date,date,mood,activities\n",
        b'{"data": {"stateOfMind": []}}',
        b'[{"date": "2025-05-04", "value": 5}]',
        b'{"mood": "rad"}',
        b"{broken",
        b"[]",
        b"[7]",
        "{\udcff}".encode(errors="surrogateescape"),
    ],
)
def test_other_files_are_something_else(content: bytes) -> None:
    """A watch file, another app's export and broken JSON are no check-in files, and say nothing."""
    assert check_ins_from_file(content, "x", LISBON) is None


def test_a_faulty_check_in_file_is_named() -> None:
    """A check-in file with a fault is refused with its name; in a file each entry has to say its moment."""
    with pytest.raises(CsvFormatError, match=r"^mine.json: the moment, at, is missing\. We took nothing"):
        check_ins_from_file(b'{"mood": 7, "energy": 6}', "mine.json", LISBON)
    with pytest.raises(CsvFormatError, match=r"^mine.csv: Line 2: mood is 'x'"):
        check_ins_from_file(b"date,kind,mood\n2025-05-04,evening,x\n", "mine.csv", LISBON)


def test_questions_of_ones_own() -> None:
    """Each table under [custom_questions] is a scale, yes or no, or a choice; always asked if it does not say when."""
    table = {
        "coffee": {"question": " How many cups? ", "kind": "choice", "choices": ["none", "one", "more"]},
        "rain": {"question": "Did it rain?", "kind": "yes-no", "when": ["evening", "morning"]},
    }
    assert custom_items(table) == (
        COFFEE,
        CustomQuestion("rain", "Did it rain?", "yes-no", when=("evening", "morning")),
    )


@pytest.mark.parametrize(
    ("name", "item", "sentence"),
    [
        ("Coffee", {}, r"\[custom_questions.Coffee\] needs another name: small letters"),
        ("mood", {}, "needs another name: .* are taken"),
        ("note", {}, "needs another name"),
        ("coffee", 7, "has to be a table"),
        ("coffee", {"question": " ", "kind": "scale"}, "needs a question, such as"),
        ("coffee", {"question": "?", "kind": "number"}, "has the kind 'number', not one of scale, yes-no, choice"),
        ("coffee", {"question": "?", "kind": "scale", "most": 5}, "does not know most; it may hold question, kind"),
        ("coffee", {"question": "?", "kind": "choice", "choices": ["one"]}, "needs choices, two or more"),
        ("coffee", {"question": "?", "kind": "scale", "choices": ["a", "b"]}, "and none if it is not"),
        ("coffee", {"question": "?", "kind": "choice", "choices": "ab"}, "needs choices as a list of words"),
        ("coffee", {"question": "?", "kind": "scale", "when": ["noon"]}, "is asked when 'noon', not one of morning"),
    ],
)
def test_a_question_that_cannot_be_asked(name: str, item: object, sentence: str) -> None:
    """A question that is written wrongly is named, with what to write."""
    with pytest.raises(UserError, match=sentence):
        custom_items({name: item})


@pytest.mark.parametrize(
    ("item", "said", "kept"),
    [
        (ITEMS[2], "7,5", 7.5),
        (ITEMS[2], 10, 10.0),
        (ITEMS[1], "Y", 1.0),
        (ITEMS[1], False, 0.0),
        (ITEMS[1], 1.0, 1.0),
        (COFFEE, " MORE ", "more"),
    ],
)
def test_answers_to_ones_own_questions(item: CustomQuestion, said: object, kept: float | str) -> None:
    """A number from 0 to 10, yes as 1 and no as 0, the word of a choice."""
    assert answer_to(item, said) == kept


@pytest.mark.parametrize(
    ("item", "said"), [(ITEMS[2], 11), (ITEMS[2], "nan"), (ITEMS[1], 2), (COFFEE, "two"), (COFFEE, "")]
)
def test_what_is_no_answer(item: CustomQuestion, said: object) -> None:
    """What a question does not offer is no answer to it."""
    with pytest.raises(ValueError, match=item.name):
        answer_to(item, said)


def test_a_question_may_be_called_as_an_optional_rating_is() -> None:
    """A rating that a later version brings stops no home: the own question's column of a sheet stays its own."""
    items = custom_items({"stress": {"question": "Stress at work?", "kind": "scale"}})
    sheet = b"date,kind,mood,stress\n2026-11-10,evening,6,8\n"
    for asked, answers, rating in ((items, (("stress", 8.0),), None), ((), (), 8.0)):
        (said,) = check_ins_from_csv(sheet, LISBON, asked)
        assert isinstance(said.entry, CheckIn)
        assert (said.entry.answers, said.entry.scores.get("stress")) == (answers, rating)
