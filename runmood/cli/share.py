"""The command that makes a page for a conversation: chosen, shown, agreed to, and only then written."""

from __future__ import annotations

import datetime as dt
import os
import sys
import textwrap
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.feedback import remarks_of
from runmood.core.errors import UserError
from runmood.home.handed_out import note_handed_out
from runmood.home.home import chosen_home
from runmood.reports.share.content import compose, is_noted, offered
from runmood.reports.share.models import INCLUDED, MOST, ShareData, ShareSelection, period
from runmood.reports.share.render import as_html, as_pdf, as_text, format_missing_letters
from runmood.warehouse.publish import findings_to_show, read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.reports.share.models import Item, SharedPage, ShareOptions


DAY = ["%Y-%m-%d"]
NOT_WRITTEN = 1
LONG_RUNS = dt.timedelta(days=28)
WIDTH = 80
TABLES = ("check_ins", "check_in_helped", "goals", "reflections")
Names = list[str] | None


def share(
    context: typer.Context,
    *,
    from_: Annotated[
        dt.datetime | None,
        typer.Option("--from", formats=DAY, help="The first day; else twelve weeks before the last."),
    ] = None,
    to: Annotated[
        dt.datetime | None, typer.Option(formats=DAY, help="The last day; else the last one with notes.")
    ] = None,
    finding: Annotated[Names, typer.Option(help="A finding, such as B1; up to three.")] = None,
    goal: Annotated[Names, typer.Option(metavar="ID", help="A goal, as `runmood goal` names it; up to three.")] = None,
    note: Annotated[Names, typer.Option(metavar="ID", help="A note, as `runmood log` names it; up to three.")] = None,
    include: Annotated[Names, typer.Option(help="distance, pace, kinds, reasons, sleep, stress or own-words.")] = None,
    question: Annotated[str | None, typer.Option(help="What you would like to talk about.")] = None,
    name: Annotated[str | None, typer.Option(help="Your name, if it is to be there.")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Where to put it; summaries/shared in your home if left out.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Only the PDF.")] = False,
    html: Annotated[bool, typer.Option("--html", help="Only the HTML.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Write it without asking; for scripts.")] = False,
) -> None:
    """Make one A4 page for a counsellor, or anyone you trust: you choose what is on it, and see it first."""
    home = chosen_home(context.obj)
    days = read_tables(home.published, ("days",))["days"]
    first, last = period(days, from_ and from_.date(), to and to.date(), home.today())
    told = ShareSelection(
        first, last, tuple(finding or ()), tuple(goal or ()), tuple(note or ()), tuple(include or ()), question, name
    )
    material = _material(home, days, last)
    if not is_noted(material, told):
        raise UserError(home.say("cli.share.nothing_noted", first=first, last=last))
    if told == ShareSelection(first, last) and sys.stdin.isatty() and not yes:
        told = _asked(home, told, offered(material, told))
    page = compose(material, told)
    pages = {"pdf": as_pdf(page)} if pdf or not html else {}
    pages |= {"html": as_html(page).encode()} if html or not pdf else {}
    _show(home, page, letters=format_missing_letters(page) if "pdf" in pages else "")
    _agree(home, yes=yes)
    folder = out or home.page.parent / "shared"
    for path in _write(home, folder, page.file, pages):
        note_handed_out(home, "page", path)
        typer.echo(home.say("cli.share.written", file=f"{path.resolve()}"))


def _material(home: Home, days: pl.DataFrame, last: dt.date) -> ShareData:
    """Read what a page may be made from, out of the published copy."""
    return ShareData(
        days=days,
        **read_tables(home.published, TABLES),
        findings=findings_to_show(home.published, last - LONG_RUNS, last),
        finding_feedback=remarks_of(home),
        say=home.say,
        invented=home.truths.exists(),
    )


def _show(home: Home, page: SharedPage, letters: str) -> None:
    """Show everything that leaves, between two lines."""
    typer.echo(f"{home.say('cli.share.all')}\n{'─' * WIDTH}\n{as_text(page, WIDTH)}\n{'─' * WIDTH}")
    if letters:
        typer.echo(letters)


def _agree(home: Home, *, yes: bool) -> None:
    """Go on only where the person says so."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError(home.say("cli.share.nobody"))
    if not typer.confirm(home.say("cli.share.write_it")):
        typer.echo(home.say("cli.share.nothing_written"))
        raise typer.Exit(NOT_WRITTEN)


def _write(home: Home, folder: Path, name: str, pages: Mapping[str, bytes]) -> list[Path]:
    """Write new files, readable by their owner alone; an existing page stays, and the new one gets a number."""
    folder.mkdir(parents=True, exist_ok=True)
    numbers = ("" if number == 1 else f"_{number}" for number in count(1))
    free = next(each for each in numbers if not any(_there(folder / f"{name}{each}.{form}") for form in pages))
    if free:
        typer.echo(home.say("cli.share.numbered"))
    paths = {folder / f"{name}{free}.{form}": content for form, content in pages.items()}
    for path, content in paths.items():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    return list(paths)


def _there(path: Path) -> bool:
    """Whether anything has that name, were it a link to nowhere."""
    return path.exists() or path.is_symlink()


# Step by step, for a person at a terminal.


def _asked(home: Home, choice: ShareSelection, offers: ShareOptions) -> ShareSelection:
    """Return the choice with all that the person says yes to."""
    say, name = home.say, home.settings.name
    typer.echo(f"{textwrap.fill(say('cli.share.introduced'), WIDTH)}\n")
    typer.echo(say("cli.share.days", first=f"{choice.first}", last=f"{choice.last}"))
    question = _line(say("cli.share.question"))
    findings, goals = _ticked(say, "findings", offers.findings), _ticked(say, "goals", offers.goals)
    notes = _ticked(say, "notes", offers.notes)
    include: tuple[str, ...] = ()
    if typer.confirm(say("cli.share.anything_else")):
        include = tuple(item for item, words in INCLUDED.items() if typer.confirm(say("cli.share.show", what=words)))
    named = bool(name) and typer.confirm(say("cli.share.name", name=name))
    told = replace(choice, findings=findings, goals=goals, notes=notes, include=include)
    return replace(told, question=question or None, name=name if named else None)


def _ticked(say: Translator, noun: str, offers: Mapping[str, Item]) -> tuple[str, ...]:
    """Show the offers one by one; return those that the person ticks, as many as a page holds or until it is enough."""
    ticked: list[str] = []
    if not offers or not typer.confirm(say(f"cli.share.any.{noun}", count=len(offers))):
        return ()
    for name, item in offers.items():
        typer.echo(f"\n{_indented(item.title)}\n{_indented(item.words)}")
        answer = _line(say("cli.share.on_the_page")).lower()
        if answer.startswith("q"):
            break
        ticked += [name] if answer.startswith("y") else []
        if len(ticked) == MOST[noun]:
            typer.echo(say(f"cli.share.enough.{noun}"))
            break
    return tuple(ticked)


def _indented(words: str) -> str:
    return textwrap.indent(textwrap.fill(words, WIDTH - 2), "  ")


def _line(asked: str) -> str:
    """Return what the person answers; empty for Enter alone."""
    answer: str = typer.prompt(asked, default="", show_default=False, prompt_suffix=" ")
    return answer.strip()
