"""What a person said last, a line each."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.entries import SHORT, shortened
from runmood.core.errors import UserError
from runmood.core.i18n import counted
from runmood.core.models import CheckIn, DistanceCorrection, Goal, GoalReview, Reflection, RunTagged
from runmood.home.home import chosen_home
from runmood.journal.imports import read_export, read_known_export
from runmood.journal.imports.compare import Compared, Export, NeedsMappingError, compare
from runmood.journal.imports.mapping import ColumnMapping, mapping_from_toml
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.journal.tables import check_in_rows

if TYPE_CHECKING:
    from collections.abc import Sequence
    from zoneinfo import ZoneInfo

    from runmood.core.models import NewEntry
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord


journal = typer.Typer(help="Mood entries that you keep in another app.", no_args_is_help=True)
LISTED = CheckIn | Goal | GoalReview | Reflection | DistanceCorrection | RunTagged


def log(
    context: typer.Context,
    last: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
) -> None:
    """Show your latest check-ins and their IDs, for `runmood check-in --edit` and `--delete`."""
    home = chosen_home(context.obj)
    stands = effective_entries(read(home.journal).told)
    shown = sorted((each for each in stands if isinstance(each.entry, LISTED)), key=_moment)[-last:]
    if not shown:
        typer.echo("You have not said anything yet. `runmood check-in` is a beginning.")
    late = {row["check_in_id"] for row in check_in_rows(tuple(shown)) if row["late"]}
    for each in shown:
        typer.echo(_line(each, home.zone, late=each.id in late))


def _moment(told: JournalRecord) -> dt.datetime:
    return told.entry.at if isinstance(told.entry, CheckIn) else told.said_at


def _line(told: JournalRecord, zone: ZoneInfo, *, late: bool) -> str:
    moment = told.entry.at if isinstance(told.entry, CheckIn) else told.said_at.astimezone(zone)
    kind, words = _told(told.entry)
    marks = ", ".join(["late"] * late + ["edited"] * told.edited)
    return f"{told.id[:SHORT]}  {moment:%a %Y-%m-%d %H:%M}  {kind:<10}  {words}{f'  ({marks})' if marks else ''}"


def _told(entry: object) -> tuple[str, str]:
    """What kind of thing was said, and what, short."""
    match entry:
        case CheckIn():
            return entry.kind, _check_in(entry)
        case Goal():
            return "goal", f"{entry.kind}: {shortened(entry.words)}"
        case GoalReview():
            return "goal", f"{entry.goal[:SHORT]} {entry.state}  {shortened(entry.words or '')}"
        case Reflection():
            return "thought", f"{shortened(entry.prompt)}  {shortened(entry.answer)}"
        case DistanceCorrection():
            return "run", f"{entry.recording}: {entry.distance_m / 1000:g} km"
        case RunTagged():
            return "run", f"{entry.recording}: {', '.join(entry.tags) or 'no tags'}"
    raise TypeError(f"{entry} is not listed")


def _check_in(entry: CheckIn) -> str:
    energy = f"energy {entry.energy:g}" if entry.energy is not None else ""
    note = f'"{shortened(entry.note)}"' if entry.note else ""
    away = entry.source if entry.source != "hand" else ""
    return "  ".join(filter(None, (f"mood {entry.mood:g}", energy, ", ".join(entry.tags), note, away)))


# --- The command for what a person kept elsewhere: another app's export, taken once, compared ever after.

PROVEN, LOOK = "V", 1  # how sure a layout is; the exit status that asks for a look
KeptElsewhere = Annotated[Path, typer.Argument(help="A file that another app exported.", exists=True, dir_okay=False)]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="What you say of the file (TOML); drafted when needed.", exists=True)
]
UNPROVEN = "How this app writes its file is known from other programs only: please compare a few with the app."
A_DAY = dt.timedelta(days=1)


@journal.callback()
def _journal() -> None:
    """Mood entries that you keep in another app."""


@journal.command("import")
def journal_import(
    context: typer.Context,
    export: KeptElsewhere,
    mapping: MappingFile = None,
    *,
    take_theirs: Annotated[bool, typer.Option(help="Where file and journal disagree, take the file's word.")] = False,
) -> None:
    """Import mood entries from another app (Daylio, Apple State of Mind, intervals.icu …) or any CSV with a mapping."""
    home = chosen_home(context.obj)
    said = mapping_from_toml(mapping.read_bytes()) if mapping else None
    try:
        kept, by = _read(export, home, said)
    except NeedsMappingError as fault:
        raise UserError(f"{fault}\n{_drafted(export, fault.draft)}") from fault
    _see_that_it_has_been(kept.entries, dt.datetime.now(home.zone))
    found = compare(kept.entries, read(home.journal).told)
    theirs = found.as_theirs() if take_theirs else ()
    new = append(home.journal, (*found.new, *theirs)).new - len(theirs)
    typer.echo(f"{kept.source}: {counted(len(kept.entries), 'check-in')} read, {new} of them new.")
    if mapping:
        _confirm(home, kept.source, mapping)
    elif by:
        typer.echo(f"Read by what you said of {by} before: {_confirmed(home) / f'{by}.toml'}")
    for sentence in (*kept.remarks, *_disagreements(found, taken=take_theirs)):
        typer.echo(sentence)
    if kept.how_sure != PROVEN:
        typer.echo(UNPROVEN)
    if len(found.disagreements) > len(theirs):
        raise typer.Exit(LOOK)


def _see_that_it_has_been(entries: Sequence[NewEntry], now: dt.datetime) -> None:
    """Refuse a file that speaks of days to come: most often day and month stand in the other order."""
    ahead = [each.entry.at for each in entries if isinstance(each.entry, CheckIn) and each.entry.at > now + A_DAY]
    if ahead:
        raise UserError(
            f"{len(ahead)} of {len(entries)} check-ins lie in the future, the first on {min(ahead):%d %B %Y}. Nothing "
            "was taken. Are day and month in the other order? A mapping with date_format says which is which."
        )


def _read(export: Path, home: Home, said: ColumnMapping | None) -> tuple[Export, str | None]:
    """What the file holds; by the mapping given, else by one confirmed before, whose source is told too."""
    content = export.read_bytes()
    if said:
        return read_export(content, export.name, home.zone, said), None
    pages = sorted(_confirmed(home).glob("*.toml"))
    mappings = [replace(mapping_from_toml(page.read_bytes()), source=page.stem) for page in pages]
    kept, mapping = read_known_export(content, export.name, home.zone, mappings)
    return kept, mapping.source if mapping else None


def _confirm(home: Home, source: str, mapping: Path) -> None:
    """Keep the mapping beside the journal: what was answered once serves every later export of that source."""
    page = _confirmed(home) / f"{source.replace('/', '-')}.toml"
    page.parent.mkdir(mode=0o700, exist_ok=True)
    if page.resolve() != mapping.resolve():
        page.write_bytes(mapping.read_bytes())


def _confirmed(home: Home) -> Path:
    return home.journal / "mappings"


def _disagreements(found: Compared, *, taken: bool) -> list[str]:
    if not found.disagreements:
        return []
    open_ = sum(not each.settled for each in found.disagreements)
    told = [each.sentence for each in found.disagreements]
    if taken:
        return [*told, f"{open_} changed to what the file says; the journal keeps what stood there before."]
    return [*told, "The journal's word stands. To take the file's: --take-theirs"] if open_ else told


def _drafted(export: Path, draft: str) -> str:
    """Write the mapping beside the file, never over one that is there, and say how to go on."""
    names = (f"{export.name}.mapping{number}.toml" for number in ("", *(f"-{again}" for again in range(2, 100))))
    page = next(path for path in map(export.with_name, names) if not path.exists())
    page.write_text(draft, encoding="utf-8")
    return f"Fill in {page}, then: runmood journal import {quote(f'{export}')} --mapping {quote(f'{page}')}"
