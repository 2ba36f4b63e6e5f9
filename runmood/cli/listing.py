"""Lists for the terminal: runs, imports, and files that may or may not be one run."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from runmood.core.enums import StatusReason
from runmood.core.i18n import METRES, UNIT
from runmood.home.import_log import ImportKind
from runmood.reports.close_calls import agreement

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.ingest.entry_imports import EntryBatch

    Row = dict[str, Any]

WRONG_CLOCK = (StatusReason.CLOCK_AHEAD, StatusReason.CLOCK_BEHIND)


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
    distance = f"{run['distance_m'] / metres:6.2f} {unit}" if run["distance_m"] else " " * 9
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
    return "\n".join(lines) or ("" if any_others else say("cli.appeals.to_decide.none"))


def _waiting_lines(say: Translator, zone: ZoneInfo, row: Row) -> Iterator[str]:
    metres, unit = METRES[say.units], UNIT[say.units]
    distance = f"{row['distance_m'] / metres:.2f} {unit}" if row["distance_m"] else ""
    name, reason = row["file_name"] or row["recording_id"], say(f"cli.appeals.reason.{row['reason_code']}")
    yield f"{say.short_date_with_year(row['local_date'])} {row['local_clock']}  {distance:>9}  {name}: {reason}"
    suggested = row["suggested_start_at"]
    if row["reason_code"] == StatusReason.NO_DISTANCE:
        yield say("cli.appeals.to_decide.how_far", recording=row["recording_id"])
    elif suggested:
        day = suggested.astimezone(zone).date()
        yield say(
            "cli.appeals.to_decide.how_date", recording=row["recording_id"], day=say.date(day), date=day.isoformat()
        )
    else:
        how = "how_when" if row["reason_code"] in WRONG_CLOCK else "how"
        yield say(f"cli.appeals.to_decide.{how}", recording=row["recording_id"])


def titles_as_text(say: Translator, titles: Mapping[str, Sequence[str]]) -> str:
    """Return two lines a title of a calendar that may be a run: where it stands, and how to say what it is."""
    lines = (
        line
        for file, its_titles in titles.items()
        for title in its_titles
        for line in (
            say("cli.appeals.to_decide.title", title=title, file=file),
            say("cli.appeals.to_decide.how_title", title=quote(title)),
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
