"""Ask the published database, know what is in it, and take it elsewhere."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import polars as pl
import polars.selectors as cs
import typer

from runmood import schema
from runmood.core.errors import UserError
from runmood.core.plain_text import FORMULA, plain
from runmood.home.home import open_readonly
from runmood.home.work_folder import record_outside_copy
from runmood.schema import TABLES, VIEWS
from runmood.schema.views import RUN_POINTS
from runmood.warehouse.publish import read_tables
from runmood.warehouse.queries import run_query

if TYPE_CHECKING:
    from runmood.home.home import Home


Form = Literal["parquet", "csv", "json"]
ROWS_SHOWN = 200
CLOCK = "%H:%M:%S%.f"
MOMENT = f"%Y-%m-%dT{CLOCK}"


def query(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="SQL", help="Such as: from weeks; - is standard input.")],
    form: Annotated[Literal["table", "csv", "json", "parquet"], typer.Option("--format")] = "table",
    *,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV as it is, for programs: text may begin like a formula.")
    ] = False,
) -> None:
    """Ask the published database, which nothing you type can change. `runmood tables` lists what is in it."""
    asked = sys.stdin.read() if question == "-" else question
    print_result(run_query(open_readonly(context.obj).published, asked), form, raw=raw)


def columns(table: Annotated[str | None, typer.Argument(help="One table; all if left out.")] = None) -> None:
    """Show the data dictionary: what a row is, and each column with its unit and meaning."""
    from runmood.cli.reference import columns_page

    typer.echo(columns_page(table))


def tables(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="A new folder for a file of each; a list if left out.")] = None,
    form: Annotated[Form, typer.Option("--format")] = "parquet",
    *,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="One encrypted DuckDB file instead, and the key that opens it.")
    ] = False,
) -> None:
    """List every table and view, or write all of them as files with the data dictionary beside them."""
    if folder is not None and encrypt:
        typer.echo(_encrypt(open_readonly(context.obj), folder))
    elif folder is None:
        say = open_readonly(context.obj).say
        for table in (*TABLES, *VIEWS):
            typer.echo(say("cli.query.row", table=f"{table.name:19}", row=table.row))
    else:
        typer.echo(_take_elsewhere(open_readonly(context.obj), folder, form))


def _encrypt(home: Home, file: Path) -> str:
    """Write everything into one encrypted database; return a sentence about it, with the key."""
    from runmood.warehouse.encrypted import write_encrypted

    if file.exists():
        raise UserError(home.say("cli.query.there_already", file=f"{file}"))
    read_tables(home.published, ())  # which tells of a copy that another version made
    key = write_encrypted(home.published, file)
    record_outside_copy(home, "backup", file)
    return home.say("cli.query.encrypted", file=f"{file.resolve()}", key=key)


def _take_elsewhere(home: Home, folder: Path, form: str) -> str:
    """Write every table but the samples, which are Parquet already, to files; return a sentence about them."""
    from runmood.cli.reference import columns_page

    if folder.exists() and any(folder.iterdir()):
        raise UserError(home.say("cli.query.not_empty", folder=f"{folder}"))
    read_tables(home.published, ())  # which tells of a copy that another version made
    taken = [table for table in (*schema.TABLES, *schema.VIEWS) if table is not RUN_POINTS]
    for table in taken:
        frame = run_query(home.published, f"from {table.name} order by {', '.join(table.key)}")
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{table.name}.{form}").write_bytes(as_bytes(frame, form))
    (folder / "columns.md").write_text(columns_page(), encoding="utf-8")
    return home.say("cli.query.written", tables=len(taken), folder=f"{folder}", points=f"{home.points}")


def print_result(frame: pl.DataFrame, form: str, *, raw: bool = False) -> None:
    """Write an answer to standard output; `raw` CSV is for programs and may hold what a spreadsheet runs."""
    if form == "table":
        sys.stdout.write(as_table(frame, shutil.get_terminal_size((100, 24)).columns) + "\n")
    elif form == "parquet" or not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(as_bytes(frame, form, raw=raw))
    else:
        sys.stdout.write(as_bytes(frame, form, raw=raw).decode())


def as_bytes(frame: pl.DataFrame, form: str, *, raw: bool = False) -> bytes:
    """Return an answer as the content of a file; CSV has an apostrophe before text that looks like a formula."""
    if form == "parquet":
        content = io.BytesIO()
        frame.write_parquet(content)
        return content.getvalue()
    if form == "json":
        return f"{frame.write_json()}\n".encode()
    flat = _flat(frame)
    written = flat if raw else flat.with_columns(cs.string().str.replace(FORMULA, "'$1"))
    return written.write_csv(datetime_format=MOMENT, time_format=CLOCK).encode()


def _flat(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame as CSV can hold it: times say that they are in UTC, and a list stands in one cell, as JSON."""
    shown = frame.with_columns(cs.datetime(time_zone="*").dt.strftime(f"{MOMENT}Z"))
    nested = [name for name, kind in shown.schema.items() if kind.is_nested()]
    return shown.with_columns(pl.Series(name, map(_as_json, shown[name].to_list()), pl.String) for name in nested)


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, default=str)


def as_table(frame: pl.DataFrame, columns: int) -> str:
    """Return a table where it fits the terminal, else one value a line, a record below the other."""
    rest = frame.height - ROWS_SHOWN
    with pl.Config(
        tbl_width_chars=-1,
        tbl_rows=ROWS_SHOWN,
        tbl_cols=-1,
        tbl_hide_column_data_types=True,
        tbl_hide_dataframe_shape=True,
        fmt_str_lengths=columns,
        fmt_table_cell_list_len=-1,
    ):
        table = str(frame)
    fits = max(map(len, table.splitlines())) <= columns
    shown = plain(table if fits or frame.is_empty() else _records(frame.head(ROWS_SHOWN)))
    return shown + (f"\n… {rest} rows more: --format csv shows all." if rest > 0 else "")


def _records(frame: pl.DataFrame) -> str:
    longest = max(map(len, frame.columns))
    records = (
        "\n".join(f"{name:>{longest}}: {_cell(row[name])}" for name in row) for row in frame.iter_rows(named=True)
    )
    return "\n\n".join(records)


def _cell(value: object) -> str:
    return "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
