"""The command `plan` as a person types it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]
SOON = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=3)  # a day that has begun nowhere
LATER, LONG_AGO = SOON + dt.timedelta(days=1), SOON - dt.timedelta(days=30)


def said(folder: Path) -> list[tuple[str, str | None]]:
    """The day and the plan of each line of the journal."""
    path = folder / "home/journal/journal.jsonl"
    lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return [(line.get("date", line["entry"]), line.get("planned")) for line in lines]


def calendar(folder: Path, *events: tuple[dt.date, str]) -> str:
    """A calendar of all-day events in a file."""
    body = "".join(
        f"BEGIN:VEVENT\r\nUID:{title}\r\nDTSTART;VALUE=DATE:{date:%Y%m%d}\r\nSUMMARY:{title}\r\nEND:VEVENT\r\n"
        for date, title in events
    )
    path = folder / "plan.ics"
    path.write_text(f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Spring\r\n{body}END:VCALENDAR\r\n", encoding="utf-8", newline="")
    return str(path)


def test_a_calendar_is_planned_and_its_next_version_changes_it(cli: Command, tmp_path: Path) -> None:
    """What is new is said, the same again is not, and what is gone is taken back; days that have begun are left."""
    first = cli("plan", calendar(tmp_path, (LONG_AGO, "Recovery run"), (SOON, "Easy run 8 km"), (LATER, "Long run")))
    assert (first.status, first.written.splitlines()[:3]) == (
        0,
        ["Spring: 2 planned.", "This file: 3 run.", "1 day has already begun, so we left it alone."],
    )
    assert f"{SOON:%a %d %b %Y}  run   Easy run 8 km  8.0 km" in first.written
    again = cli("plan", calendar(tmp_path, (SOON, "Easy run 8 km"), (LATER, "Long run")))
    assert again.written.startswith("Spring: 2 unchanged.")
    changed = cli("plan", calendar(tmp_path, (LONG_AGO, "Recovery run"), (LATER, "Rest day")))
    assert changed.written.startswith("Spring: 1 changed, 1 removed.")
    assert said(tmp_path) == [(f"{SOON}", "run"), (f"{LATER}", "run"), (f"{LATER}", "rest"), (f"{SOON}", None)]


def test_a_dry_run_changes_nothing(cli: Command, tmp_path: Path) -> None:
    """It tells what would happen, and makes no home."""
    answer = cli("plan", "--dry-run", calendar(tmp_path, (SOON, "Easy run")))
    assert answer.written.startswith("Nothing was changed. This would happen:\nSpring: 1 planned.")
    assert not (tmp_path / "home").exists()


def test_what_is_unsure_asks_for_a_look(cli: Command, tmp_path: Path) -> None:
    """It is named and left out, with exit status 1, until the person says what it is."""
    file = calendar(tmp_path, (SOON, "Club night"), (LATER, "Workout"))
    unsure = cli("plan", file)
    assert (unsure.status, "(Workout)" in unsure.written, said(tmp_path)) == (1, True, [])
    assert cli("plan", file, "--match", "club night, workout").status == 0
    assert said(tmp_path) == [(f"{SOON}", "run"), (f"{LATER}", "run")]
    assert cli("plan", file, "--all-runs", "--name", "Other").written.startswith("Other: 2 planned.")


def test_a_day_is_taken_back_by_hand(cli: Command, tmp_path: Path) -> None:
    """Before it begins, whatever planned it, and also where only the week did."""
    cli("plan", "--habit", "mon tue wed thu fri sat sun")
    assert cli("plan", "--drop", f"{SOON}").status == 0
    shown = cli("plan").written.splitlines()
    assert f"{SOON:%a %d %b %Y}  no plan  removed by you" in shown
    assert f"{LATER:%a %d %b %Y}  run   from your week" in shown
    assert len(shown) == 14
    assert said(tmp_path)[1:] == [(f"{SOON}", None)]


def test_the_coming_two_weeks_and_where_each_plan_comes_from(cli: Command, tmp_path: Path) -> None:
    """A calendar is named, with how often it changed; without any plan a sentence says how to make one."""
    assert cli("plan").written.startswith("No plan for the next two weeks.")
    cli("plan", calendar(tmp_path, (SOON, "Easy run")))
    cli("plan", calendar(tmp_path, (SOON, "Easy run 8 km")))
    assert f"{SOON:%a %d %b %Y}  run   Easy run 8 km  8.0 km  from Spring, written 2 times" in cli("plan").written


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--habit", "tue someday"), 'know the day "someday"'),
        (("--habit", ""), "Which days?"),
        (("--habit", "tue", "--drop", f"{SOON}"), "One at a time"),
        (("--drop", f"{LONG_AGO}"), "has begun, so its plan stays as it was at 4 am"),
    ],
)
def test_what_cannot_be_planned_is_a_sentence(cli: Command, words: tuple[str, ...], sentence: str) -> None:
    """With exit status 2, and nothing said."""
    answer = cli("plan", *words)
    assert (answer.status, sentence in answer.complained) == (2, True)


def test_a_broken_event_is_set_aside(cli: Command, tmp_path: Path) -> None:
    """The other events are planned; line and title of the broken one are told, and the status asks for a look."""
    file = Path(calendar(tmp_path, (SOON, "Easy run"), (LATER, "Long run")))
    file.write_bytes(file.read_bytes().replace(f"{LATER:%Y%m%d}".encode(), b"tomorrow"))
    answer = cli("plan", str(file))
    assert (answer.status, "line 8 (Long run): " in answer.written, len(said(tmp_path))) == (1, True, 1)
