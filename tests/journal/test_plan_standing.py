from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from drawn import rows
from hypothesis import given
from hypothesis import strategies as some

from runmood.core.entries import Entry, Habit, PlannedDay
from runmood.journal.codec import JournalRecord
from runmood.journal.plans.versions import coming_plans, first_plannable_day, plan_rows
from runmood.schema.tables import PLANS

LISBON = ZoneInfo("Europe/Lisbon")
WEEKDAYS = {"tue": 2, "wed": 3, "thu": 4}
LAST_DAY = dt.date(2025, 5, 15)


def at(text: str, zone: ZoneInfo = LISBON) -> dt.datetime:
    """A moment on the clock of a place."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone)


def told(entry: Entry, said_at: dt.datetime) -> JournalRecord:
    """An entry with its place in the journal."""
    return JournalRecord(f"{said_at}{entry}", said_at, entry)


def planned(row: dict[str, str]) -> JournalRecord:
    """A drawn line of the journal; `nothing` takes back."""
    if row["planned"] == "habit":
        return told(Habit(tuple(WEEKDAYS[name] for name in row["day"].split())), at(row["said"]))
    plan = None if row["planned"] == "nothing" else row["planned"]
    day = PlannedDay(dt.date.fromisoformat(row["day"]), plan, calendar=row.get("by") or None)
    return told(day, at(row["said"]))


SAID = """
    | said             | day        | planned |
    | 2025-05-04 18:00 | 2025-05-06 | run     |
    | 2025-05-05 18:00 | 2025-05-06 | rest    |
    | 2025-05-06 03:59 | 2025-05-06 | run     |
    | 2025-05-06 04:01 | 2025-05-06 | rest    |
    | 2025-05-07 18:00 | 2025-05-07 | run     |
    | 2025-05-08 12:00 | tue thu    | habit   |
    | 2025-05-08 13:00 | 2025-05-13 | rest    |
    | 2025-05-13 12:00 | wed        | habit   |
"""
STOOD = """
    | day        | planned | source | versions |
    | 2025-05-06 | run     | file   | 3        |
    | 2025-05-09 | rest    | weekly | 1        |
    | 2025-05-10 | rest    | weekly | 1        |
    | 2025-05-11 | rest    | weekly | 1        |
    | 2025-05-12 | rest    | weekly | 1        |
    | 2025-05-13 | rest    | file   | 1        |
    | 2025-05-14 | run     | weekly | 1        |
    | 2025-05-15 | rest    | weekly | 1        |
"""


def test_the_plan_is_what_stood_at_four_in_the_morning() -> None:
    """What is written after 04:00 changes no day that has begun; a day's own plan goes before the week's."""
    stood = plan_rows([planned(row) for row in rows(SAID)], LISBON, LAST_DAY)
    PLANS.frame(stood)
    drawn = [tuple(row.values()) for row in rows(STOOD)]
    assert [
        (str(row["local_date"]), row["planned"], row["plan_source"], str(row["versions"])) for row in stood
    ] == drawn


def test_no_plan_no_rows() -> None:
    """Without plans there are none."""
    assert plan_rows((), LISBON, LAST_DAY) == []


def test_what_a_plan_says_stands_in_its_row() -> None:
    """Name, distance, duration and the moment it was said are those of the version that counts."""
    day = PlannedDay(LAST_DAY, "run", 8000, 2700, "Easy", "Training")
    (row,) = plan_rows([told(day, at("2025-05-14 18:00"))], LISBON, LAST_DAY)
    assert row == {
        "local_date": LAST_DAY,
        "planned": "run",
        "name": "Easy",
        "distance_m": 8000,
        "planned_s": 2700,
        "plan_source": "file",
        "said_at": dt.datetime(2025, 5, 14, 17, tzinfo=dt.UTC),
        "versions": 1,
    }


TAKEN_BACK = {
    "a day taken back has no plan": """
        | said             | day        | planned | by |
        | 2025-05-04 18:00 | 2025-05-13 | run     |    |
        | 2025-05-05 18:00 | 2025-05-13 | nothing |    |
    """,
    "and the week that was said before does not step in": """
        | said             | day        | planned | by |
        | 2025-05-04 18:00 | tue        | habit   |    |
        | 2025-05-05 18:00 | 2025-05-13 | run     | A  |
        | 2025-05-06 18:00 | 2025-05-13 | nothing | A  |
    """,
    "a person takes back what any calendar says": """
        | said             | day        | planned | by |
        | 2025-05-05 18:00 | 2025-05-13 | run     | A  |
        | 2025-05-05 18:00 | 2025-05-13 | rest    | B  |
        | 2025-05-06 18:00 | 2025-05-13 | nothing |    |
    """,
}
KEPT = {
    "a calendar takes back its own words only": """
        | said             | day        | planned | by |
        | 2025-05-04 18:00 | 2025-05-13 | run     | A  |
        | 2025-05-05 18:00 | 2025-05-13 | rest    | B  |
        | 2025-05-06 18:00 | 2025-05-13 | nothing | B  |
    """,
    "a week said later stands again": """
        | said             | day        | planned | by |
        | 2025-05-05 18:00 | 2025-05-13 | nothing |    |
        | 2025-05-06 18:00 | tue        | habit   |    |
    """,
    "taking back after the day began is too late": """
        | said             | day        | planned | by |
        | 2025-05-05 18:00 | 2025-05-13 | run     |    |
        | 2025-05-13 04:01 | 2025-05-13 | nothing |    |
    """,
    "what is planned again stands again": """
        | said             | day        | planned | by |
        | 2025-05-05 18:00 | 2025-05-13 | rest    | A  |
        | 2025-05-06 18:00 | 2025-05-13 | nothing |    |
        | 2025-05-07 18:00 | 2025-05-13 | run     | A  |
    """,
}


@pytest.mark.parametrize("drawn", TAKEN_BACK.values(), ids=TAKEN_BACK)
def test_taken_back(drawn: str) -> None:
    """A day taken back has no plan, whatever stood before, and it is known that it was taken back."""
    journal, day = [planned(row) for row in rows(drawn)], dt.date(2025, 5, 13)
    (standing,) = coming_plans(journal, LISBON, day, 1).values()
    assert standing
    assert standing.plan.planned is None
    assert plan_rows(journal, LISBON, day)[-1]["planned"] is None


@pytest.mark.parametrize("drawn", KEPT.values(), ids=KEPT)
def test_kept(drawn: str) -> None:
    """What others said of the day, and what is said afterwards, stands."""
    (standing,) = coming_plans([planned(row) for row in rows(drawn)], LISBON, dt.date(2025, 5, 13), 1).values()
    assert standing
    assert standing.plan.planned == "run"


BEGINNINGS = """
    | zone              | day        | begins at UTC    |
    | Europe/Lisbon     | 2025-03-29 | 2025-03-29 04:00 |
    | Europe/Lisbon     | 2025-03-30 | 2025-03-30 03:00 |
    | Europe/Lisbon     | 2025-10-26 | 2025-10-26 04:00 |
    | Asia/Tokyo        | 2025-10-26 | 2025-10-25 19:00 |
    | America/New_York  | 2025-11-02 | 2025-11-02 09:00 |
    | Pacific/Apia      | 2025-11-02 | 2025-11-01 15:00 |
"""


@pytest.mark.parametrize("case", rows(BEGINNINGS), ids=lambda case: f"{case['zone']} {case['day']}")
def test_the_day_begins_at_four_by_the_clock_at_home(case: dict[str, str]) -> None:
    """Also on the nights when the clock is changed: until that moment the day can be planned, after it no more."""
    zone, day = ZoneInfo(case["zone"]), dt.date.fromisoformat(case["day"])
    begins = at(case["begins at UTC"], ZoneInfo("UTC"))
    second = dt.timedelta(seconds=1)
    for said_at, counts in ((begins, True), (begins + second, False)):
        assert bool(plan_rows([told(PlannedDay(day, "run"), said_at)], zone, day)) is counts
        assert (first_plannable_day(said_at, zone) <= day) is counts


MOMENTS = some.integers(0, 6000).map(lambda minutes: at("2025-03-28 00:00") + dt.timedelta(minutes=minutes))
VERSIONS = some.dictionaries(MOMENTS, some.sampled_from(["run", "rest", None]))


@given(VERSIONS.flatmap(lambda versions: some.permutations(list(versions.items()))))
def test_a_days_plan_is_what_was_last_said_before_it_began(versions: list[tuple[dt.datetime, str | None]]) -> None:
    """Whatever order the versions of a calendar stand in, the last one said before 04:00 counts."""
    day, begins = dt.date(2025, 3, 30), dt.datetime(2025, 3, 30, 3, tzinfo=dt.UTC)
    journal = [told(PlannedDay(day, planned, calendar="A"), said_at) for said_at, planned in versions]
    in_time = sorted((said_at, planned or "") for said_at, planned in versions if said_at <= begins)
    last = [planned or None for _, planned in in_time[-1:]]
    stood = plan_rows(journal, LISBON, day)
    assert [(row["planned"], row["versions"]) for row in stood] == [(planned, len(in_time)) for planned in last]
