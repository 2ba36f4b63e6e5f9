from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from drawn import rows

from runmood.core.entries import PlannedDay
from runmood.core.i18n import translator
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.models import BadPlanError, Window

if TYPE_CHECKING:
    from runmood.journal.plans.versions import CalendarPlan

GERMAN = translator("de", "metric")

TODAY = dt.date(2026, 11, 22)
TRAININGPEAKS = (
    "Title,WorkoutType,WorkoutDescription,PlannedDuration,PlannedDistanceInMeters,WorkoutDay,CoachComments,"
    "DistanceInMeters,TimeTotalInHours,IF,TSS,Rpe,Feeling\n"
)


def read(content: bytes, name: str = "my plan.csv") -> CalendarPlan:
    """What a sheet plans."""
    return read_plan(content, name, Window(TODAY, ZoneInfo("Europe/Lisbon")), Choice())


def described(draft: CalendarPlan) -> list[str]:
    """Each planned day in a few words."""
    return [
        f"{day.date:%m-%d} {day.planned} {day.distance_m or '-'} {day.planned_s or '-'} {day.name or '-'}"
        for day in draft.days.values()
    ]


def test_planned_days_of_ones_own_sheet() -> None:
    """Date and planned are needed; distance, duration and name may be there; the file's name is the calendar's."""
    sheet = "\ufeffDate,Planned,distance_km,duration_min,name\n2026-12-01,run,8.5,50,Easy\n\n2026-12-02,Rest,,,\n"
    draft = read(sheet.encode())
    assert list(draft.days.values()) == [
        PlannedDay(dt.date(2026, 12, 1), "run", 8500, 3000, "Easy", "my plan"),
        PlannedDay(dt.date(2026, 12, 2), "rest", calendar="my plan"),
    ]


def test_a_sheet_as_other_countries_write_it() -> None:
    """Semicolons between the cells and a comma in the number are understood too."""
    assert described(read(b"date;planned;distance_km\n2026-12-01;run;8,5\n")) == ["12-01 run 8500.0 - -"]


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ("date,planned\n01.12.2026,run\n", "line 2: '01.12.2026' is not a date like"),
        ("date,planned\n2026-12-01,swim\n", "line 2: planned is 'swim', not run or rest"),
        ("date,planned\n2026-12-01\n", "line 2: planned is '', not run or rest"),
        ("date,planned\n9999-12-01,run\n", "line 2: 9999-12-01 lies beyond the years of a diary"),
        ("date,planned,distance_km\n2026-12-01,run,far\n", "line 2: distance_km is 'far'"),
        ("date,planned,distance_km\n2026-12-01,run,-1\n", "line 2: distance_km is '-1'"),
        ("date,planned,distance_km\n2026-12-01,run,1e999\n", "line 2: distance_km is '1e999'"),
        ("date,mood\n", "its first line lacks planned"),
        ("date,planned,smile\n", "its first line holds smile, which is unknown here"),
        ("some words\n", "its first line lacks date, planned"),
        ('date,planned\n"2026-12-01,run\n', "it is no table that we can read"),
    ],
)
def test_a_wrong_sheet_is_refused_whole(sheet: str, sentence: str) -> None:
    """Where no row can be read, or the table is none, the sentence names the file, the line and the fault."""
    with pytest.raises(BadPlanError) as refused:
        read(sheet.encode())
    assert str(refused.value).startswith("my plan.csv: ")
    assert sentence in str(refused.value)
    assert sentence not in refused.value.spoken(GERMAN)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("my plan.csv", b"date,planned\n2026-12-01,run\n01.12.2026,run\n2026-12-03,rest\n", "line 3: '01.12.2026'"),
        (
            "workouts.csv",
            TRAININGPEAKS.encode() + b'a,Run,"",x,,2026-12-01,,,,,,,\nb,Run,"",1,,2026-12-02,,,,,,,\n',
            "line",
        ),
        ("events.json", b'[{"name": "a"}, {"start_date_local": "2026-12-01", "type": "Run"}]', "event 1: "),
    ],
)
def test_a_row_that_cannot_be_read_is_set_aside(name: str, content: bytes, reason: str) -> None:
    """The other rows count, and the reason says which row and why."""
    draft = read(content, name)
    assert draft.days
    assert [str(each.reason).startswith(reason) for each in draft.set_aside] == [True]


TRAINED = """
    | title          | type     | hours | metres | taken as                    |
    | Easy Run 45min | Run      | 0.75  |        | 12-01 run - 2700.0 Easy Run 45min |
    | Milers         | Run      | 0.5   | 7644.5 | 12-01 run 7644.5 1800.0 Milers |
    | DAY OFF or XT  | Day Off  |       |        | 12-01 rest - - DAY OFF or XT |
    | Easy Run       | Swim     | 1     | 2000   |                             |
    | Easy Ride      | Bike     | 1     |        |                             |
    | Form           | Strength |       |        |                             |
    | As you start   | Other    |       |        |                             |
    | 10k race run   | Race     |       | 10000  | 12-01 run 10000.0 - 10k race run |
"""


@pytest.mark.parametrize("case", rows(TRAINED), ids=lambda case: f"{case['title']} {case['type']}")
def test_workouts_as_trainingpeaks_exports_them(case: dict[str, str]) -> None:
    """The kind of workout says what it is; where it is Other or Race, the title may; hours are decimal."""
    line = f'"{case["title"]}",{case["type"]},"words\nof a coach",{case["hours"]},{case["metres"]},2026-12-01,,,,,,,\n'
    draft = read((TRAININGPEAKS + line).encode(), "workouts.csv")
    assert (draft.calendar, described(draft)) == ("TrainingPeaks", [case["taken as"]] if case["taken as"] else [])


PLANNED_EVENTS = """
    | category | type     | name | taken as                   |
    | WORKOUT  | Run      | Easy | 12-01 run 8000.0 2700.0 Easy |
    | WORKOUT  | TrailRun | Long | 12-01 run 8000.0 2700.0 Long |
    | RACE_A   | Run      | City | 12-01 run 8000.0 2700.0 City |
    | WORKOUT  | Ride     | Easy |                            |
    | NOTE     |          | Easy run |                        |
    | HOLIDAY  |          | Away |                            |
    | WORKOUT  |          | Rest | 12-01 rest - - Rest        |
"""


@pytest.mark.parametrize("case", rows(PLANNED_EVENTS), ids=lambda case: f"{case['category']} {case['type']}")
def test_events_as_intervals_icu_gives_them(case: dict[str, str]) -> None:
    """Workouts and races of running are runs; notes and holidays plan nothing."""
    event = {
        "start_date_local": "2026-12-01T06:00:00",
        "category": case["category"],
        "type": case["type"] or None,
        "name": case["name"],
        "moving_time": 2700,
        "distance": 8000.0,
        "icu_training_load": 40,
    }
    draft = read(json.dumps([event]).encode(), "events.json")
    assert (draft.calendar, described(draft)) == ("intervals.icu", [case["taken as"]] if case["taken as"] else [])


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[", "it is no JSON that we can read"),
        (b"{}", "it is no list of intervals.icu's events"),
        (b"[1]", "it is no list of intervals.icu's events"),
        (b'[{"name": "Easy"}]', "event 1: '' is not a date like"),
        (b'[{"start_date_local": "2026-12-01", "distance": "far"}]', "event 1: distance is far"),
        (b'[{"start_date_local": "2026-12-01", "distance": 1e300}]', "event 1: distance is 1e+300"),
    ],
)
def test_wrong_events_are_refused_whole(content: bytes, sentence: str) -> None:
    """The sentence names the file, the event and the fault."""
    with pytest.raises(BadPlanError) as refused:
        read(content, "events.json")
    assert sentence in str(refused.value)
