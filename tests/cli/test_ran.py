"""Runs without a watch, and days of which the person says whether there was one, from the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

Command = Callable[..., Any]


def answer(cli: Command, question: str) -> list[dict[str, Any]]:
    """Rows of the published database."""
    rows: list[dict[str, Any]] = json.loads(cli("query", question, "--format", "json").written)
    return rows


def test_a_run_without_a_watch(cli: Command) -> None:
    """It stands among runs, in its day and its week, can be shown, and goes again when it is taken back."""
    told = cli("ran", "2026-11-10", "--minutes", "36", "--km", "6", "--effort", "5", "--note", "along the river")
    assert told.status == 0
    cli("summary")
    (run,) = answer(cli, "select run_id, distance_m, moving_s, effort, load, note, files from runs")
    assert [run[name] for name in ("distance_m", "moving_s", "effort", "load", "files")] == [6000, 2160, 5, 180, 0]
    (day,) = answer(cli, "select day_kind, known_from, runs from days where local_date = '2026-11-10'")
    assert day == {"day_kind": "unplanned_run", "known_from": "run", "runs": 1}
    assert cli("run", run["run_id"]).status == 0
    assert run["run_id"] in cli("runs").written
    assert "runmood ran 2026-11-10 --undo" in cli("run", run["run_id"], "--distance", "7").complained
    assert cli("ran", "2026-11-10", "--undo").status == 0
    cli("summary")
    assert answer(cli, "from runs") == []


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("2026-13-10", "--km", "6"), "2026-13-10"),
        (("2199-01-01", "--km", "6"), "2199-01-01"),
        (("2026-11-10", "--km", "6", "--minutes", "1"), "--minutes"),
        (("2026-11-10", "--km", "-6"), "--km"),
        (("2026-11-10", "--km", "6", "--at", "evening"), "evening"),
        (("2026-11-10", "--no", "--km", "6"), "--no"),
        (("2026-11-10", "--undo"), "10 November"),
    ],
)
def test_what_cannot_be_meant_is_asked_again(cli: Command, tmp_path: Path, words: tuple[str, ...], named: str) -> None:
    """What is wrong is named in one sentence, and the journal stays as it was."""
    told = cli("ran", *words)
    assert (told.status, named in told.complained) == (2, True)
    assert not (tmp_path / "home/journal/journal.jsonl").exists()


def import_cases(cli: Command, folder: Path, *names: str) -> None:
    """Import some of the shared cases."""
    for name in names:
        assert cli("import", str(folder / name)).status in (0, 1)


def planned(home: Path) -> None:
    """Plan a run on Tuesdays, Thursdays and Sundays, as said before the first of the cases."""
    habit = {"entry": "habit", "said_at": "2026-10-01T08:00:00+00:00", "weekdays": [2, 4, 7], "id": "0123456789abcdef"}
    (home / "journal").mkdir(parents=True, exist_ok=True)
    (home / "journal/journal.jsonl").write_text(json.dumps({"id": habit.pop("id"), **habit}) + "\n")


def kinds(cli: Command, first: str, last: str) -> dict[str, str]:
    """The kinds of the days from one to another."""
    days = {row["local_date"][:10]: row["day_kind"] for row in answer(cli, "select local_date, day_kind from days")}
    return {day: kind for day, kind in days.items() if first <= day <= last}


def test_a_phone_before_the_watch_is_synced(cli: Command, tmp_path: Path, case_runs: Path) -> None:
    """The phone's run of the 19th leaves planned days unknown until the watch has been read; then its runs stand."""
    planned(tmp_path / "home")
    import_cases(cli, case_runs, *(f"ctx_2026-11-{day}.fit" for day in ("03", "05", "08")), "phone_1119.gpx")
    between = kinds(cli, "2026-11-09", "2026-11-18")
    assert set(between.values()) == {"unknown"}
    assert len(between) == 10
    import_cases(cli, case_runs, *(f"ctx_2026-11-{day}.fit" for day in ("10", "12", "15", "17")))
    after = kinds(cli, "2026-11-09", "2026-11-17")
    assert [after[f"2026-11-{day}"] for day in (10, 12, 15, 17)] == ["planned_run"] * 4
    assert "missed_run" not in after.values()


def test_a_clock_ahead_changes_no_other_day(cli: Command, tmp_path: Path, case_runs: Path) -> None:
    """A watch 19 days ahead makes no planned day before its date a missed one, and none after it known."""
    planned(tmp_path / "home")
    inbox = tmp_path / "given"
    inbox.mkdir()
    shutil.copy2(case_runs / "ahead_19d.fit", inbox)
    import_cases(cli, case_runs, *(f"ctx_2026-11-{day}.fit" for day in ("03", "05", "08")))
    before = kinds(cli, "2026-11-01", "2026-12-31")
    import_cases(cli, inbox, "ahead_19d.fit")
    after = kinds(cli, "2026-11-01", "2026-12-31")
    assert {day: kind for day, kind in after.items() if day in before} == before
    assert not {"missed_run", "no_run", "planned_rest"} & {kind for day, kind in after.items() if day not in before}


@pytest.mark.parametrize(
    "words", [("not-a-run",), ("is-a-run",), ("use",), ("trim", "--to", "17:45"), ("split",), ("not-a-run", "--undo")]
)
def test_a_run_added_by_hand_has_no_file_to_correct(cli: Command, words: tuple[str, ...]) -> None:
    """Whatever corrects a file tells how a run that the person added is taken back, and not that it is unknown."""
    assert "runmood ran 2026-11-10 --undo" in cli("ran", "2026-11-10", "--km", "6").written
    cli("summary")
    told = cli(words[0], "last", *words[1:])
    assert (told.status, "runmood ran 2026-11-10 --undo" in told.complained) == (2, True)
