"""Lists for the terminal: runs, imports, and files that may or may not be one run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from runmood.core.i18n import METRES, UNIT, Translator, counted
from runmood.reports.close_calls import agreement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    import polars as pl

    from runmood.home.settings import Settings


if TYPE_CHECKING:
    Row = dict[str, Any]

NO_RUNS = "No runs yet. `runmood import` with a folder or an export takes them in."
NO_BATCHES = "Nothing has been imported yet."
NO_DOUBT = "No close calls: every file clearly is a run of its own, or clearly the same run as another."


def runs_as_text(runs: pl.DataFrame, latest: int | None, settings: Settings) -> str:
    """A line a run: its name, day and clock, distance, time, pace and files; the last ones last."""
    shown = runs.tail(latest) if latest else runs
    lines = [_run_line(row, settings) for row in shown.iter_rows(named=True)]
    if shown.height < runs.height:
        lines.append(f"The last {shown.height} of {runs.height} runs; --all lists every one.")
    return "\n".join(lines) or NO_RUNS


def _run_line(run: Row, settings: Settings) -> str:
    metres, unit = METRES[settings.units], UNIT[settings.units]
    distance = f"{run['distance_m'] / metres:6.2f} {unit}" if run["distance_m"] else " " * 9
    pace = f"{Translator.clock(run['pace_s_km'] * metres / 1000)} /{unit}" if run["pace_s_km"] else ""
    first, *others = run["file_names"]
    files = first + "".join(f" + {other.rpartition('/')[2]}" for other in others)
    moment = f"{run['local_date']:%a %d %b %Y} {run['local_clock']}"
    return f"{run['run_id']:17}  {moment}  {distance}  {Translator.clock(run['moving_s']):>8}  {pace:>9}  {files}"


def doubtful_as_text(pairs: pl.DataFrame, say: Translator) -> str:
    """Two lines a close call: what it was taken for and why, and how to say that it is otherwise."""
    return "\n".join(line for row in pairs.iter_rows(named=True) for line in _doubt(row, say)) or NO_DOUBT


def _doubt(pair: Row, say: Translator) -> Iterator[str]:
    taken = "one run" if pair["together"] else "two runs"
    yield f"{pair['file_name']} and {pair['other_file_name']}: taken for {taken} ({agreement(say, pair)})."
    if pair["together"]:
        yield f"  If they are two: runmood split {pair['run']} {pair['one']}"
    else:
        yield f"  If they are one: runmood join {pair['run']} {pair['other_run']}"


def batches_as_text(batches: pl.DataFrame, zone: ZoneInfo) -> str:
    """A line an import: its name, when, how many of its files are a run, and what was given."""
    return "\n".join(_batch_line(row, zone) for row in batches.iter_rows(named=True)) or NO_BATCHES


def _batch_line(batch: Row, zone: ZoneInfo) -> str:
    moment = f"{batch['imported_at'].astimezone(zone):%a %d %b %Y %H:%M}"
    held = f"{counted(batch['files'], 'file')}, {counted(batch['runs'], 'run')}"
    return f"{batch['batch']}  {moment}  {held:24}  {batch['source']}"
