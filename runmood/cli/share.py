"""The command that makes a page for a conversation: chosen, shown, agreed to, and only then written."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.day_names import read_day
from runmood.cli.prompts import confirm
from runmood.cli.reports import read_feedback
from runmood.core.errors import UserError
from runmood.home.home import resolve_home
from runmood.home.work_folder import record_outside_copy
from runmood.reports.share.content import compose, is_noted, offered
from runmood.reports.share.models import INCLUDED, MOST, ShareSelection, period
from runmood.reports.share.render import as_text, format_missing_letters
from runmood.warehouse.publish import read_tables
from runmood.workflow.sharing import FORMS, lay_out, read_share_data, write_shared

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.reports.share.models import Item, SharedPage, ShareOptions


NOT_WRITTEN = 1
WIDTH = 80
Names = list[str] | None


def share(
    context: typer.Context,
    *,
    from_: Annotated[
        str | None,
        typer.Option("--from", metavar="DATE", help="The first day; else twelve weeks before the last."),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="The last day; else the last one with notes."),
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
    home = resolve_home(context.obj)
    days = read_tables(home.published, ("days",))["days"]
    first, last = (None if day is None else read_day(home.say, day, home.today()) for day in (from_, to))
    first, last = period(days, first, last, home.today())
    selection = ShareSelection(
        first, last, tuple(finding or ()), tuple(goal or ()), tuple(note or ()), tuple(include or ()), question, name
    )
    material = read_share_data(home, days, read_feedback(home), last)
    if not is_noted(material, selection):
        raise UserError(home.say("cli.share.nothing_noted", first=first, last=last))
    if selection == ShareSelection(first, last) and sys.stdin.isatty() and not yes:
        selection = _asked(home, selection, offered(material, selection))
    page = compose(material, selection)
    forms = {form: chosen for form, chosen in (("pdf", pdf), ("html", html)) if chosen}
    pages = lay_out(page, tuple(forms) or FORMS)
    _show(home, page, letters=format_missing_letters(page) if "pdf" in pages else "")
    _agree(home, yes=yes)
    folder = out or home.page.parent / "shared"
    paths, numbered = write_shared(folder, page.file, pages)
    if numbered:
        typer.echo(home.say("cli.share.numbered"))
    for path in paths:
        record_outside_copy(home, "page", path)
        typer.echo(home.say("cli.share.written", file=f"{path.resolve()}"))


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
    if not confirm(home.say, home.say("cli.share.write_it")):
        typer.echo(home.say("cli.share.nothing_written"))
        raise typer.Exit(NOT_WRITTEN)


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
    if confirm(say, say("cli.share.anything_else")):
        include = tuple(item for item in INCLUDED if confirm(say, say("cli.share.show", what=_what_shows(say, item))))
    named = bool(name) and confirm(say, say("cli.share.name", name=name))
    selection = replace(choice, findings=findings, goals=goals, notes=notes, include=include)
    return replace(selection, question=question or None, name=name if named else None)


def _what_shows(say: Translator, item: str) -> str:
    return say(f"share_page.shows.{item.replace('-', '_')}")


def _ticked(say: Translator, noun: str, offers: Mapping[str, Item]) -> tuple[str, ...]:
    """Show the offers one by one; return those that the person ticks, as many as a page holds or until it is enough."""
    ticked: list[str] = []
    if not offers or not confirm(say, say(f"cli.share.any.{noun}", count=len(offers))):
        return ()
    for name, item in offers.items():
        typer.echo(f"\n{_indented(item.title)}\n{_indented(item.words)}")
        answer = _line(say("cli.share.on_the_page")).lower()
        if answer.startswith("q"):
            break
        ticked += [name] if answer in say("cli.words.yes").split() else []
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
