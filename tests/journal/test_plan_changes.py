from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from drawn import rows
from hypothesis import given
from hypothesis import strategies as some

from runmood.core.checkins import NewEntry
from runmood.core.entries import PlannedDay
from runmood.journal.codec import JournalRecord, id_of
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.models import Window
from runmood.journal.plans.versions import CalendarPlan, PlanDiff, changes_of, coming_plans

LISBON = ZoneInfo("Europe/Lisbon")
MONDAY = dt.date(2026, 11, 23)
NOON = dt.datetime(2026, 11, 23, 12, tzinfo=LISBON)
NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def version(plans: dict[dt.date, str], calendar: str = "A") -> CalendarPlan:
    """A version of a calendar, as a sheet."""
    sheet = "date,planned\n" + "".join(f"{date},{planned}\n" for date, planned in sorted(plans.items()))
    return read_plan(sheet.encode(), f"{calendar}.csv", Window(MONDAY, LISBON), Choice())


def drawn(cells: str) -> dict[dt.date, str]:
    """A week as `mon run, tue rest`."""
    said = (cell.split() for cell in cells.split(",") if cell.strip())
    return {MONDAY + dt.timedelta(days=NAMES.index(name)): planned for name, planned in said}


def told(said: list[NewEntry]) -> list[JournalRecord]:
    """Entries as the journal gives them back."""
    return [JournalRecord(id_of(each), each.said_at, each.entry) for each in said]


def imported(
    journal: list[JournalRecord], draft: CalendarPlan, at: dt.datetime
) -> tuple[list[JournalRecord], PlanDiff]:
    """The journal after an import, and what it changed."""
    changes = changes_of(draft, journal, at, LISBON)
    return journal + told(changes.said(at)), changes


def names(days: tuple[PlannedDay, ...]) -> str:
    """The weekdays of days."""
    return " ".join(NAMES[day.date.weekday()] for day in days)


SECOND_VERSION = """
    | first               | second              | planned | changed | back | as before | begun | beyond |
    | tue run, thu run    | tue run, thu run    |         |         |      | 2         | 0     | 0      |
    | tue run, thu run    | tue rest, thu run   |         | tue     |      | 1         | 0     | 0      |
    | tue run, thu run    | tue run, fri run    | fri     |         | thu  | 1         | 0     | 0      |
    | tue run, thu run    | tue run             |         |         |      | 1         | 0     | 1      |
    | tue run, thu run    | thu run             |         |         |      | 1         | 0     | 1      |
    | tue run, thu run    | mon run, thu run    |         |         | tue  | 1         | 1     | 0      |
    | mon run             | mon rest, tue run   | tue     |         |      | 0         | 1     | 0      |
    | tue run             | wed run             | wed     |         |      | 0         | 0     | 1      |
    |                     | mon run, tue run    | tue     |         |      | 0         | 1     | 0      |
    | tue run             |                     |         |         |      | 0         | 0     | 1      |
"""


@pytest.mark.parametrize("case", rows(SECOND_VERSION), ids=lambda case: f"{case['first']} -> {case['second']}")
def test_a_second_version_of_a_calendar(case: dict[str, str]) -> None:
    """It says what changed, takes back what is gone within its own span, and leaves what has begun or lies beyond."""
    before, at = NOON - dt.timedelta(days=1), NOON
    journal, _ = imported([], version(drawn(case["first"])), before)
    changes = imported(journal, version(drawn(case["second"])), at)[1]
    counted = {"as before": changes.as_before, "begun": changes.begun, "beyond": changes.beyond}
    worded = {"planned": changes.planned, "changed": changes.changed, "back": changes.taken_back}
    assert {name: str(count) for name, count in counted.items()} == {name: case[name] for name in counted}
    assert {name: names(days) for name, days in worded.items()} == {name: case[name] for name in worded}


def test_a_calendar_takes_back_its_own_days_only() -> None:
    """What another calendar or the person planned stays."""
    by_hand = NewEntry(NOON, PlannedDay(MONDAY + dt.timedelta(days=2), "run"))
    journal, _ = imported(told([by_hand]), version(drawn("tue run, fri run"), "B"), NOON)
    _, changes = imported(journal, version(drawn("mon run, sun run"), "A"), NOON)
    assert (changes.taken_back, changes.beyond) == ((), 0)


def test_a_day_taken_back_by_hand_stays_so() -> None:
    """Until the calendar says something else of it: the same version again is nothing new."""
    journal, _ = imported([], version(drawn("tue run, wed run")), NOON)
    dropped = journal + told(
        [NewEntry(NOON + dt.timedelta(minutes=1), PlannedDay(MONDAY + dt.timedelta(days=1), None))]
    )
    again, changes = imported(dropped, version(drawn("tue run, wed run")), NOON + dt.timedelta(minutes=2))
    tuesday, wednesday = coming_plans(again, LISBON, MONDAY + dt.timedelta(days=1), 2).values()
    assert tuesday
    assert wednesday
    assert (tuesday.plan.planned, wednesday.plan.planned, changes.as_before) == (None, "run", 2)
    later, _ = imported(again, version(drawn("tue rest, wed run")), NOON + dt.timedelta(minutes=3))
    (rest,) = coming_plans(later, LISBON, MONDAY + dt.timedelta(days=1), 1).values()
    assert rest
    assert rest.plan.planned == "rest"


def test_today_can_be_planned_until_four() -> None:
    """An import at 03:59 plans the day that comes; one at 04:01 leaves it as it was."""
    for clock, planned in ((dt.time(3, 59), "mon"), (dt.time(4, 1), "")):
        at = dt.datetime.combine(MONDAY, clock, LISBON)
        assert names(imported([], version(drawn("mon run")), at)[1].planned) == planned


WEEKS = some.dictionaries(some.sampled_from(NAMES), some.sampled_from(["run", "rest"]))
HOURS = some.lists(some.integers(0, 24 * 8), min_size=4, max_size=4, unique=True)


@given(versions=some.lists(WEEKS, min_size=4, max_size=4), hours=HOURS)
def test_whatever_comes_in_whatever_order(versions: list[dict[str, str]], hours: list[int]) -> None:
    """A day's plan is what the last version imported before its 04:00 says, or does not say within its span."""
    monday = dt.datetime.combine(MONDAY, dt.time(), LISBON)
    imports = [(monday + dt.timedelta(hours=hour), week) for hour, week in zip(sorted(hours), versions, strict=True)]
    journal: list[JournalRecord] = []
    for at, week in imports:
        cells = ",".join(f"{name} {planned}" for name, planned in week.items())
        journal, _ = imported(journal, version(drawn(cells)), at)
    stood = coming_plans(journal, LISBON, MONDAY, 7)
    assert [standing.plan.planned if standing else None for standing in stood.values()] == [
        _expected(imports, number) for number in range(7)
    ]


def _expected(imports: list[tuple[dt.datetime, dict[str, str]]], number: int) -> str | None:
    """What the versions that came in time say of a day: each replaces the one before, but only in its span."""
    begins = dt.datetime.combine(MONDAY + dt.timedelta(days=number), dt.time(4), LISBON)
    plan = None
    for at, week in imports:
        covered = [NAMES.index(name) for name in week]
        if at <= begins and covered and min(covered) <= number <= max(covered):
            plan = week.get(NAMES[number])
    return plan
