"""What a person is told: of an import, the counts in a line and then what needs a look; of a query, its answer."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.steps import Batch, Told

SHOWN = 20
ROWS_SHOWN = 200
_COUNTED = (
    ("runs", "{} held a run", "{} held runs"),
    ("set_aside", "{} was something else and was set aside", "{} were something else and were set aside"),
    ("known", "{} was known already", "{} were known already"),
    ("refused", "{} could not be read", "{} could not be read"),
)


def batch_as_text(batch: Batch) -> str:
    """What an import came to, for the terminal."""
    return "\n".join([_headline(batch), *(f"  {line}" for line in _worth_a_look(batch))])


def batch_as_markdown(batch: Batch) -> str:
    """What an import came to, for Prefect's page."""
    return "\n".join([f"## {_headline(batch)}", "", *(f"- {line}" for line in _worth_a_look(batch))])


def _headline(batch: Batch) -> str:
    files = batch.counts["files"]
    if not files:
        return "Nothing new: every file in the inbox has been read before."
    parts = [_counted(batch.counts[name], one, many) for name, one, many in _COUNTED if batch.counts[name]]
    return f"{_counted(files, '{} new file', '{} new files')}: {'; '.join(parts)}."


def _worth_a_look(batch: Batch) -> Iterator[str]:
    """Every file that gave less than all; the rest of a long list is counted."""
    told = [file for file in batch.files if file.reason and file.outcome in ("run", "refused")]
    yield from (_line(file) for file in told[:SHOWN])
    if len(told) > SHOWN:
        yield f'… and {len(told) - SHOWN} more. `runmood query "from source_files where reason is not null"` lists all.'


def _line(file: Told) -> str:
    return f"{file.file_name}: {file.reason}"


def _counted(number: int, one: str, many: str) -> str:
    return (one if number == 1 else many).format(number)


def write_frame(frame: pl.DataFrame, form: str) -> None:
    """An answer on standard output: a table that fits the terminal, or CSV, JSON or Parquet for other programs."""
    if form == "parquet":
        frame.write_parquet(sys.stdout.buffer)
    elif form == "csv":
        sys.stdout.write(frame.write_csv())
    elif form == "json":
        sys.stdout.write(frame.write_json() + "\n")
    else:
        sys.stdout.write(_table(frame) + "\n")


def _table(frame: pl.DataFrame) -> str:
    with pl.Config(
        tbl_width_chars=shutil.get_terminal_size((100, 24)).columns,
        tbl_rows=ROWS_SHOWN,
        tbl_cols=-1,
        tbl_hide_column_data_types=True,
        tbl_hide_dataframe_shape=True,
        fmt_str_lengths=60,
    ):
        rest = frame.height - ROWS_SHOWN
        return str(frame) + (f"\n… {rest} rows more: --format csv shows all." if rest > 0 else "")
