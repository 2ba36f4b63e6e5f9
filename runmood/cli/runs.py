"""The commands with which a person lists their runs, joins and splits them, and undoes an import."""

from __future__ import annotations

import datetime as dt
import shutil
import sys
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runmood.cli.entries import LAST
from runmood.core.enums import WRONG_CLOCK, StatusReason
from runmood.core.errors import UserError
from runmood.core.i18n import METRES, UNIT
from runmood.home.home import resolve_home
from runmood.home.import_log import ImportKind
from runmood.ingest.calendars import titles_to_decide
from runmood.ingest.entry_imports import entry_batches
from runmood.journal.decisions import reverted_imports
from runmood.journal.store import read
from runmood.reports.run import agreement
from runmood.warehouse.publish import list_pairs, list_runs, to_decide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.ingest.entry_imports import EntryBatch

    Row = dict[str, Any]


LATEST = 20
NARROWEST = 40  # characters


def undo(
    context: typer.Context,
    batch: Annotated[str | None, typer.Argument(help="Which import, or: last; lists them if left out.")] = None,
) -> None:
    """Undo an import of runs, moods or plans: nothing of it counts any more, and no file or line is deleted."""
    from runmood.workflow import steps
    from runmood.workflow.imports import batches, revert_import

    home = resolve_home(context.obj)
    if batch is None:
        of_runs, of_entries = batches(home), entry_batches(home)
        typer.echo(batches_as_text(home.say, of_runs, of_entries, home.zone))
        if of_entries or not of_runs.is_empty():
            typer.echo(home.say("cli.runs.to_undo_one"), err=True)
        return
    with home.writing():
        batch = _last_import(home) if batch == LAST else batch
        undone = revert_import(home, batch)
        steps.run_pipeline(home, home.today())
    if any(each.logged.batch == batch for each in entry_batches(home)):
        typer.echo(home.say("cli.runs.entries_undone", batch=batch, entries=undone))
        return
    typer.echo(home.say("cli.runs.undone", batch=batch, files=undone))
    typer.echo(home.say("cli.runs.again"))


def runs(
    context: typer.Context,
    *,
    all_: Annotated[bool, typer.Option("--all", help=f"All, and not only the last {LATEST}.")] = False,
    ambiguous: Annotated[bool, typer.Option("--ambiguous", help="Files that may or may not be one run.")] = False,
    waiting: Annotated[bool, typer.Option("--to-decide", help="Everything that waits for your word.")] = False,
    doubtful: Annotated[bool, typer.Option("--doubtful", hidden=True)] = False,
) -> None:
    """List your runs, latest last, or with --to-decide what only you can say."""
    home = resolve_home(context.obj)
    if waiting:
        pairs, titles = list_pairs(home.published), titles_to_decide(home)
        others = bool(titles) or not pairs.is_empty()
        typer.echo(to_decide_as_text(home.say, home.zone, to_decide(home.published), any_others=others))
        if titles:
            typer.echo(titles_as_text(home.say, titles))
        if not pairs.is_empty():
            typer.echo(ambiguous_as_text(home.say, pairs))
    elif ambiguous or doubtful:
        typer.echo(ambiguous_as_text(home.say, list_pairs(home.published)))
    else:
        typer.echo(runs_as_text(home.say, list_runs(home.published), None if all_ else LATEST, _list_width()))


def _list_width() -> int | None:
    """Return the width of the terminal, no less than a run needs; null where a program reads."""
    return max(NARROWEST, shutil.get_terminal_size().columns) if sys.stdout.isatty() else None


def runs_as_text(say: Translator, runs: pl.DataFrame, latest: int | None, width: int | None = None) -> str:
    """Return a line a run, the latest last: its name, day and clock, distance, time, pace and files.

    Args:
        say: the language and units of the person.
        runs: the frame of `list_runs`, oldest first.
        latest: how many of the last runs; all if null.
        width: of the terminal in characters, 40 at least; null where a line may have any length. Files are left out
            where there is no room for them, and a run takes two lines where there is none for one.

    Returns:
        The lines, or a sentence where there is no run.
    """
    shown = runs.tail(latest) if latest else runs
    lines = [line for row in shown.iter_rows(named=True) for line in _run_lines(say, row, width)]
    if shown.height < runs.height:
        lines.append(say("cli.runs.list.last", shown=shown.height, runs=runs.height))
    return "\n".join(lines) or say("cli.runs.list.no_runs")


def _run_lines(say: Translator, run: Row, width: int | None) -> Iterator[str]:
    metres, unit = METRES[say.units], UNIT[say.units]
    distance = f"{say.fixed(run['distance_m'] / metres, 2):>6} {unit}" if run["distance_m"] else " " * 9
    pace = f"{say.clock(run['pace_s_km'] * metres / 1000)} /{unit}" if run["pace_s_km"] else ""
    first, *others = run["file_names"] or [say("cli.runs.list.no_file")]
    files = first + "".join(f" + {other.rpartition('/')[2]}" for other in others)
    begun = f"{run['run_id']:17}  {say.short_date_with_year(run['local_date'])} {run['local_clock'] or ' ' * 5}"
    figures = f"{distance}  {say.clock(run['moving_s']):>8}  {pace:>9}"
    whole = f"{begun}  {figures}"
    if width is not None and len(whole) > width:
        yield from (begun.replace("  ", " "), f"  {figures}")
    else:
        yield f"{whole}  {files}" if width is None or len(whole) + 2 + len(files) <= width else whole.rstrip()


def to_decide_as_text(say: Translator, zone: ZoneInfo, waiting: pl.DataFrame, *, any_others: bool) -> str:
    """Return two lines a recording that waits for the person's word: what it is, and how to say it."""
    lines = [line for row in waiting.iter_rows(named=True) for line in _waiting_lines(say, zone, row)]
    return "\n".join(lines) or ("" if any_others else say("cli.corrections.to_decide.none"))


def _waiting_lines(say: Translator, zone: ZoneInfo, row: Row) -> Iterator[str]:
    metres, unit = METRES[say.units], UNIT[say.units]
    distance = f"{say.fixed(row['distance_m'] / metres, 2)} {unit}" if row["distance_m"] else ""
    name, reason = row["file_name"] or row["recording_id"], say(f"cli.corrections.reason.{row['reason_code']}")
    yield f"{say.short_date_with_year(row['local_date'])} {row['local_clock']}  {distance:>9}  {name}: {reason}"
    suggested = row["suggested_start_at"]
    if row["reason_code"] == StatusReason.NO_DISTANCE:
        yield say("cli.corrections.to_decide.how_far", recording=row["recording_id"])
    elif row["reason_code"] == StatusReason.HOLDS_A_RIDE:
        yield say("cli.corrections.to_decide.how_cut", recording=row["recording_id"])
    elif suggested:
        day = suggested.astimezone(zone).date()
        yield say(
            "cli.corrections.to_decide.how_date", recording=row["recording_id"], day=say.date(day), date=day.isoformat()
        )
    else:
        how = "how_when" if row["reason_code"] in WRONG_CLOCK else "how"
        yield say(f"cli.corrections.to_decide.{how}", recording=row["recording_id"])


def titles_as_text(say: Translator, titles: Mapping[str, Sequence[str]]) -> str:
    """Return two lines a title of a calendar that may be a run: where it stands, and how to say what it is."""
    lines = (
        line
        for file, its_titles in titles.items()
        for title in its_titles
        for line in (
            say("cli.corrections.to_decide.title", title=title, file=file),
            say("cli.corrections.to_decide.how_title", title=quote(title)),
        )
    )
    return "\n".join(lines)


def ambiguous_as_text(say: Translator, pairs: pl.DataFrame) -> str:
    """Return two lines a pair: how runmood counted its files and why, and how to change that."""
    lines = [line for row in pairs.iter_rows(named=True) for line in _pair_lines(say, row)]
    return "\n".join(lines) or say("cli.runs.list.none_ambiguous")


def _pair_lines(say: Translator, pair: Row) -> Iterator[str]:
    if pair["cut_copy"]:
        names = {pair["one"]: pair["file_name"], pair["other"]: pair["other_file_name"]}
        cut = names.pop(pair["cut_copy"])
        yield say("cli.runs.list.cut_copy", file=cut, other=next(iter(names.values())))
        yield say("cli.runs.list.if_right", file=pair["cut_copy"])
        return
    counted = "cli.runs.list.together" if pair["together"] else "cli.runs.list.apart"
    yield say(counted, file=pair["file_name"], other=pair["other_file_name"], reason=agreement(say, pair))
    if pair["together"]:
        yield say("cli.runs.list.if_two", run=pair["run"], file=pair["one"])
    else:
        yield say("cli.runs.list.if_one", run=pair["run"], other=pair["other_run"])


def _last_import(home: Home) -> str:
    """Return the last import that was not taken back and of which something counts.

    Raises:
        UserError: There is none.
    """
    from runmood.workflow.imports import batches

    undone = {getattr(each.entry, "batch", "") for each in reverted_imports(read(home.journal).records).values()}
    names = [name for name in batches(home)["batch"].to_list() if name not in undone]
    names += [each.logged.batch for each in entry_batches(home) if each.standing]
    if not names:
        raise UserError(home.say("cli.runs.list.no_imports"))
    last: str = max(names)
    return last


def batches_as_text(say: Translator, batches: pl.DataFrame, entries: Sequence[EntryBatch], zone: ZoneInfo) -> str:
    """Return a line an import, oldest first: its name, when, what of it counts, and what was given."""
    held = [
        (row["batch"], row["imported_at"], say("cli.runs.list.files_and_runs", files=row["files"], runs=row["runs"]))
        for row in batches.iter_rows(named=True)
    ]
    sources = dict(zip(batches["batch"], batches["source"], strict=True))
    for each in entries:
        if each.logged.began_at:
            held.append((each.logged.batch, each.logged.began_at, _entries_held(say, each)))
            sources[each.logged.batch] = each.logged.source
    lines = (
        _batch_line(say, name, at.astimezone(zone), f"{what:24}  {sources[name]}") for name, at, what in sorted(held)
    )
    return "\n".join(lines) or say("cli.runs.list.no_imports")


def _entries_held(say: Translator, batch: EntryBatch) -> str:
    kind = "plans" if batch.logged.kind == ImportKind.PLANS else "moods"
    return say(f"cli.runs.list.{kind}", entries=batch.standing)


def _batch_line(say: Translator, name: str, imported: dt.datetime, rest: str) -> str:
    return f"{name}  {say.short_date_with_year(imported.date())} {imported:%H:%M}  {rest}"
