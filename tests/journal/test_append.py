from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.entries import Habit, PlannedDay
from runmood.journal.codec import to_line
from runmood.journal.store import JOURNAL_FILE, AppendResult, JournalReader, append, read

if TYPE_CHECKING:
    from pathlib import Path

EVENING = dt.datetime(2025, 5, 4, 21, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
WRITER = """
import datetime as dt, sys
from pathlib import Path
from runmood.journal.store import append
from runmood.core.checkins import CheckIn
from runmood.core.checkins import NewEntry as Said
at = dt.datetime(2025, 5, 4, tzinfo=dt.UTC)
for number in range(40):
    moment = at + dt.timedelta(minutes=number)
    append(Path(sys.argv[1]), [Said(moment, CheckIn(moment, "evening", 5.0, note=sys.argv[2]))])
"""

PROMISER = """
import datetime as dt, sys
from pathlib import Path
from runmood.journal.store import append
from runmood.core.checkins import CheckIn
from runmood.core.checkins import NewEntry as Said
at = dt.datetime(2025, 5, 4, tzinfo=dt.UTC)
for number in range(10_000):
    moment = at + dt.timedelta(minutes=number)
    append(Path(sys.argv[1]), [Said(moment, CheckIn(moment, "evening", 5.0, note=f"{sys.argv[2]}-{number}"))])
    print(f"{sys.argv[2]}-{number}", flush=True)
"""


def said(mood: float, **more: object) -> NewEntry:
    """A check-in said at the moment it speaks of."""
    return NewEntry(EVENING, CheckIn(at=EVENING, kind="evening", mood=mood, energy=5, **more))


def test_what_is_said_is_read_again(tmp_path: Path) -> None:
    """Check-ins, planned days and habits come back as they were said."""
    entries = [
        said(7, tags=("social",), note='Wind, "sun",\u2028 and <b>rain</b>', skip_reason="no time"),
        NewEntry(EVENING, PlannedDay(dt.date(2025, 5, 6), "run", 8000.0)),
        NewEntry(EVENING, Habit((2, 4, 7))),
    ]
    assert append(tmp_path, entries).new == 3
    assert [told.entry for told in read(tmp_path).records] == [entry.entry for entry in entries]


def test_the_same_entry_is_kept_once(tmp_path: Path) -> None:
    """Saying the same thing of the same moment again adds nothing."""
    assert append(tmp_path, [said(7)]).new == 1
    assert append(tmp_path, [said(7), said(8), said(8)]).new == 1
    assert len(read(tmp_path).records) == 2


def test_only_the_owner_may_read(tmp_path: Path) -> None:
    """The journal and its folder are their owner's alone, whatever the umask."""
    before = os.umask(0)
    append(tmp_path / "journal", [said(7)])
    os.umask(before)
    assert (tmp_path / "journal" / "journal.jsonl").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "journal").stat().st_mode & 0o777 == 0o700


def test_a_torn_line_spoils_no_other(tmp_path: Path) -> None:
    """A line cut by a power cut stays and is told of, when it is met and with its number; what is said next is safe."""
    append(tmp_path, [said(7)])
    path = tmp_path / "journal.jsonl"
    whole = path.read_bytes()
    path.write_bytes(whole + whole.replace(b"7", b"3")[:70])
    assert append(tmp_path, [said(3)]) == AppendResult(new=1, torn=True)
    assert append(tmp_path, [said(3)]) == AppendResult(new=0, torn=False)
    journal = read(tmp_path)
    assert [told.entry.mood for told in journal.records] == [7, 3]
    assert [(notice.code, dict(notice.message.values)["line"]) for notice in journal.notices] == [("torn-line", 2)]
    assert path.read_bytes().startswith(whole)


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    """Six processes that write at one time leave every line whole, while a reader sees none half written."""
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name]) for name in "abcdef"]
    while any(writer.poll() is None for writer in writers):
        assert read(tmp_path).notices == ()
    assert [writer.returncode for writer in writers] == [0] * 6
    journal = read(tmp_path)
    assert (len(journal.records), journal.notices) == (240, ())


def test_a_killed_writer_loses_nothing_it_had_promised(tmp_path: Path) -> None:
    """Killed at any moment, what a writer had come back from stands whole, and the next one goes on."""
    for number in range(6):
        command = [sys.executable, "-c", PROMISER, str(tmp_path), str(number)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout
            promised = [writer.stdout.readline() for _ in range(5 * number + 1)]
            writer.send_signal(signal.SIGKILL)
            promised += writer.stdout.readlines()
        notes = {told.entry.note for told in read(tmp_path).records if isinstance(told.entry, CheckIn)}
        assert {line.strip() for line in promised if line.endswith("\n")} <= notes
    assert append(tmp_path, [said(7)]).new == 1
    assert read(tmp_path).records[-1].entry == said(7).entry


def test_an_empty_home_has_an_empty_journal(tmp_path: Path) -> None:
    """Nothing said is nothing read."""
    assert read(tmp_path / "nowhere").records == ()


@settings(max_examples=50)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_told_of(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    """Whatever stands in the file, reading gives entries and notices and no crash."""
    folder = tmp_path_factory.mktemp("journal")
    (folder / "journal.jsonl").write_bytes(junk)
    append(folder, [said(6)])
    assert read(folder).records[-1].entry == said(6).entry


@pytest.mark.parametrize(
    "line",
    [
        '{"entry": "plan", "date": "2025-05-04", "planned": "run", "distance_m": -1}',
        '{"entry": "plan", "date": "2025-05-04", "planned": "run", "distance_m": ""}',
        '{"entry": "plan", "date": "9999-12-31", "planned": "run"}',
        '{"entry": "habit", "weekdays": [1e999]}',
        '{"entry": "habit", "weekdays": [0]}',
        '{"entry": "check-in", "at": "9999-12-31T23:59:59-23:59", "kind": "evening", "mood": 5}',
        '{"entry": "check-in", "at": "2025-05-04T21:00:00Z", "kind": "evening", "mood": null}',
        '{"entry": "check-in", "at": "2025-05-04T21:00:00Z", "kind": "evening", "mood": NaN}',
        '{"entry": "check-in", "at": "2025-05-04T21:00:00Z", "kind": "evening", "mood": 5, "note": "\\ud800"}',
        '{"entry": "check-in", "at": "2025-05-04T21:00:00Z", "kind": "evening", "mood": 5, "tags": [[]]}',
        '{"entry": "poem", "text": "…"}',
        "[]",
    ],
)
def test_a_line_that_cannot_be_true_is_told_of(tmp_path: Path, line: str) -> None:
    """A line with a value that no day or scale has is left out with a notice, and everything else is read."""
    append(tmp_path, [said(7)])
    head = '{"id": "0123456789abcdef", "said_at": "2025-05-04T21:00:00+00:00", '
    with (tmp_path / "journal.jsonl").open("a", encoding="utf-8") as journal:
        journal.write(line.replace("{", head, 1) + "\n")
    told = read(tmp_path)
    assert [each.entry for each in told.records] == [said(7).entry]
    assert len(told.notices) == 1


def test_a_reader_that_reads_on_says_what_reading_anew_says(tmp_path: Path) -> None:
    """Lines added, torn, ended, written by a sync tool and removed: each time both readers have the same entries."""
    reader, own, other = JournalReader(tmp_path), tmp_path / JOURNAL_FILE, tmp_path / "journal-phone.jsonl"
    whole = ["\n".join(to_line(said(mood)) for mood in moods) + "\n" for moods in ((1, 2), (3, 4), (5, 6))]
    steps = [
        (own, whole[0]), (own, whole[0] + whole[1][:-9]), (own, whole[0] + whole[1]), (other, whole[2]),
        (own, whole[1] + whole[0]), (other, whole[2][:-1]), (own, whole[0]), (other, ""), (own, "no line\n" + whole[2]),
    ]  # fmt: skip
    assert reader.records() == ()
    for path, content in steps:
        path.write_text(content, encoding="utf-8")
        assert reader.records() == read(tmp_path).records
    other.unlink()
    assert reader.records() == read(tmp_path).records
