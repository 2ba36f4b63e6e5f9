"""Check-ins that were dropped in the inbox as a file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import made, read_inbox

from runmood.home.home import Home, open_home
from runmood.ingest.report import batch_as_text
from runmood.journal import checkin_files
from runmood.warehouse.queries import run_query
from runmood.workflow import imports as commands

if TYPE_CHECKING:
    from pathlib import Path

SHEET = "date,time,kind,mood,energy\n2025-11-01,21:00,evening,7,6\n2025-11-02,21:00,evening,4,5\n"
SPOILT = SHEET + "2025-11-03,21:00,evening,eleven,5\n"
ONE = json.dumps({"mood": 3, "energy": 2, "kind": "morning", "at": "2025-11-04T07:30:00+00:00"})


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home in UTC."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "settings.toml").write_text('time_zone = "UTC"\n', encoding="utf-8")
    return open_home(tmp_path / "home")


def moods(home: Home) -> list[float]:
    """Every mood of the published database, by moment."""
    return run_query(home.published, "select mood from check_ins order by felt_at")["mood"].to_list()


def test_sheets_and_json_become_check_ins(home: Home) -> None:
    """A CSV and a JSON file of check-ins, whatever they are called, stand in the journal once and in the tables."""
    (home.inbox / "kept.txt").write_text(SHEET, encoding="utf-8")
    (home.inbox / "shortcut.json").write_text(ONE, encoding="utf-8")
    made(made(home))
    assert moods(home) == [7, 4, 3]
    outcomes = run_query(home.published, "select distinct outcome from source_files")
    assert outcomes["outcome"].to_list() == ["check_ins"]
    assert run_query(home.published, "select sum(said) as said from imports")["said"].to_list() == [2]


def test_a_wrong_line_refuses_the_whole_file(home: Home) -> None:
    """Of a sheet with a wrong cell nothing is taken; the line, the cell and the file are named."""
    (home.inbox / "spoilt.csv").write_text(SPOILT, encoding="utf-8")
    batch = read_inbox(home)
    assert not batch.clean
    told = batch_as_text(home.say, batch)
    assert "spoilt.csv" in told
    assert "Line 4" in told
    assert not (home.journal / "journal.jsonl").exists()


def test_of_very_many_faults_the_first_are_told(home: Home) -> None:
    """A file in which everything is wrong is one refused file with one sentence, and ends no import."""
    faulty = [{"mood": 99, "energy": 5, "at": "x", f"odd{number}": 1} for number in range(2000)]
    (home.inbox / "spoilt.json").write_text(json.dumps(faulty), encoding="utf-8")
    strange = {"mood": 7, "energy": 5, "at": "2025-05-04", **{f"odd{number}": 1 for number in range(2000)}}
    (home.inbox / "strange.json").write_text(json.dumps([strange]), encoding="utf-8")
    told = batch_as_text(home.say, read_inbox(home))
    assert home.say("error.check_ins.and_more", faults="", left=1990) in told
    assert len(told) < 10_000


@pytest.mark.parametrize(("name", "content"), [("a.csv", SHEET), ("a.json", f"[{ONE},{ONE},{ONE}]")])
def test_more_than_a_life_of_check_ins_is_refused(
    home: Home, name: str, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each would be checked, written and joined before anybody sees that they are too many."""
    monkeypatch.setattr(checkin_files, "MOST", 1)
    (home.inbox / name).write_text(content, encoding="utf-8")
    assert home.say("error.check_ins.too_many", most=1) in batch_as_text(home.say, read_inbox(home))
    assert not (home.journal / "journal.jsonl").exists()


def test_a_rebuild_says_nothing_twice(home: Home) -> None:
    """The file stays in the inbox; reading it again after everything made was forgotten adds no line to the journal."""
    (home.inbox / "kept.csv").write_text(SHEET, encoding="utf-8")
    made(home)
    lines = (home.journal / "journal.jsonl").read_bytes()
    commands.rebuild(home)
    assert (home.journal / "journal.jsonl").read_bytes() == lines
    assert moods(home) == [7, 4]


def test_a_preview_changes_nothing(home: Home, tmp_path: Path) -> None:
    """What an import would come to counts the file as check-ins, and the journal stays as it is."""
    (tmp_path / "kept.csv").write_text(SHEET, encoding="utf-8")
    batch = commands.preview_of(home, [tmp_path / "kept.csv"])
    assert batch.counts["said"] == 1
    assert not (home.journal / "journal.jsonl").exists()
