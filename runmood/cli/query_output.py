"""An answer as a table that fits the terminal, or as CSV, JSON or Parquet for other programs."""

from __future__ import annotations

import io
import json
import shutil
import sys

import polars as pl
import polars.selectors as cs

from runmood.core.plain_text import plain

ROWS_SHOWN = 200
FORMULA = r"^([=+\-@\t\r])"  # what a spreadsheet takes for the beginning of one
CLOCK = "%H:%M:%S%.f"
MOMENT = f"%Y-%m-%dT{CLOCK}"


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
    told = frame.with_columns(cs.datetime(time_zone="*").dt.strftime(f"{MOMENT}Z"))
    nested = [name for name, kind in told.schema.items() if kind.is_nested()]
    return told.with_columns(pl.Series(name, map(_as_json, told[name].to_list()), pl.String) for name in nested)


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
