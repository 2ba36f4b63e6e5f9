"""Entries imported from another app: read, compared with the journal, and what could not be read set aside."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.ask_mapping import ask_mapping
from runmood.cli.entries import in_a_line
from runmood.cli.prompts import Terminal
from runmood.cli.support import show_help_after
from runmood.core.checkins import CheckIn
from runmood.core.errors import UserError
from runmood.core.files import write_private
from runmood.core.plain_text import as_cell
from runmood.home.edit_settings import change
from runmood.home.home import open_home, open_readonly, resolve_home
from runmood.home.import_log import ImportKind
from runmood.home.settings import SettingsError
from runmood.ingest.entry_imports import drop_undone, import_entries
from runmood.ingest.mood_files import in_future, keep_mapping, mappings_folder, read_moods
from runmood.journal.codec import id_of
from runmood.journal.imports.compare import Comparison, Export, NeedsMappingError, compare
from runmood.journal.store import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.core.checkins import NewEntry
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
EXAMPLES = 5


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
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
) -> None:
    """Import mood entries from another app (Daylio, Apple State of Mind, intervals.icu …) or any CSV with a mapping."""
    home = open_readonly(context.obj) if dry_run else resolve_home(context.obj)
    reading = _read_or_ask(home, export, mapping.read_bytes() if mapping else None, dry_run=dry_run)
    home, kept = reading.home, reading.kept
    _refuse_future(home, kept.entries, dt.datetime.now(home.zone))
    found = compare(kept.entries, drop_undone(home, read(home.journal).records), kept.by_clock)
    if dry_run:
        typer.echo("\n".join([home.say("import.nothing_changed"), *_preview(home, kept, found)]))
        return
    if reading.asker and not _is_wanted(home, export, reading, found):
        return
    theirs = found.as_theirs() if take_theirs else ()
    batch = import_entries(home, ImportKind.MOODS, f"{export}", (*found.new, *theirs))
    new = len({id_of(each) for each in found.new})
    typer.echo(home.say("cli.journal.read", source=kept.source, entries=len(kept.entries), new=new))
    show_help_after(home, [each.entry for each in found.new])
    if reading.said:
        keep_mapping(home, kept.source, reading.said, export)
    sentences = [*_disagreements(home, found, taken=take_theirs), *_of_the_zone(home, kept, found)]
    for sentence in (*_read_by(home, reading), *_remarks(home, kept), *sentences, *_how_sure(home, export, kept)):
        typer.echo(sentence)
    if batch:
        typer.echo(home.say("cli.runs.to_undo", batch=batch))
    if len(found.disagreements) > len(theirs) or kept.set_aside:
        raise typer.Exit(LOOK)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds, and how it was read: by which earlier mapping, or by which one that was given or asked for.

    `home` has the time zone that the person may have said meanwhile; `asker` is there where something was asked.
    """

    home: Home
    kept: Export
    by: str | None = None
    said: bytes | None = None
    asker: Terminal | None = None


def _read_or_ask(home: Home, export: Path, said: bytes | None, *, dry_run: bool) -> Reading:
    """Read a file; what only the person can say is asked for, or, where nobody can answer, drafted beside the file."""
    asker = Terminal("") if sys.stdin.isatty() else None
    asked, zone_asked = False, asker is None or dry_run
    while True:
        try:
            kept, by = read_moods(home, export, said)
        except NeedsMappingError as fault:
            said, asked = _ask(home, export, asker, fault, dry_run=dry_run), True
            continue
        if asker and not zone_asked and kept.by_clock and home.settings.time_zone in NOWHERE:
            home, zone_asked = _with_zone(home, asker), True
            continue
        return Reading(home, kept, by, said, asker if asked else None)


def _ask(home: Home, export: Path, asker: Terminal | None, fault: NeedsMappingError, *, dry_run: bool) -> bytes:
    """Return the mapping that the person's answers make; without anybody to answer, draft it beside the file.

    Raises:
        UserError: nobody answered; the sentence says how to go on.
    """
    before = fault.draft(home.say)
    if asker:
        asker.tell(fault.spoken(home.say))
        ask_mapping(home.say, asker, fault.asked)
    if fault.draft(home.say) == before:  # nobody was there, or nothing was open: to ask again would change nothing
        command = f"runmood journal import {quote(f'{export}')}"
        further = home.say("cli.journal.would_draft", command=command) if dry_run else _drafted(home, export, before)
        raise UserError(f"{fault.spoken(home.say)}\n{further}") from fault
    return fault.draft(home.say).encode()


def _with_zone(home: Home, asker: Terminal) -> Home:
    """Ask where the person lives, as the clocks of a file are read by that, and return the home with it."""
    while answer := asker.line(home.say("cli.journal.ask_zone", zone=home.settings.time_zone)):
        try:
            change(home.settings_file, "time_zone", answer)
        except SettingsError:
            asker.tell(home.say("cli.journal.no_zone", typed=answer))
        else:
            return open_home(home.root)
    return home


def _read_by(home: Home, reading: Reading) -> list[str]:
    """Return which of the earlier mappings the file was read by."""
    if not reading.by:
        return []
    page = next(mappings_folder(home).glob(f"{reading.by}*.toml"), mappings_folder(home))
    return [home.say("cli.journal.read_by", source=reading.by, file=f"{page}")]


def _remarks(home: Home, kept: Export) -> list[str]:
    return [remark.spoken(home.say) for remark in kept.remarks]


def _how_sure(home: Home, export: Path, kept: Export) -> list[str]:
    """Return how sure the layout is, and where the rows are that could not be read."""
    sentences = [home.say("cli.journal.unproven")] if kept.how_sure != PROVEN else []
    if kept.set_aside:
        page = _set_aside(home, export, kept)
        sentences.append(home.say("cli.journal.set_aside", rows=len(kept.set_aside), file=f"{page}"))
    return sentences


def _preview(home: Home, kept: Export, found: Comparison) -> Iterator[str]:
    """Yield what an import comes to: how many entries, from when to when, on which scale, and some of them in words."""
    say, days = home.say, sorted(each.entry.at for each in kept.entries if isinstance(each.entry, CheckIn))
    if days:
        first, last = (say.date(day.date()) for day in (days[0], days[-1]))
        entries, new = len(kept.entries), len(found.new)
        yield say("cli.mapping.preview", source=kept.source, entries=entries, first=first, last=last, new=new)
    for layout in kept.layouts[:1]:
        if scale := layout.items["mood"].scale:
            best, low, high = (f"{end:g}" for end in (getattr(scale, scale.best), scale.low, scale.high))
            yield say("cli.mapping.preview_scale", low=low, high=high, best=best)
        if words := [_word(home, word, worth) for word, worth in layout.labels.items()]:
            yield say("cli.mapping.preview_words", words=", ".join(words))
    if kept.entries:
        yield say("cli.mapping.examples")
    step = max(1, len(kept.entries) // EXAMPLES)
    for each in kept.entries[::step][:EXAMPLES]:
        if isinstance(each.entry, CheckIn):
            theirs = f"{each.entry.raw}: " if each.entry.raw else ""
            yield f"  {theirs}{in_a_line(say, each.entry)}"
    yield from _remarks(home, kept)
    yield from (f"{each.place.spoken(say)}: {each.reason.spoken(say)}" for each in kept.set_aside[:EXAMPLES])


def _word(home: Home, word: str, worth: float | None) -> str:
    name = "cli.mapping.preview_left_out" if worth is None else "cli.mapping.preview_word"
    return home.say(name, word=word, worth=home.say.exact(worth or 0))


def _is_wanted(home: Home, export: Path, reading: Reading, found: Comparison) -> bool:
    """Show what an import would come to and ask whether it is wanted; if not, the answers are kept beside the file."""
    typer.echo("\n".join(_preview(home, reading.kept, found)))
    asker = reading.asker or Terminal("")
    if asker.line(home.say("cli.mapping.import")).casefold() not in home.say("cli.words.no").split():
        return True
    page = _write_beside(export, (reading.said or b"").decode())
    typer.echo(home.say("cli.mapping.not_imported", file=f"{page}"))
    return False


def _refuse_future(home: Home, entries: Sequence[NewEntry], now: dt.datetime) -> None:
    """Refuse a file that speaks of days to come."""
    if ahead := in_future(entries, now):
        first = min(ahead).date()
        raise UserError(home.say("cli.journal.in_future", ahead=len(ahead), entries=len(entries), day=first))


def _disagreements(home: Home, found: Comparison, *, taken: bool) -> list[str]:
    if not found.disagreements:
        return []
    open_ = sum(not each.settled for each in found.disagreements)
    sentences = [each.spoken(home.say) for each in found.disagreements]
    if taken:
        return [*sentences, home.say("cli.journal.changed", entries=open_)]
    return [*sentences, home.say("cli.journal.stands")] if open_ else sentences


def _of_the_zone(home: Home, kept: Export, found: Comparison) -> list[str]:
    """Return what the home's time zone has to do with the moments of the file."""
    sentences = []
    if found.moved:
        sentences.append(home.say("cli.journal.moved", entries=len(found.moved), zone=home.settings.time_zone))
    if found.new and kept.by_clock and home.settings.time_zone in NOWHERE:
        sentences.append(home.say("cli.journal.which_zone", zone=home.settings.time_zone, file=f"{home.settings_file}"))
    return sentences


def _set_aside(home: Home, export: Path, kept: Export) -> Path:
    """Write the rows that could not be read beside the file, each with its reason, and return where."""
    columns = dict.fromkeys(column for each in kept.set_aside for column in each.cells)
    table = io.StringIO(newline="")
    writer = csv.writer(table)
    writer.writerow(["place", "reason", *map(as_cell, columns)])
    for each in kept.set_aside:
        sentences = (each.place.spoken(home.say), each.reason.spoken(home.say))
        writer.writerow([*sentences, *(as_cell(each.cells.get(column, "")) for column in columns)])
    page = export.with_name(f"{export.name}.set-aside.csv")
    write_private(page, table.getvalue())
    return page


def _drafted(home: Home, export: Path, draft: str) -> str:
    """Write the mapping beside the file, never over one that is there, and say how to go on."""
    page = _write_beside(export, draft)
    command = f"runmood journal import {quote(f'{export}')} --mapping {quote(f'{page}')}"
    return home.say("cli.journal.fill_in", file=f"{page}", command=command)


def _write_beside(export: Path, draft: str) -> Path:
    names = (f"{export.name}.mapping{number}.toml" for number in ("", *(f"-{again}" for again in range(2, 100))))
    page = next(path for path in map(export.with_name, names) if not path.exists())
    write_private(page, draft)
    return page
