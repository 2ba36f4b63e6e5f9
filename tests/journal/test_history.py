"""A journal that shrinks, changes or forks is noticed, and no odd line ends anything."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import pytest

from runmood.core.checkins import CheckIn, NewEntry
from runmood.journal.store import COPIES_KEPT, append, keep_copy, missing_ids, note_seen, read, restore_copy

if TYPE_CHECKING:
    from pathlib import Path


AT = dt.datetime(2026, 11, 15, 21, tzinfo=dt.UTC)


def said(mood: float, note: str = "", hours: int = 0) -> NewEntry:
    """A check-in of an evening."""
    at = AT + dt.timedelta(hours=hours)
    return NewEntry(at, CheckIn(at, "evening", mood, note=note or None))


def write(folder: Path, *lines: str, name: str = "journal.jsonl") -> None:
    """Add lines to a file of the journal by hand."""
    with (folder / name).open("a", encoding="utf-8") as journal:
        journal.writelines(f"{line}\n" for line in lines)


def line(**fields: object) -> str:
    """A line as a hand would write it."""
    head = {"id": "dddddddddddddddd", "entry": "check-in", "said_at": AT.isoformat(), "at": AT.isoformat()}
    return json.dumps(head | {"kind": "evening", "mood": 5.0} | fields)


@pytest.mark.parametrize("name", ["journal.sync-conflict-20261121-080000-ABC.jsonl", "journal-phone.jsonl"])
def test_all_files_of_the_journal_are_one(tmp_path: Path, name: str) -> None:
    """What another machine wrote is read in order of time, what stands in both counts once, and nothing is noticed."""
    append(tmp_path, [said(5, hours=0), said(7, hours=20)])
    shutil.copy(tmp_path / "journal.jsonl", tmp_path / name)
    append(tmp_path / "other", [said(2, "on the laptop", hours=10)])
    write(tmp_path, (tmp_path / "other" / "journal.jsonl").read_text(encoding="utf-8").strip(), name=name)
    journal = read(tmp_path, verify=True)
    assert [record.entry.scores["mood"] for record in journal.records if isinstance(record.entry, CheckIn)] == [5, 2, 7]
    assert journal.notices == ()


def test_an_entry_changed_in_place_is_told(tmp_path: Path) -> None:
    """A mood edited under its old id counts as it stands, and its line is named."""
    append(tmp_path, [said(5), said(6, hours=1)])
    path = tmp_path / "journal.jsonl"
    path.write_text(path.read_text(encoding="utf-8").replace('"mood": 6', '"mood": 2'), encoding="utf-8")
    journal = read(tmp_path, verify=True)
    assert [(notice.code, dict(notice.message.values)["line"]) for notice in journal.notices] == [("changed-line", 2)]
    assert len(journal.records) == 2


def test_of_two_lines_with_one_id_the_true_one_counts(tmp_path: Path) -> None:
    """A second line that says something else under an id is told, whichever of the two stands first."""
    append(tmp_path, [said(5)])
    true = (tmp_path / "journal.jsonl").read_text(encoding="utf-8").strip()
    false = true.replace('"mood": 5', '"mood": 9')
    for number, lines in enumerate(((true, false), (false, true))):
        folder = tmp_path / str(number)
        folder.mkdir()
        write(folder, *lines)
        journal = read(folder)
        assert [record.entry for record in journal.records] == [said(5).entry]
        assert [notice.code for notice in journal.notices] == ["doubled-id"]


@pytest.mark.parametrize(
    "odd",
    [
        '{"id": "aa", "entry": "check-in", "answers": ' + "[" * 5000 + "]" * 5000 + "}",
        "[" * 200_000,
        line(answers={"": 2}),
        line(answers={"a\0b": 2}),
        line(answers={"a\x1b[2J": 2}),
        line(mood=10**400),
        line(at="1970-01-01T00:00:00+00:00"),
        line(at="2199-12-31T23:59:00+00:00"),
        line(at="2031-01-01T00:00:00+00:00"),
        json.dumps({"id": "cc", "entry": "plan", "said_at": AT.isoformat(), "date": "1970-12-31", "planned": "run"}),
        json.dumps({"id": "cc", "entry": "plan", "said_at": AT.isoformat(), "date": "2098-12-31", "planned": "run"}),
        json.dumps({"id": "cc", "entry": ["plan"], "said_at": AT.isoformat()}),
        "12",
        "null",
    ],
)
def test_one_odd_line_ends_nothing(tmp_path: Path, odd: str) -> None:
    """It is set aside and named, and all else is read."""
    write(tmp_path, odd)
    append(tmp_path, [said(5)])
    journal = read(tmp_path, verify=True)
    assert [record.entry for record in journal.records] == [said(5).entry]
    assert [notice.code for notice in journal.notices] == ["torn-line"]


def test_a_name_with_quotes_is_a_name(tmp_path: Path) -> None:
    """A question may be called as a person likes: it is quoted where a database reads it."""
    write(tmp_path, line(answers={"a b\"'; drop table days; --": 1}))
    assert len(read(tmp_path).records) == 1


def test_what_is_missing_is_noticed_and_comes_back(tmp_path: Path) -> None:
    """Entries that were seen and are gone are counted; the copy of an earlier day brings them back."""
    folder, work = tmp_path / "journal", tmp_path / "work"
    work.mkdir()
    append(folder, [said(mood, hours=mood) for mood in range(5)])
    ids = [record.id for record in read(folder).records]
    note_seen(work, ids)
    for day in range(1, 29):
        keep_copy(folder, work, dt.date(2026, 11, day))
    assert len(list((work / "journals").glob("*"))) == COPIES_KEPT
    (folder / "journal.jsonl").unlink()
    append(folder, [said(9, hours=9)])
    assert len(missing_ids(work, (record.id for record in read(folder).records))) == 5
    assert restore_copy(folder, work) == work / "journals" / "2026-11-28.jsonl"
    assert {*ids} < {record.id for record in read(folder).records}


@pytest.mark.parametrize("kept", [b"", b"{", b"12", b"{}", b'{"ids": 3}', b"\xff", b"[" * 100_000])
def test_an_unreadable_memory_counts_as_none(tmp_path: Path, kept: bytes) -> None:
    """What is made and cannot be read stops nobody."""
    (tmp_path / "journal-seen.json").write_bytes(kept)
    assert missing_ids(tmp_path, ["aa"]) == frozenset()
