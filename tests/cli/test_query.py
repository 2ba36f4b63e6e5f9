"""An answer in every form, and the tables taken elsewhere."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from runmood.cli.query import as_bytes, as_table
from runmood.core.versions import VERSION
from runmood.schema import TABLES, VIEWS
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

Command = Callable[..., Any]
KINDS = """
    select
        ['easy', 'with "dog"'] as tags, timestamptz '2025-05-01 07:00:00+02' as felt_at,
        timestamp '2025-05-01 07:00:00.25' as local, date '2025-05-01' as day, time '07:00' as clock,
        {'a': 1} as pair, interval 90 minute as span, sum(3) as n, 1.5 as x, true as yes, null::varchar as nothing
"""


@pytest.fixture
def kinds(demo_home: Home) -> pl.DataFrame:
    """One row with a column of every kind."""
    return run_query(demo_home.published, KINDS)


def test_csv_holds_every_kind(kinds: pl.DataFrame) -> None:
    """Lists stand in one cell as JSON, moments say that they are in UTC, and null is an empty cell."""
    head, row = as_bytes(kinds, "csv").decode().splitlines()
    assert head == "tags,felt_at,local,day,clock,pair,span,n,x,yes,nothing"
    assert row == (
        '"[""easy"", ""with \\""dog\\""""]",2025-05-01T05:00:00Z,2025-05-01T07:00:00.250,2025-05-01,07:00:00,'
        '"{""a"": 1}",01:30:00,3,1.5,true,'
    )


def test_json_holds_every_kind(kinds: pl.DataFrame) -> None:
    """Lists are lists, numbers are numbers, and moments are ISO 8601."""
    (row,) = json.loads(as_bytes(kinds, "json"))
    assert row["tags"] == ["easy", 'with "dog"']
    assert (row["felt_at"], row["day"]) == ("2025-05-01T05:00:00+00:00", "2025-05-01")
    assert (row["n"], row["x"], row["yes"], row["nothing"]) == (3, 1.5, True, None)


def test_parquet_gives_back_what_was_answered(kinds: pl.DataFrame) -> None:
    """A frame read from the Parquet file is the answer."""
    assert pl.read_parquet(io.BytesIO(as_bytes(kinds, "parquet"))).equals(kinds)


def test_a_table_says_what_it_leaves_out(demo_home: Home) -> None:
    """A long answer ends with how many rows more there are and how to have them all."""
    shown = as_table(run_query(demo_home.published, "select local_date from days"), 80)
    assert "rows more: --format csv shows all." in shown.splitlines()[-1]


def test_a_question_from_standard_input(cli: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    """A long question may come from a file by way of standard input."""
    cli("summary")
    monkeypatch.setattr("sys.stdin", io.StringIO("select version\nfrom schema_version\n"))
    assert cli("query", "-", "--format", "csv").written == f"version\n{VERSION}\n"


def test_tables_are_listed(cli: Command) -> None:
    """Every table and view is named with what a row is."""
    listed = cli("tables").written
    assert all(f"One row is {table.row}." in listed for table in (*TABLES, *VIEWS))


@pytest.mark.parametrize("form", ["parquet", "csv", "json"])
def test_tables_taken_elsewhere(cli: Command, tmp_path: Path, form: str) -> None:
    """Each table and view but the samples is a file in a new folder, with the dictionary; none is written over."""
    cli("check-in", "--mood", "7", "--energy", "6", "--kind", "evening", "--tag", "social")
    cli("summary")
    folder = tmp_path / "taken"
    told = cli("tables", str(folder), "--format", form)
    names = {f"{table.name}.{form}" for table in (*TABLES, *VIEWS) if table.name != "points"}
    assert {path.name for path in folder.iterdir()} == names | {"columns.md"}
    read = {"parquet": pl.read_parquet, "csv": pl.read_csv, "json": pl.read_json}[form]
    assert read(folder / f"check_ins.{form}")["mood"].to_list() == [7]
    assert "Share them with care" in told.written
    assert cli("tables", str(folder), "--format", form).status == 2


@pytest.mark.parametrize("note", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\uff1d1"])
def test_a_spreadsheet_opens_no_formula(note: str) -> None:
    """A note that looks like a formula is text in CSV; `--raw` leaves it as it is, and numbers always are."""
    frame = pl.DataFrame({"note": [note], "change": [-2.5]})
    assert as_bytes(frame, "csv").decode().splitlines()[1].lstrip('"').startswith("'")
    assert ",-2.5" in as_bytes(frame, "csv").decode()
    assert as_bytes(frame, "csv", raw=True).decode().splitlines()[1].lstrip('"').startswith(note)


@pytest.mark.parametrize("mark", ["\x1b[2J", "\x1b]0;title\x07", "\u202e", "\u2066", "\x9b31m", "\x00"])
@pytest.mark.parametrize("columns", [200, 10])
def test_a_note_is_no_command_to_the_terminal(mark: str, columns: int) -> None:
    """Neither a table nor a record has a character that moves, colours or turns round what is shown."""
    shown = as_table(pl.DataFrame({"note": [f"calm {mark} evening, ção"]}), columns)
    assert mark[0] not in shown
    assert "ção" in shown
