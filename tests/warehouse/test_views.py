"""The views that answer the usual questions, from drawn runs and check-ins."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from drawn import number, rows
from warehouse.store import BATCH, check_in, file_of, moment, open_store, plan

from runmood import schema as columns
from runmood.core.versions import VERSION
from runmood.schema import schema_fingerprint
from runmood.schema.tables import DAYS
from runmood.schema.types import UNITS, Table
from runmood.warehouse.publish import publish
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from pathlib import Path

RUNS = """
    | file | begins           | minutes | km | effort |
    | a    | 2025-05-01 07:00 | 60      | 10 | 5      |
    | b    | 2025-05-02 07:00 | 30      | 5  | 4      |
    | c    | 2025-05-09 18:00 | 60      | 12 | 5      |
"""
SAID = """
    | felt             | kind      | mood | late | skipped   |
    | 2025-05-01 06:50 | morning   | 5    |      |           |
    | 2025-05-01 07:30 | morning   | 6    |      |           |
    | 2025-05-01 21:00 | evening   | 7    |      |           |
    | 2025-05-02 21:00 | evening   | 3    | yes  |           |
    | 2025-05-03 21:00 | evening   | 4    |      | too tired |
    | 2025-05-04 21:00 | evening   | 8    |      |           |
    | 2025-05-09 12:00 | evening   | 2    |      |           |
"""
PLANS = """
    | day        | planned | name | km |
    | 2025-05-03 | run     | long | 15 |
    | 2025-05-05 | run     | easy | 5  |
"""
OWN = """
    | felt             | item   | value | words |
    | 2025-05-01 08:00 | coffee | 1     |       |
    | 2025-05-01 21:00 | coffee | 3     |       |
    | 2025-05-01 21:00 | place  |       | wood  |
    | 2025-05-02 21:00 | place  |       | road  |
    | 2025-05-02 21:00 | Tea    | 1     |       |
    | 2025-05-02 21:00 | tea    | 0     |       |
    | 2025-05-02 21:00 | mood's "x" | 1 |       |
"""


def answer(row: dict[str, str]) -> dict[str, object]:
    """A row of CUSTOM_ANSWERS as drawn."""
    felt_at = moment(row["felt"])
    return {
        "check_in_id": row["felt"],
        "local_date": felt_at.date(),
        "felt_at": felt_at,
        "item": row["item"],
        "value": number(row["value"]),
        "words": row["words"] or None,
    }


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published database of three runs and some words."""
    folder = tmp_path_factory.mktemp("home")
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in rows(RUNS)])
        drawn = {"check_ins": (check_in, SAID), "plans": (plan, PLANS), "custom_answers": (answer, OWN)}
        store.build_tables({name: [made(row) for row in rows(table)] for name, (made, table) in drawn.items()})
    publish(folder, folder / "published.duckdb")
    return folder / "published.duckdb"


def told(target: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of an answer."""
    return run_query(target, query).rows()


@pytest.mark.parametrize("view", columns.VIEWS, ids=lambda view: view.name)
def test_a_view_is_what_the_dictionary_says(target: Path, view: Table) -> None:
    """A view has the columns, types, ranges and key that the dictionary gives it; own questions add columns."""
    frame = run_query(target, f"from {view.name}")
    assert frame.columns[: len(view.columns)] == view.schema.names()
    view.check(frame.select(view.schema.names()))
    assert frame.select(view.key).is_unique().all()


def test_load_and_mood_look_back_over_days(target: Path) -> None:
    """Yesterday is the day before, a week is known on all its days or null, and a mood said late is null."""
    seen = told(
        target,
        """
        select day(local_date), load, load_yesterday, load_week_before, mood_yesterday, mood_evening, mood_tomorrow
        from load_and_mood order by local_date
        """,
    )
    assert seen == [
        (1, 300, None, None, None, 7, None),
        (2, 120, 300, None, 7, None, 4),
        (3, 0, 120, None, None, 4, 8),
        (4, 0, 0, None, 4, 8, None),
        (5, 0, 0, None, 8, None, None),
        (6, 0, 0, None, None, None, None),
        (7, 0, 0, None, None, None, None),
        (8, 0, 0, 420, None, None, 2),
        (9, 300, 0, 120, None, 2, None),
    ]


def test_missed_days_say_why(target: Path) -> None:
    """Each planned run that did not happen has its plan, the reason where it was said, and the moods around it."""
    seen = told(
        target,
        "select day(local_date), skip_reason, plan_name, planned_m, mood_yesterday, mood_evening, mood_tomorrow"
        " from missed_days order by local_date",
    )
    assert seen == [(3, "too tired", "long", 15000, None, 4, 8), (5, None, "easy", 5000, 8, None, None)]


def test_the_run_nearest_to_a_check_in(target: Path) -> None:
    """It is the one that lies nearest before or after, however far; during a run nothing lies between."""
    seen = told(target, "select run_id, side, apart_s / 60 from check_ins_near_runs order by felt_at")
    first, second, last = "20250501-070000", "20250502-070000", "20250509-180000"
    assert seen == [
        (first, "before", 10),
        (first, "during", 0),
        (second, "before", 10 * 60),
        (second, "after", 13.5 * 60),
        (second, "after", 37.5 * 60),
        (second, "after", 61.5 * 60),
        (last, "before", 6 * 60),
    ]


def test_signals_are_all_numbers_of_days(target: Path) -> None:
    """Every number of a day that a person or a watch told has a row with its unit, and what is null has none."""
    numbers = [
        column.name
        for column in DAYS.columns
        if column.dtype.is_numeric() and column.name not in {"weekday", "check_ins"}
    ]
    days = run_query(target, "from days")
    counted = dict(told(target, "select signal, count(*) from signals where source <> 'own question' group by signal"))
    assert counted == {name: days[name].count() for name in numbers if days[name].count()}
    units = dict(told(target, "select signal, unit from signals where source <> 'own question'"))
    ends = {name: unit for name in units for ending, unit in UNITS.items() if name.endswith(ending)}
    assert {name: units[name] for name in ends} == ends


def test_own_questions_have_their_columns(target: Path) -> None:
    """A number is a number and a choice its word; of two names that SQL takes for one, neither is a column."""
    assert told(target, "select coffee, place from custom_items order by felt_at") == [
        (1, None),
        (3, "wood"),
        (None, "road"),
    ]
    assert run_query(target, "from custom_items").columns[3:] == ["coffee", 'mood\'s "x"', "place"]
    day = dt.date(2025, 5, 1)
    assert told(target, "select local_date, value from signals where signal = 'coffee'") == [(day, 3)]


def test_splits_laps_and_efforts_of_a_run(tmp_path: Path) -> None:
    """They are those of the recording that gave distance and time; the best of all stand apart."""
    (first, second) = (file_of(row) for row in rows(RUNS)[:2])
    fast = [("a", 1000.0, 240.0), ("b", 1000.0, 230.0), ("b", 400.0, 80.0)]
    for file in (first, second):
        efforts = [
            {"recording_id": name, "effort": f"{metres:.0f} m", "given": "distance", "distance_m": metres}
            | {"elapsed_s": seconds, "pace_s_km": seconds / metres * 1000, "began_s": 0.0}
            for name, metres, seconds in fast
            if name == file.recordings[0].row["recording_id"]
        ]
        file.recordings[0].best_efforts.extend(efforts)
    with open_store(tmp_path) as store:
        store.save(BATCH, [first, second])
        store.build_tables()
    publish(tmp_path, tmp_path / "published.duckdb")
    best = told(tmp_path / "published.duckdb", "select effort, elapsed_s, run_id from best_times order by distance_m")
    assert best == [("400 m", 80, "20250502-070000"), ("1000 m", 230, "20250502-070000")]


def test_the_database_says_its_version(target: Path) -> None:
    """One row says which names there are, and which runmood made them."""
    row = "select version, runmood <> '', fingerprint from schema_version"
    assert told(target, row) == [(VERSION, True, schema_fingerprint())]


def test_the_database_itself_keeps_the_rules(target: Path) -> None:
    """What is always there is not null, and ranges and choices are checks that an analyst can read."""
    rules = "select constraint_text from duckdb_constraints() where table_name = 'days' and constraint_type = "
    assert ("NOT NULL",) in told(target, f"{rules} 'NOT NULL'")
    checks = " ".join(text for (text,) in told(target, f"{rules} 'CHECK'"))
    assert "mood_evening <= 10" in checks
    assert "'missed_run'" in checks


def test_an_empty_home_has_every_view(tmp_path: Path) -> None:
    """With nothing there, every view is empty."""
    with open_store(tmp_path) as store:
        store.build_tables()
    publish(tmp_path, tmp_path / "published.duckdb")
    assert all(run_query(tmp_path / "published.duckdb", f"from {view.name}").is_empty() for view in columns.VIEWS)
