"""The latest entries of the journal, a line each; and entries imported from another app."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.entries import SHORT, shortened
from runmood.cli.support import show_help_after
from runmood.core.errors import UserError
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

    from runmood.core.i18n import Translator
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
    home = chosen_home(context.obj, lenient=True)
    stands = effective_entries(read(home.journal).told)
    shown = sorted((each for each in stands if isinstance(each.entry, LISTED)), key=_moment)[-last:]
    if not shown:
        typer.echo(home.say("cli.journal.nothing_yet"))
    late = {row["check_in_id"] for row in check_in_rows(tuple(shown)) if row["late"]}
    for each in shown:
        typer.echo(_line(home, each, late=each.id in late))


def _moment(told: JournalRecord) -> dt.datetime:
    return told.entry.at if isinstance(told.entry, CheckIn) else told.said_at


def _line(home: Home, told: JournalRecord, *, late: bool) -> str:
    moment = told.entry.at if isinstance(told.entry, CheckIn) else told.said_at.astimezone(home.zone)
    kind, words = _kind_and_words(home.say, told.entry)
    marks = ", ".join([home.say("cli.journal.late")] * late + [home.say("cli.journal.edited")] * told.edited)
    day = f"{home.say(f'weekday_short.{moment.isoweekday()}')} {moment:%Y-%m-%d %H:%M}"
    return f"{told.id[:SHORT]}  {day}  {kind:<10}  {words}{f'  ({marks})' if marks else ''}"


def _kind_and_words(say: Translator, entry: object) -> tuple[str, str]:
    """Return what kind of entry it is, and its words, short."""
    match entry:
        case CheckIn():
            return say.choice("cli.checkin.kind", entry.kind), _check_in(say, entry)
        case Goal():
            return say("cli.journal.goal"), f"{entry.kind}: {shortened(entry.words)}"
        case GoalReview():
            return say("cli.journal.goal"), f"{entry.goal[:SHORT]} {entry.state}  {shortened(entry.words or '')}"
        case Reflection():
            return say("cli.journal.thought"), f"{shortened(entry.prompt)}  {shortened(entry.answer)}"
        case DistanceCorrection():
            return say("cli.journal.run"), f"{entry.recording}: {entry.distance_m / 1000:g} km"
        case RunTagged():
            return say("cli.journal.run"), f"{entry.recording}: {', '.join(entry.tags) or say('cli.journal.no_tags')}"
    raise TypeError(f"{entry} is not listed")


def _check_in(say: Translator, entry: CheckIn) -> str:
    energy = say("cli.journal.energy", energy=say.exact(entry.energy)) if entry.energy is not None else ""
    note = f'"{shortened(entry.note)}"' if entry.note else ""
    away = entry.source if entry.source != "hand" else ""
    return "  ".join(
        filter(None, (say("cli.journal.mood", mood=say.exact(entry.mood)), energy, ", ".join(entry.tags), note, away))
    )


PROVEN, LOOK = "V", 1  # how sure a layout is; the exit status that asks for a look
KeptElsewhere = Annotated[Path, typer.Argument(help="A file that another app exported.", exists=True, dir_okay=False)]
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
    found = compare(kept.entries, read(home.journal).told)
    theirs = found.as_theirs() if take_theirs else ()
    new = append(home.journal, (*found.new, *theirs)).new - len(theirs)
    typer.echo(home.say("cli.journal.read", source=kept.source, entries=len(kept.entries), new=new))
    show_help_after(home, [each.entry for each in found.new])
    if mapping:
        _confirm(home, kept.source, mapping)
    elif by:
        typer.echo(home.say("cli.journal.read_by", source=by, file=f"{_confirmed(home) / f'{by}.toml'}"))
    for sentence in (*kept.remarks, *_disagreements(home, found, taken=take_theirs)):
        typer.echo(sentence)
    if kept.how_sure != PROVEN:
        typer.echo(home.say("cli.journal.unproven"))
    if len(found.disagreements) > len(theirs):
        raise typer.Exit(LOOK)


def _refuse_future(home: Home, entries: Sequence[NewEntry], now: dt.datetime) -> None:
    """Refuse a file that speaks of days to come: most often day and month stand in the other order."""
    ahead = [each.entry.at for each in entries if isinstance(each.entry, CheckIn) and each.entry.at > now + A_DAY]
    if ahead:
        first = min(ahead).date()
        raise UserError(home.say("cli.journal.in_future", ahead=len(ahead), entries=len(entries), day=first))


def _read(export: Path, home: Home, said: ColumnMapping | None) -> tuple[Export, str | None]:
    """Return what the file holds, read by the mapping given or by one confirmed before; with it that one's source."""
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


def _disagreements(home: Home, found: Compared, *, taken: bool) -> list[str]:
    if not found.disagreements:
        return []
    open_ = sum(not each.settled for each in found.disagreements)
    told = [each.sentence for each in found.disagreements]
    if taken:
        return [*told, home.say("cli.journal.changed", entries=open_)]
    return [*told, home.say("cli.journal.stands")] if open_ else told


def _drafted(home: Home, export: Path, draft: str) -> str:
    """Write the mapping beside the file, never over one that is there, and say how to go on."""
    names = (f"{export.name}.mapping{number}.toml" for number in ("", *(f"-{again}" for again in range(2, 100))))
    page = next(path for path in map(export.with_name, names) if not path.exists())
    page.write_text(draft, encoding="utf-8")
    command = f"runmood journal import {quote(f'{export}')} --mapping {quote(f'{page}')}"
    return home.say("cli.journal.fill_in", file=f"{page}", command=command)
