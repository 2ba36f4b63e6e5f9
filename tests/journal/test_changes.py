"""Edits and deletions: new lines, which change what counts and never what was said."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from drawn import number, rows

from runmood.core.checkins import CheckIn, EntryDeleted, EntryEdited, NewEntry
from runmood.core.entries import (
    DistanceCorrection,
    Entry,
    FindingFeedback,
    Goal,
    GoalReview,
    ImportReverted,
    Reflection,
    RunsMerged,
    RunSplit,
    RunTagged,
)
from runmood.journal.codec import JournalRecord
from runmood.journal.decisions import effective_decisions, reverted_imports
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.journal.tables import check_in_rows, journal_frames

if TYPE_CHECKING:
    from pathlib import Path

EVENING = dt.datetime(2025, 5, 4, 21, tzinfo=dt.UTC)
CHECK_IN = CheckIn(EVENING, "evening", 6.0, energy=5.0)

SAID = """
    | id | entry    | of | mood | note  |
    | a  | check-in |    | 6    |       |
    | b  | check-in |    | 3    |       |
    | c  | change   | a  | 7    |       |
    | d  | change   | c  | 8    | later |
    | e  | withdraw | b  |      |       |
    | f  | check-in |    | 2    |       |
    | g  | withdraw | f  |      |       |
    | h  | withdraw | g  |      |       |
    | i  | check-in |    | 4    |       |
    | j  | change   | i  | 9    |       |
    | k  | withdraw | j  |      |       |
    | l  | check-in |    | 1    |       |
    | m  | change   | l  | 5    |       |
    | n  | withdraw | l  |      |       |
    | o  | withdraw | zz |      |       |
"""
STANDS = """
    | id | mood | note  | edited |
    | a  | 8    | later | yes    |
    | f  | 2    |       | no     |
    | i  | 4    |       | no     |
"""


def told(identity: str, entry: Entry, minutes: int = 0) -> JournalRecord:
    """An entry with its place in the journal, so many minutes into the evening."""
    return JournalRecord(identity, EVENING + dt.timedelta(minutes=minutes), entry)


def drawn(row: dict[str, str], minutes: int) -> JournalRecord:
    """A drawn line of the journal."""
    if row["entry"] == "withdraw":
        return told(row["id"], EntryDeleted(row["of"]), minutes)
    check_in = replace(CHECK_IN, mood=number(row["mood"]) or 0, note=row["note"] or None)
    return told(row["id"], EntryEdited(row["of"], check_in) if row["of"] else check_in, minutes)


def test_chains_of_changes_resolve() -> None:
    """A change may change a change; what is withdrawn goes, and comes back when its withdrawal is withdrawn.

    An entry keeps its first id. A withdrawn change leaves what stood before it.
    """
    stands = effective_entries(drawn(row, minutes) for minutes, row in enumerate(rows(SAID)))
    found = [(each.id, each.entry.mood, each.entry.note, each.edited) for each in stands]  # type: ignore[union-attr]
    assert found == [
        (row["id"], number(row["mood"]), row["note"] or None, row["edited"] == "yes") for row in rows(STANDS)
    ]


def test_nothing_that_was_said_is_lost(tmp_path: Path) -> None:
    """The lines stay as they were written; only what counts is another."""
    append(tmp_path, [NewEntry(EVENING, CHECK_IN)])
    before = (tmp_path / "journal.jsonl").read_bytes()
    (first,) = read(tmp_path).records
    append(
        tmp_path,
        [
            NewEntry(EVENING, EntryEdited(first.id, replace(CHECK_IN, mood=1.0))),
            NewEntry(EVENING, EntryDeleted(first.id)),
        ],
    )
    assert (tmp_path / "journal.jsonl").read_bytes().startswith(before)
    assert (len(read(tmp_path).records), effective_entries(read(tmp_path).records)) == (3, ())


LATE = """
    | change                       | changed after | late |
    | a note                       | 12 hours      | no   |
    | a tag                        | 12 hours      | no   |
    | the mood                     | 1 hours       | no   |
    | the mood                     | 12 hours      | yes  |
    | the pain                     | 12 hours      | yes  |
    | the kind                     | 12 hours      | yes  |
    | the mood, and back again     | 12 hours      | no   |
    | the mood, then a note        | 12 hours      | yes  |
"""
CHANGES: dict[str, list[dict[str, object]]] = {
    "a note": [{"note": "wind"}],
    "a tag": [{"tags": ("ill",)}],
    "the mood": [{"mood": 2.0}],
    "the pain": [{"pain": 2.0}],
    "the kind": [{"kind": "morning"}],
    "the mood, and back again": [{"mood": 2.0}, {"mood": 6.0}],
    "the mood, then a note": [{"mood": 2.0}, {"mood": 2.0, "note": "wind"}],
}


@pytest.mark.parametrize("case", rows(LATE), ids=lambda case: f"{case['change']} {case['changed after']}")
def test_a_change_is_late_when_what_findings_weigh_was_said_late(case: dict[str, str]) -> None:
    """A change counts as said when its scores, kind and moment were first said so: a late note makes no mood late."""
    minutes = 60 * int(case["changed after"].split()[0])
    changes = [
        told(f"c{step}", EntryEdited("a", replace(CHECK_IN, **change)), minutes + step)  # type: ignore[arg-type]
        for step, change in enumerate(CHANGES[case["change"]])
    ]
    (row,) = check_in_rows(effective_entries([told("a", CHECK_IN), *changes]))
    assert (row["late"], row["edited"]) == (case["late"] == "yes", True)


def test_rows_of_everything_said() -> None:
    """Each table has its rows: what helped once a thing, own answers as number or words, goals as last looked at."""
    rich = replace(
        CHECK_IN,
        pain=3.0,
        pain_where="left knee",
        helped=("rest", "running", "rest"),
        answers=(("coffee", 2.0), ("sky", "grey")),
    )
    journal = (
        told("a", rich),
        told("g", Goal("fitness", "three a week", "runs a week", 3.0, dt.date(2025, 12, 31))),
        told("h", Goal("therapeutic", "calmer Sundays")),
        told("r", GoalReview("g", "open", "two so far"), 60),
        told("s", GoalReview("g", "reached", "did it"), 3 * 60),
        told("x", Reflection(dt.date(2025, 5, 4), "month", "What else helped?", "my sister")),
        told("p", FindingFeedback("B1", "hidden"), 60),
        told("q", FindingFeedback("B1", "not so", "I was ill"), 120),
        told("t", FindingFeedback("C1", "hidden"), 180),
        told("u", FindingFeedback("C1", None), 240),
    )
    found = journal_frames(journal, dt.UTC, dt.date(2025, 5, 5))  # type: ignore[arg-type]  # a zone like any other
    assert set(found) == {
        "check_ins",
        "plans",
        "check_in_helped",
        "custom_answers",
        "goals",
        "reflections",
        "finding_feedback",
        "reported_runs",
        "reported_days",
        "reported_care",
    }
    assert [(row["pain"], row["pain_where"]) for row in found["check_ins"]] == [(3.0, "left knee")]
    assert [row["thing"] for row in found["check_in_helped"]] == ["rest", "running"]
    assert [(row["item"], row["value"], row["words"]) for row in found["custom_answers"]] == [
        ("coffee", 2.0, None),
        ("sky", None, "grey"),
    ]
    first, second = found["goals"]
    assert (first["state"], first["review"], str(first["reviewed_on"])) == ("reached", "did it", "2025-05-05")
    assert (second["state"], second["review"], second["measure"]) == ("open", None, None)
    assert [row["answer"] for row in found["reflections"]] == ["my sister"]
    assert [(row["question"], row["word"], row["note"]) for row in found["finding_feedback"]] == [
        ("B1", "not so", "I was ill")
    ]


def test_what_is_withdrawn_has_no_rows() -> None:
    """A withdrawn check-in leaves no answer behind in any table, and a withdrawn decision decides nothing."""
    journal = (
        told("a", replace(CHECK_IN, helped=("rest",), answers=(("coffee", 2.0),))),
        told("b", Goal("therapeutic", "calmer")),
        told("c", RunsMerged("x-1", "y-1")),
        told("d", DistanceCorrection("x-1", 8000.0)),
        told("e", RunTagged("x-1", ("easy",))),
        told("f", ImportReverted("one", ("hash",))),
        *(told(f"w{name}", EntryDeleted(name)) for name in "abcdef"),
    )
    found = journal_frames(journal, dt.UTC, dt.date(2025, 5, 5))  # type: ignore[arg-type]  # as above
    assert not any(found.values())
    decided = effective_decisions(journal)
    assert (decided.same_run, decided.distances, decided.tags, reverted_imports(journal)) == ({}, {}, {}, {})


def test_the_last_word_on_a_recording_counts() -> None:
    """Of several distances, tags and decisions about one recording the last one counts; no tags are tags, too."""
    journal = (
        told("a", DistanceCorrection("x-1", 8000.0)),
        told("b", DistanceCorrection("x-1", 8200.0)),
        told("c", RunTagged("x-1", ("easy", "trail"))),
        told("d", RunTagged("y-1", ("race",))),
        told("e", RunTagged("y-1", ())),
        told("f", RunsMerged("y-1", "x-1")),
        told("g", RunSplit("x-1", "y-1")),
    )
    decided = effective_decisions(journal)
    assert decided.distances == {"x-1": 8200.0}
    assert decided.tags == {"x-1": ("easy", "trail"), "y-1": ()}
    assert decided.same_run == {("x-1", "y-1"): False}
