"""People to talk to: after words of distress or a very low mood, and whenever it is asked for."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.checkins import CheckIn
from runmood.core.locked import is_locked
from runmood.home.home import locked_home, open_readonly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.home.home import Home
    from runmood.support.help_lines import HelpLine, HelpLines

LATELY = dt.timedelta(days=7)  # notes of an import that are older are of another time


def support(
    context: typer.Context,
    country: Annotated[str | None, typer.Option(help="Two letters, such as PT; yours if left out.")] = None,
) -> None:
    """See who is there to listen, whenever you like."""
    root = context.obj or Path("data")
    home = locked_home(root) if is_locked(root) else open_readonly(root, lenient=True)
    typer.echo(panel_text(home, country))


def show_help_if_distressed(home: Home, said: Iterable[tuple[str, float | None]], tags: Iterable[str] = ()) -> None:
    """Show the person who writes, and nobody else, whom to call, where words, a mood or a tag of theirs ask for it."""
    spoken = [(words, mood) for words, mood in said if words or mood is not None]
    if not spoken:
        return
    from runmood.support.phrases import offered_support

    tags = tuple(tags)
    offered = [offered_support(words, mood, tags, home.settings.distress_phrases) for words, mood in spoken]
    if any(each.doctor for each in offered):
        typer.echo(f"\n{home.say('cli.support.doctor')}")
    if any(each.panel for each in offered):
        typer.echo(f"\n{panel_text(home)}")
    elif any(each.someone for each in offered):
        typer.echo(home.say("cli.support.someone"))


def show_help_after(home: Home, check_ins: Iterable[object]) -> None:
    """Show whom to call where the notes of the last days among imported entries ask for it."""
    since = dt.datetime.now(home.zone) - LATELY
    lately = [each for each in check_ins if isinstance(each, CheckIn) and each.at >= since]
    tags = [tag for each in lately for tag in each.tags]
    show_help_if_distressed(home, [(each.note or "", each.mood) for each in lately], tags)


def panel_text(home: Home, country: str | None = None) -> str:
    """Return the same calm words each time: acknowledged, who is there, and that nobody else sees them."""
    from runmood.support.help_lines import help_lines

    say, known = home.say, country or home.settings.country_shown
    lines = help_lines(known)
    shown = [sentence for each in lines for sentence in _as_text(home, each)]
    more = [say("cli.support.other_country")] if len(lines) == 1 else []
    return "\n".join([say("cli.support.acknowledged"), "", *shown, *more, "", say("cli.support.nobody_sees")])


def _as_text(home: Home, lines: HelpLines) -> list[str]:
    country = home.say.choice("cli.support.country", lines.country.casefold())
    emergency = home.say.choice("cli.support.emergency_number", lines.emergency)
    heading = home.say("cli.support.emergency", country=country[:1].upper() + country[1:], number=emergency)
    return [heading, *(f"  {line.name}: {_line(home, line)}" for line in lines.lines)]


def _line(home: Home, line: HelpLine) -> str:
    more = home.say.choice("cli.support.more", line.more)
    return home.say.choice("cli.support.how", line.how) + (f" ({more})" if more else "")
