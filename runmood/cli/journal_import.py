"""Entries imported from another app: read, compared with the journal, and what could not be read set aside."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.support import show_help_after
from runmood.core.errors import UserError
from runmood.core.models import CheckIn
from runmood.home.home import chosen_home
from runmood.journal.imports import packed_notes, read_export, read_known_export
from runmood.journal.imports.compare import Compared, Export, NeedsMappingError, compare
from runmood.journal.imports.mapping import ColumnMapping, bound_to, mapping_from_toml
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.core.models import NewEntry
    from runmood.home.home import Home


journal = typer.Typer(help="Mood entries that you keep in another app.", no_args_is_help=True)
PROVEN, LOOK = "V", 1  # how sure a layout is; the exit status that asks for a look
NOWHERE = ("UTC", "Etc/UTC", "Etc/UCT", "Etc/GMT", "GMT", "UCT", "Zulu")  # the zones of servers and containers
KeptElsewhere = Annotated[
    Path, typer.Argument(help="A file that another app exported, or a folder of daily notes.", exists=True)
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="What you say of the file (TOML); drafted when needed.", exists=True)
]
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
        raise UserError(f"{fault}\n{_drafted(home, export, fault.draft)}") from fault
    _refuse_future(home, kept.entries, dt.datetime.now(home.zone))
    found = compare(kept.entries, read(home.journal).told, kept.by_clock)
    theirs = found.as_theirs() if take_theirs else ()
    new = append(home.journal, (*found.new, *theirs)).new - len(theirs)
    typer.echo(home.say("cli.journal.read", source=kept.source, entries=len(kept.entries), new=new))
    show_help_after(home, [each.entry for each in found.new])
    if mapping:
        _confirm(home, kept.source, mapping, export)
    elif by:
        typer.echo(home.say("cli.journal.read_by", source=by, file=f"{_confirmed(home) / f'{by}.toml'}"))
    for sentence in (*kept.remarks, *_disagreements(home, found, taken=take_theirs), *_of_the_zone(home, kept, found)):
        typer.echo(sentence)
    if kept.how_sure != PROVEN:
        typer.echo(home.say("cli.journal.unproven"))
    if kept.set_aside:
        typer.echo(home.say("cli.journal.set_aside", rows=len(kept.set_aside), file=f"{_set_aside(export, kept)}"))
    if len(found.disagreements) > len(theirs) or kept.set_aside:
        raise typer.Exit(LOOK)


def _refuse_future(home: Home, entries: Sequence[NewEntry], now: dt.datetime) -> None:
    """Refuse a file that speaks of days to come: most often day and month stand in the other order."""
    ahead = [each.entry.at for each in entries if isinstance(each.entry, CheckIn) and each.entry.at > now + A_DAY]
    if ahead:
        first = min(ahead).date()
        raise UserError(home.say("cli.journal.in_future", ahead=len(ahead), entries=len(entries), day=first))


def _read(export: Path, home: Home, said: ColumnMapping | None) -> tuple[Export, str | None]:
    """Return what the file holds, read by the mapping given or by one confirmed before; with it that one's source."""
    content = _content_of(export)
    if said:
        return read_export(content, export.name, home.zone, said), None
    pages = sorted(_confirmed(home).glob("*.toml"))
    read_before = [(mapping_from_toml(page.read_bytes()), page.stem) for page in pages]
    mappings = [replace(mapping, source=mapping.source or stem) for mapping, stem in read_before]
    kept, mapping = read_known_export(content, export.name, home.zone, mappings)
    return kept, mapping.source if mapping else None


def _content_of(export: Path) -> bytes:
    """Return the bytes of a file, or the notes of a folder and the folders in it as one archive."""
    if not export.is_dir():
        return export.read_bytes()
    notes = sorted(path for path in export.rglob("*.md") if not any(part.startswith(".") for part in path.parts))
    return packed_notes((path.relative_to(export).as_posix(), path.read_bytes()) for path in notes)


def _confirm(home: Home, source: str, mapping: Path, export: Path) -> None:
    """Keep the mapping beside the journal: what was answered once serves every later export like this one.

    It is bound to the columns and the name of its file, so that a sheet of another app is never read by it.
    """
    page = _confirmed(home) / f"{source.replace('/', '-')}.toml"
    page.parent.mkdir(mode=0o700, exist_ok=True)
    if page.resolve() != mapping.resolve():
        page.write_bytes(bound_to(mapping.read_bytes(), _content_of(export), export.name))


def _confirmed(home: Home) -> Path:
    return home.journal / "mappings"


def _disagreements(home: Home, found: Compared, *, taken: bool) -> list[str]:
    if not found.disagreements:
        return []
    open_ = sum(not each.settled for each in found.disagreements)
    told = [each.sentence for each in found.disagreements]
    if taken:
        return [*told, home.say("cli.journal.changed", entries=open_)]
    return [*told, home.say("cli.journal.stands")] if open_ else told


def _of_the_zone(home: Home, kept: Export, found: Compared) -> list[str]:
    """Return what the home's time zone has to do with the moments of the file."""
    told = []
    if found.moved:
        told.append(home.say("cli.journal.moved", entries=len(found.moved), zone=home.settings.time_zone))
    if found.new and kept.by_clock and home.settings.time_zone in NOWHERE:
        told.append(home.say("cli.journal.which_zone", zone=home.settings.time_zone, file=f"{home.settings_file}"))
    return told


def _set_aside(export: Path, kept: Export) -> Path:
    """Write the rows that could not be read beside the file, each with its reason, and return where."""
    columns = dict.fromkeys(column for each in kept.set_aside for column in each.cells)
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["place", "reason", *columns])
    for each in kept.set_aside:
        writer.writerow([each.place, each.reason, *(each.cells.get(column, "") for column in columns)])
    page = export.with_name(f"{export.name}.set-aside.csv")
    page.write_text(table.getvalue(), encoding="utf-8")
    return page


def _drafted(home: Home, export: Path, draft: str) -> str:
    """Write the mapping beside the file, never over one that is there, and say how to go on."""
    names = (f"{export.name}.mapping{number}.toml" for number in ("", *(f"-{again}" for again in range(2, 100))))
    page = next(path for path in map(export.with_name, names) if not path.exists())
    page.write_text(draft, encoding="utf-8")
    command = f"runmood journal import {quote(f'{export}')} --mapping {quote(f'{page}')}"
    return home.say("cli.journal.fill_in", file=f"{page}", command=command)
