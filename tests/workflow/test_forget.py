"""What is forgotten is gone: from the journal, its copies, the database, the pages and the records of nights."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import shutil
from typing import TYPE_CHECKING

import pytest

from runmood.core.checkins import CheckIn, EntriesForgotten, EntryDeleted, EntryEdited, NewEntry
from runmood.core.entries import CareReported, Goal, Reflection, RunJudged
from runmood.home.home import Home, open_home
from runmood.home.work_folder import record_outside_copy
from runmood.journal.codec import id_of
from runmood.journal.decisions import effective_decisions
from runmood.journal.forget import choose_entries, forget
from runmood.journal.store import JournalReader, append, read
from runmood.warehouse.queries import run_query
from runmood.workflow import steps
from runmood.workflow.night import count_journal_lines

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Command

AT = dt.datetime(2026, 5, 4, 21, tzinfo=dt.UTC)
WORDS = 'the night at Ana\'s, "never again" <é>'
TORN = b"the night at Ana's"
CHANGED = "only a long evening, changed later"
KEPT = "a quiet run by the river"
HOUR = dt.timedelta(hours=1)


def said(mood: float, note: str, days: int = 0) -> NewEntry:
    """A check-in of an evening."""
    at = AT + dt.timedelta(days=days)
    return NewEntry(at, CheckIn(at, "evening", mood, note=note))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home in which a note stands in every place that a note comes to."""
    home = open_home(tmp_path / "home")
    first = said(2, WORDS)
    entries = [first, said(6, KEPT, 1), *(said(5, f"a note of day {day}", day) for day in range(2, 30))]
    append(home.journal, entries)
    append(home.journal, [NewEntry(AT + HOUR, EntryEdited(id_of(first), CheckIn(AT, "evening", 3, note=CHANGED)))])
    shutil.copy(home.journal / "journal.jsonl", home.journal / "journal.sync-conflict-1.jsonl")
    with (home.journal / "journal.jsonl").open("ab") as journal:
        journal.write(b'{"id": "0123456789abcdef", "entry": "check-in", "note": "' + TORN)
    steps.run_pipeline(home, AT.date() + dt.timedelta(days=30))
    (home.work / "prefect").mkdir()
    (home.work / "prefect" / "prefect.db").write_text(WORDS, encoding="utf-8")
    shutil.copy(home.published, home.work / "runmood.duckdb.damaged-1")
    shutil.copy(home.page, home.page.with_name("2026-05.html"))
    return home


def bytes_of(home: Home) -> dict[Path, bytes]:
    """Every file of a home."""
    return {path: path.read_bytes() for path in home.root.rglob("*") if path.is_file()}


def test_no_byte_of_what_is_forgotten_is_left(home: Home, cli: Command) -> None:
    """Neither the note nor its later change stands in any file; every other note is where it was; nothing is missed."""
    first = read(home.journal).records[0].id
    assert any(b"never again" in content for content in bytes_of(home).values())
    typed = cli("forget", first[:8], "--yes")
    assert typed.status == 0
    left = bytes_of(home)
    assert [path for path, content in left.items() if b"never again" in content or b"long evening" in content] == []
    assert [path for path, content in left.items() if TORN in content] != []  # the torn line
    assert KEPT.encode() in left[home.journal / "journal.jsonl"]
    assert run_query(home.published, "from check_ins").height == 29
    assert run_query(home.work / "runmood.duckdb", "from check_ins").height == 29
    assert cli("verify").status in {0, 1}
    assert home.say("cli.verify.missing", entries=1) not in cli("verify").written


def test_a_span_and_everything(home: Home, cli: Command) -> None:
    """A span takes the entries of its days, everything all of them; what was decided of files stays."""
    append(
        home.journal, [NewEntry(AT, RunJudged("aa", "not-a-run")), NewEntry(AT, Goal("therapeutic", "be kind to me"))]
    )
    append(home.journal, [NewEntry(AT, Reflection(AT.date(), "month", "How was it?", "better than I thought"))])
    assert cli("forget", "--from", "2026-05-06", "--to", "2026-05-20", "--yes").status == 0
    assert run_query(home.published, "from check_ins").height == 15
    assert cli("forget", "--everything", "--yes").status == 0
    kinds = {type(each.entry).__name__ for each in read(home.journal).records}
    assert kinds == {"RunJudged", "EntriesForgotten"}
    for words in (KEPT, "be kind to me", "better than I thought", "a note of day"):
        assert [path for path, content in bytes_of(home).items() if words.encode() in content] == []


def test_what_was_taken_back_of_a_run_stays_taken_back(tmp_path: Path) -> None:
    """A withdrawal of a decision on a run stays with it; one of a check-in goes with it, whichever of them is named."""
    first = said(2, WORDS)
    judged = NewEntry(AT, RunJudged("aa", "not-a-run"))
    append(tmp_path, [first, judged, NewEntry(AT, CareReported(AT.date(), "ill"))])
    append(tmp_path, [NewEntry(AT + HOUR, EntryDeleted(id_of(each))) for each in (judged, first)])
    chosen = choose_entries(read(tmp_path).records, lambda _: True)
    forget(tmp_path, [], chosen, AT)
    left = read(tmp_path).records
    assert [type(each.entry) for each in left] == [RunJudged, EntryDeleted, EntriesForgotten]
    assert effective_decisions(left).is_run == {}


def test_what_was_handed_out_is_named(home: Home, cli: Command, tmp_path: Path) -> None:
    """Backups and pages that may hold the words are named, with exit status 1; so is a file of the inbox."""
    assert cli("backup", str(tmp_path / "b.zip")).status == 0
    assert cli("share", "--html", "--yes", "--from", "2026-05-04", "--to", "2026-05-30").status == 0
    (home.inbox / "note.json").write_text('[{"mood": 1, "note": "only a long evening, changed later"}]')
    typed = cli("forget", "last", "--yes")
    assert str(tmp_path / "b.zip") in typed.written
    typed = cli("forget", "--everything", "--yes")
    assert (typed.status, str(home.inbox / "note.json") in typed.written) == (1, True)


def test_a_page_with_figures_alone_is_named_where_everything_goes(home: Home, cli: Command, tmp_path: Path) -> None:
    """A shared page without a word of them still shows how they were; of one note it says nothing."""
    page = tmp_path / "for-my-doctor.html"
    page.write_text("a line of moods", encoding="utf-8")
    record_outside_copy(home, "page", page)
    typed = cli("forget", read(home.journal).records[0].id[:8], "--yes")
    assert str(page) not in typed.written
    typed = cli("forget", "--everything", "--yes")
    assert str(page) in typed.written
    assert "Delete this file yourself" in typed.written


def test_nothing_goes_without_a_yes(home: Home, cli: Command) -> None:
    """Without a terminal and without --yes nothing is deleted; without a choice it is asked for."""
    before = (home.journal / "journal.jsonl").read_bytes()
    assert cli("forget", "last").status == 2
    assert cli("forget").status == 2
    assert cli("forget", "last", "--everything", "--yes").status == 2
    assert (home.journal / "journal.jsonl").read_bytes() == before


def test_what_another_machine_brings_back_is_not_read_and_goes_at_night(home: Home, cli: Command) -> None:
    """A copy of the journal that a sync tool brings afterwards gives nothing back, and loses it the next night."""
    copy = (home.journal / "journal.jsonl").read_bytes()
    cli("forget", read(home.journal).records[0].id, "--yes")
    back = home.journal / "journal.sync-conflict-2.jsonl"
    back.write_bytes(copy)
    notes = [each.entry.note for each in read(home.journal).records if isinstance(each.entry, CheckIn)]
    assert WORDS not in notes
    assert WORDS not in [getattr(each.entry, "note", None) for each in JournalReader(home.journal).records()]
    steps.run_pipeline(home, home.today())
    assert b"never again" not in back.read_bytes()
    assert KEPT.encode() in back.read_bytes()
    append(home.journal, [said(2, WORDS)])
    assert WORDS not in (home.journal / "journal.jsonl").read_text(encoding="utf-8")


def test_where_nothing_can_be_made_it_is_deleted(home: Home, cli: Command) -> None:
    """A slip in the settings leaves no database with the words; it is told, and the journal is clean."""
    home.settings_file.write_text('time_zone = "Europe/Athnes"\n', encoding="utf-8")
    typed = cli("forget", "--everything", "--yes")
    assert typed.status == 1
    assert [path for path, content in bytes_of(home).items() if b"never again" in content] == []
    assert count_journal_lines(home, AT.date()).sentence


def write_many(folder: Path, count: int) -> None:
    """Add many check-ins, one at a time."""
    for number in range(count):
        append(folder, [said(5, f"written meanwhile {number}", number)])


def test_a_check_in_made_meanwhile_is_not_lost(tmp_path: Path) -> None:
    """Who waits for the journal while it is rewritten writes into the new one."""
    append(tmp_path, [said(3, f"to be forgotten {number}", number) for number in range(60)])
    writer = multiprocessing.get_context("fork").Process(target=write_many, args=(tmp_path, 200))
    writer.start()
    for record in read(tmp_path).records[:60]:
        chosen = choose_entries(read(tmp_path).records, lambda each, name=record.id: each.id == name)  # type: ignore[misc]
        forget(tmp_path, [], chosen, AT)
    writer.join()
    notes = {each.entry.note for each in read(tmp_path).records if isinstance(each.entry, CheckIn)}
    assert notes == {f"written meanwhile {number}" for number in range(200)}
