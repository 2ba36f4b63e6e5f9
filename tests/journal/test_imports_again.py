"""An export imported again: what is new, what the journal has, and where the two disagree."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from drawn import number, rows

from runmood.core.checkins import CheckIn, EntryDeleted, EntryEdited, NewEntry
from runmood.core.i18n import translator
from runmood.journal.imports.compare import compare
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from pathlib import Path

ENGLISH = translator("en", "metric")
AT = dt.datetime(2026, 2, 8, 18, 43, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(days=30)


def said(mood: float, minute: int = 0, **more: object) -> NewEntry:
    """An entry of the export."""
    at = AT + dt.timedelta(minutes=minute)
    return NewEntry(at, CheckIn(at, "evening", mood, source="daylio", raw=f"mood={mood}", **more))  # type: ignore[arg-type]


AGAIN = """
    | the person here    | the file now | new | tells                                           |
    | left it            | 6            | 0   |                                                 |
    | left it            | 8            | 0   | mood 6 here, 8 in the file.                     |
    | changed it to 7    | 6            | 0   |                                                 |
    | changed it to 7    | 7            | 0   |                                                 |
    | changed it to 7    | 8            | 0   | mood 7 here, 8 in the file. You changed it here |
    | took it back       | 6            | 0   |                                                 |
    | took it back       | 8            | 0   | you took it back here, and it stays so          |
"""


@pytest.mark.parametrize("case", rows(AGAIN), ids=lambda case: f"{case['the person here']}, {case['the file now']}")
def test_the_same_moment_again(tmp_path: Path, case: dict[str, str]) -> None:
    """An entry is known by its source and moment: it is never doubled, and nothing that was taken back comes back."""
    append(tmp_path, [said(6)])
    (first,) = read(tmp_path).records
    deeds = {"changed it to 7": EntryEdited(first.id, replace(said(7).entry)), "took it back": EntryDeleted(first.id)}  # type: ignore[arg-type]
    if deed := deeds.get(case["the person here"]):
        append(tmp_path, [NewEntry(LATER, deed)])
    found = compare([said(number(case["the file now"]) or 0)], read(tmp_path).records)
    assert len(found.new) == int(case["new"])
    assert len(found.disagreements) == bool(case["tells"])
    assert all(case["tells"] in each.spoken(ENGLISH) for each in found.disagreements)


def test_only_what_is_new_is_taken(tmp_path: Path) -> None:
    """Of a longer export the entries that the journal has not heard are new, two of one minute too."""
    append(tmp_path, [said(6), said(7, 10)])
    found = compare([said(6), said(7, 10), said(4, 10), said(5, 20)], read(tmp_path).records)
    assert [each.entry.mood for each in found.new] == [4, 5]  # type: ignore[union-attr]
    assert found.disagreements == ()


def test_another_way_of_writing_is_no_other_answer(tmp_path: Path) -> None:
    """The same answers under another raw value are neither new nor a disagreement."""
    append(tmp_path, [said(6)])
    other = NewEntry(AT, replace(said(6).entry, raw="mood=3 of 1-5"))  # type: ignore[type-var]
    found = compare([other], read(tmp_path).records)
    assert (found.new, found.disagreements) == ((), ())


def test_the_words_of_a_disagreement(tmp_path: Path) -> None:
    """Each answer that differs is shown on both sides, with the entry's name to change it by."""
    append(tmp_path, [said(6, note="wind")])
    (first,) = read(tmp_path).records
    (told,) = compare([said(6, tags=("run", "friends"))], read(tmp_path).records).disagreements
    assert told.spoken(ENGLISH) == (
        f"2026-02-08 18:43, daylio ({first.id[:8]}): tags unsaid here, run, friends in the file; "
        'note "wind" here, unsaid in the file.'
    )


def test_the_files_word_is_taken_as_a_change(tmp_path: Path) -> None:
    """Once the person takes the file's word it stands, under the first id, and is no disagreement any more.

    It is not late, and the file may change again; what the person changed by hand stays as they said it.
    """
    append(tmp_path, [said(6), said(3, 10)])
    first, second = read(tmp_path).records
    append(tmp_path, [NewEntry(LATER, EntryEdited(second.id, replace(said(4, 10).entry)))])  # type: ignore[arg-type]
    for mood in (8, 9):
        found = compare([said(mood), said(9, 10)], read(tmp_path).records)
        assert [each.settled for each in found.disagreements] == [False, True]
        append(tmp_path, found.as_theirs())
    stands = effective_entries(read(tmp_path).records)
    assert [(each.id, each.entry.mood, each.said_at) for each in stands] == [  # type: ignore[union-attr]
        (first.id, 9, AT),
        (second.id, 4, LATER),
    ]
