"""Lines of the journal, which outlive every version of the program that wrote them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.core import enums as of
from runmood.core.checkin_items import NAMES
from runmood.core.checkins import CheckIn, EntriesForgotten, EntryDeleted, EntryEdited, NewEntry
from runmood.core.entries import (
    CareReported,
    DistanceCorrection,
    Entry,
    FileChosen,
    FindingFeedback,
    Goal,
    GoalReview,
    Habit,
    ImportRestored,
    ImportReverted,
    PlannedDay,
    RecordingIdentified,
    Reflection,
    ReportedDay,
    ReportedRun,
    RunDated,
    RunJudged,
    RunsMerged,
    RunSplit,
    RunTagged,
    RunTrimmed,
    SeriesJudged,
)
from runmood.journal.codec import codecs, from_line, id_of, to_line

AT = dt.datetime(2025, 5, 4, 21, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
DAY = dt.date(2025, 5, 6)
HEAD = '", "said_at": "2025-05-04T21:30:00+01:00", '
FIRST_CHECK_IN = CheckIn(
    AT, "evening", 7.0, energy=6.0, tags=("ill", "trail"), skip_reason="no time", note="ção", source="hand"
)
FIRST_LINES: list[tuple[Entry, str]] = [
    (
        FIRST_CHECK_IN,
        '{"id": "0093f0cde92b1b2d", "entry": "check-in'
        + HEAD
        + '"at": "2025-05-04T21:30:00+01:00", "kind": "evening", "mood": 7.0, "energy": 6.0, '
        '"tags": ["ill", "trail"], "skip_reason": "no time", "note": "ção", "source": "hand"}',
    ),
    (
        PlannedDay(DAY, "run", 8000.0),
        '{"id": "1bdb71b1c3f38ee0", "entry": "plan'
        + HEAD
        + '"date": "2025-05-06", "planned": "run", "distance_m": 8000.0}',
    ),
    (Habit((2, 4)), '{"id": "351fd42601522126", "entry": "habit' + HEAD + '"weekdays": [2, 4]}'),
    (
        ImportReverted("b1", ("aa", "bb")),
        '{"id": "c834c3c41b6d85ff", "entry": "undo' + HEAD + '"batch": "b1", "content": ["aa", "bb"]}',
    ),
    (ImportRestored(("aa",)), '{"id": "ffe664895eb2f462", "entry": "take' + HEAD + '"content": ["aa"]}'),
    (EntriesForgotten(("aa",)), '{"id": "0e9924e33b9cb329", "entry": "forgotten' + HEAD + '"ids": ["aa"]}'),
    (RunsMerged("a-1", "b-1"), '{"id": "8409c17d8362fe0b", "entry": "join' + HEAD + '"one": "a-1", "other": "b-1"}'),
    (RunSplit("a-1", "b-1"), '{"id": "1db7b7a740b6b09e", "entry": "split' + HEAD + '"one": "a-1", "other": "b-1"}'),
]
FULL_CHECK_IN = CheckIn(
    AT,
    "after-run",
    7.0,
    scores={name: float(score) for score, name in enumerate(NAMES)} | {"mood": 7.0},
    pain_where="left knee",
    tags=("trail",),
    helped=("running", "rest"),
    note="wind",
    raw="mood=4 of 1-5",
    answers=(("coffee", 2.0), ("weather", "grey")),
)
OTHERS: list[Entry] = [
    FULL_CHECK_IN,
    EntryEdited("0093f0cde92b1b2d", FULL_CHECK_IN),
    EntryDeleted("0093f0cde92b1b2d"),
    PlannedDay(DAY, None),
    PlannedDay(DAY, "run", 8000.0, 2700.0, "Long one"),
    Goal("therapeutic", "calmer Sundays"),
    Goal("fitness", "three a week", "runs a week", 3.0, DAY),
    GoalReview("0093f0cde92b1b2d", "reached", "glad"),
    GoalReview("0093f0cde92b1b2d", "open"),
    Reflection(DAY, "month", "What else helped?", "my sister"),
    FindingFeedback("B1", "not so", "I was ill"),
    FindingFeedback("B1", None),
    DistanceCorrection("a-1", 8200.0),
    RunTagged("a-1", ("easy",)),
    RunTagged("a-1", ()),
    RunJudged("aa", "run"),
    RecordingIdentified("a-1"),
    RecordingIdentified("b-1", "inbox/a.gpx", dt.datetime(2026, 11, 2, 17, 30, tzinfo=dt.UTC), "a-1"),
    RunJudged("aa", "not-a-run"),
    SeriesJudged("school run", "neither"),
    SeriesJudged("school run", None),
    FileChosen("a-1"),
    RunTrimmed("a-1", 60.0, 1800.5),
    RunTrimmed("a-1", None, 1800.5),
    RunDated("a-1", DAY, "17:05"),
    RunDated("a-1", DAY),
    ReportedRun(dt.date(2026, 11, 10), "07:30", 6000.0, 2160.0, 5.0, "without a watch"),
    ReportedRun(dt.date(2026, 11, 10)),
    ReportedDay(dt.date(2026, 11, 10), "no run"),
    ReportedDay(dt.date(2026, 11, 10), None),
    CareReported(dt.date(2026, 11, 10), "injured"),
    CareReported(dt.date(2026, 11, 10), "better"),
]


@pytest.mark.parametrize(("entry", "line"), FIRST_LINES, ids=lambda case: type(case).__name__)
def test_the_first_journals_stay_as_they_are(entry: Entry, line: str) -> None:
    """An entry of the first version still gives the same line, sign for sign, and so has the same id."""
    assert to_line(NewEntry(AT, entry)) == line
    assert from_line(line).entry == entry


@pytest.mark.parametrize("entry", [*OTHERS, *(entry for entry, _ in FIRST_LINES)], ids=lambda entry: str(entry)[:40])
def test_every_kind_of_entry_comes_back(entry: Entry) -> None:
    """What is written is read again as it was said, under the id that it was given."""
    told = from_line(to_line(NewEntry(AT, entry)))
    assert (told.entry, told.said_at, told.id) == (entry, AT, id_of(NewEntry(AT, entry)))


def test_no_kind_of_entry_is_without_a_line() -> None:
    """Every entry that can be said can be written."""
    assert {codec.entry_type for codec in codecs().values()} == set(Entry.__args__)
    assert {type(entry) for entry in (*OTHERS, *(entry for entry, _ in FIRST_LINES))} == set(Entry.__args__)


WRONG = [
    ('"entry": "change", "of": "aa", "check_in": 7', "check_in is 7, which is no check-in"),
    ('"entry": "change", "of": "aa", "check_in": {"kind": "evening", "mood": 5}', "the at is missing"),
    ('"entry": "withdraw"', "the of is missing"),
    ('"entry": "withdraw", "of": "aa", "why": "…"', "it says why, which it cannot"),
    ('"entry": "goal", "kind": "financial", "words": "rich"', "kind is 'financial', not one of therapeutic, fitness"),
    ('"entry": "goal", "kind": "fitness", "words": "x", "measure": "miles"', "measure is 'miles', not one of"),
    ('"entry": "goal-review", "goal": "aa", "state": "failed"', "state is 'failed', not one of open"),
    ('"entry": "measure", "recording": "a-1", "distance_m": -1', "distance_m is -1, less than nothing"),
    ('"entry": "measure", "recording": "a-1", "distance_m": true', "distance_m is True, which is no number"),
    ('"entry": "run-tags", "recording": "a-1", "tags": "easy"', "tags is easy, which is no list"),
    ('"entry": "plan", "date": "2025-05-04"', "the planned is missing"),
    ('"entry": "plan", "date": "2025-05-04", "planned": "swim"', "planned is 'swim', not one of run, rest"),
    (
        '"entry": "check-in", "at": "2025-05-04T21:00:00Z", "kind": "evening", "mood": 5, "pain": 11',
        "pain is 11.0, outside 0 to 10",
    ),
    (
        '"entry": "check-in", "at": "2025-05-04T21:00:00Z", "kind": "evening", "mood": 5, "answers": [1]',
        r"answers is \[1\], which names no questions",
    ),
]


@pytest.mark.parametrize(("said", "sentence"), WRONG, ids=lambda case: case[:50])
def test_what_is_wrong_with_a_line_is_said(said: str, sentence: str) -> None:
    """A line that no entry is made of says which item is at fault, and why."""
    with pytest.raises((ValueError, TypeError), match=sentence):
        from_line('{"id": "1", "said_at": "2025-05-04T21:00:00Z", ' + said + "}")


SCORE = st.none() | st.floats(0, 10)
WORDS = st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
CHECK_INS = st.builds(
    CheckIn,
    at=st.integers(650_000_000, 4_000_000_000).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC)),
    kind=st.sampled_from(of.CheckInKind),
    mood=st.floats(0, 10),
    **dict.fromkeys(set(NAMES) - {"mood"}, SCORE),
    note=WORDS,
    helped=st.lists(st.sampled_from(of.HELPED), max_size=3).map(tuple),
    answers=st.dictionaries(st.sampled_from("abc"), st.floats(-5, 5) | st.text(max_size=3), max_size=3).map(
        lambda answers: tuple(answers.items())
    ),
)


@settings(max_examples=200)
@given(CHECK_INS)
def test_any_check_in_comes_back(check_in: CheckIn) -> None:
    """Whatever a person says, and a change of it, is read as it was written."""
    for entry in (check_in, EntryEdited("aa", check_in)):
        assert from_line(to_line(NewEntry(check_in.at, entry))).entry == entry
