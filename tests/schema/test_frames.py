from __future__ import annotations

import pytest

from runmood.cli.reference import columns_page, findings_page, main, notices_page
from runmood.schema import TABLES, VIEWS
from runmood.schema.types import ColumnSpec, ColumnType, SchemaValidationError, Table, real, text

TABLE = Table("walks", "one walk", ("walk_id",), (
    text("walk_id", "Which.", always=True),
    real("heart_bpm", "Heart.", 20, 250),
    real("distance_m", "How far.", 0),
    text("weather", "What fell.", "rain", "snow"),
))  # fmt: skip


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"walk_id": None, "heart_bpm": 100.0}, "walk_id null"),
        ({"walk_id": "a", "heart_bpm": 10.0}, "heart_bpm not 20 to 250"),
        ({"walk_id": "a", "heart_bpm": 251.0}, "heart_bpm not 20 to 250"),
        ({"walk_id": "a", "distance_m": -1.0}, "distance_m not from 0"),
        ({"walk_id": "a", "heart_bpm": float("nan")}, "heart_bpm NaN"),
        ({"walk_id": "a", "weather": "fog"}, "weather not rain, snow"),
    ],
)
def test_a_broken_promise_is_named(row: dict[str, object], fault: str) -> None:
    """A frame that breaks a column's promise is refused, and the column and rule are named."""
    good = {"walk_id": "b", "heart_bpm": 20.0, "distance_m": 0.0, "weather": "snow"}
    with pytest.raises(SchemaValidationError, match=fault):
        TABLE.frame([good, row, {"walk_id": "c"}])


def test_a_kept_promise_passes_unchanged() -> None:
    """A good frame comes back as it is, with null for what a row leaves out."""
    assert TABLE.frame([{"walk_id": "a"}]).rows() == [("a", None, None, None)]


@pytest.mark.parametrize("table", [*TABLES, *VIEWS], ids=lambda table: table.name)
def test_no_rows_break_no_promise(table: Table) -> None:
    """An empty frame of any table or view is a good one."""
    assert table.check(table.empty()).is_empty()


def test_other_columns_are_refused() -> None:
    """A frame with a column too many is refused."""
    with pytest.raises(SchemaValidationError):
        TABLE.check(TABLE.frame([{"walk_id": "a"}]).with_columns(hat=1))


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("pace_s_km", "seconds a kilometre"),
        ("speed_m_s", "metres a second"),
        ("elapsed_s", "seconds"),
        ("distance_m", "metres"),
        ("started_at", "UTC"),
        ("name", ""),
    ],
)
def test_the_unit_is_in_the_name(name: str, unit: str) -> None:
    """The ending of a column's name is its unit."""
    assert ColumnSpec(name, ColumnType.REAL, "").unit == unit


@pytest.mark.parametrize("table", [*TABLES, *VIEWS], ids=lambda table: table.name)
def test_every_table_is_sound(table: Table) -> None:
    """Each table and view has a key among its columns, no name twice, and a meaning for every column."""
    names = [column.name for column in table.columns]
    assert set(table.key) <= set(names)
    assert len(names) == len(set(names))
    assert all(column.meaning.endswith((".", "…")) for column in table.columns)


def test_printed_pages_are_fresh(pytestconfig: pytest.Config) -> None:
    """The pages of docs/ that come from code are what the code says."""
    assert main(pytestconfig.rootpath / "docs", check=True) == 0


def test_printed_pages_name_everything() -> None:
    """Every table, view, notice and question stands on its page."""
    assert all(f"## {table.name}\n" in columns_page() for table in (*TABLES, *VIEWS))
    assert "`damaged`" in notices_page()
    assert "## B2: " in findings_page()
