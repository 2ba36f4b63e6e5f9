"""Somebody says that they are hurt, and later better: the days, the plan and A1 follow their word."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from runmood.core.checkins import NewEntry
from runmood.core.entries import PlannedDay, ReportedDay
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

Command = Callable[..., Any]


def answer(typed: Command, question: str) -> list[dict[str, Any]]:
    """Rows of the published database."""
    rows: list[dict[str, Any]] = json.loads(typed("query", question, "--format", "json").written)
    return rows


def test_a_time_of_injury_is_told_begun_and_ended(cli: Command, tmp_path: Any) -> None:
    """Days without a run are ill or injured, never skipped; undo takes it back; the return compares nothing."""
    for number, outing in enumerate(simulate(dt.date(2025, 11, 21), days=30).outings[:6]):
        (tmp_path / f"{number}.fit").write_bytes(recorded_as(outing, "fit"))
    cli("import", *(str(tmp_path / f"{number}.fit") for number in range(6)))
    assert "wait" in cli("hurt", "2025-11-01").written
    cli("summary")
    days = answer(cli, "select local_date, care, day_kind, runs from days where local_date >= '2025-11-01'")
    assert {row["care"] for row in days} == {"injured"}
    assert {row["day_kind"] for row in days if not row["runs"]} == {"ill_or_injured"}
    assert "injured since" in cli("summary").written
    assert "Good to hear" in cli("better", "2025-11-09").written
    cli("summary")
    cares = answer(cli, "select care, count(*) as days from days group by care")
    assert {row["care"]: row["days"] for row in cares}["injured"] == 8
    assert {row["care"]: row["days"] for row in cares}["returning"] == 42
    seen = answer(cli, "from findings where question = 'A1' and night >= '2025-11-01' and state = 'seen'")
    assert [row for row in seen if row["night"] < "2025-12-21"] == []
    cli("better", "--undo")
    cli("summary")
    assert answer(cli, "select count(*) as days from days where care = 'returning'") == [{"days": 0}]


def test_better_needs_a_beginning(cli: Command) -> None:
    """Without a beginning there is no end, a day to come is none, and nothing is taken back twice."""
    for words, sentence in (
        (("better",), "haven't said"),
        (("ill", "2099-01-01"), "still to come"),
        (("ill", "soon"), "soon"),
        (("ill", "--undo"), "nothing to take back"),
    ):
        answered = cli(*words)
        assert (answered.status, sentence in answered.complained) == (2, True)


def test_a_check_in_offers_it_and_says_no_more(cli: Command) -> None:
    """A tag that says ill or injured brings one line with the commands, until it is said; nothing begins by itself."""
    told = cli("check-in", "--mood", "5", "--energy", "4", "--tag", "injured").written
    assert "runmood hurt" in told
    assert "runmood hurt" not in cli("check-in", "--mood", "5", "--energy", "4").written
    cli("hurt")
    assert "runmood hurt" not in cli("check-in", "--mood", "5", "--energy", "3", "--tag", "injured").written


DAY = "2026-11-10"


def reason(words: str, hour: int) -> tuple[str, ...]:
    """A check-in of the day with a reason for no run."""
    return ("check-in", "--mood", "5", "--energy", "5", "--at", f"{DAY} {hour:02}:00", "--skip-reason", words)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ([("ill", DAY)], "ill_or_injured"),
        ([("ill", DAY), ("better", DAY)], "ill_or_injured"),
        ([("hurt", DAY), ("better", DAY)], "ill_or_injured"),
        ([("ill", DAY), ("better", DAY), ("better", "--undo")], "ill_or_injured"),
        ([("ill", DAY), ("ill", "--undo")], "missed_run"),
        ([("ill", DAY), ("better", DAY), ("ill", "--undo")], "missed_run"),
        ([reason("unwell", 8), reason("no time", 21)], "ill_or_injured"),
        ([reason("injured", 8), reason("weather", 21)], "ill_or_injured"),
        ([reason("travel", 8), reason("no time", 21)], "away"),
        ([reason("unwell", 21), ("check-in", "--edit", "last", "--skip-reason", "no time")], "missed_run"),
    ],
)
def test_a_day_of_illness_stays_one(cli: Command, tmp_path: Any, words: list[tuple[str, ...]], kind: str) -> None:
    """Who was ill in the morning and better in the evening was ill that day; a mistake is undone or edited."""
    cli("log")
    date = dt.date.fromisoformat(DAY)
    planned = NewEntry(dt.datetime(2026, 11, 1, tzinfo=dt.UTC), PlannedDay(date, "run"))
    append(tmp_path / "home" / "journal", [planned, NewEntry(planned.said_at, ReportedDay(date, "no run"))])
    for each in words:
        assert cli(*each).status == 0
    cli("summary")
    assert answer(cli, "select day_kind from days where local_date = '2026-11-10'") == [{"day_kind": kind}]
    later = answer(cli, "select distinct care from days where local_date > '2026-11-10'")
    if ("better", DAY) in words and ("better", "--undo") not in words:
        assert later == [{"care": "recovered"}]
