"""The panel with help lines: after words of distress, and whenever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from runmood.home.home import open_readonly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from runmood.home.home import Home


def support(
    context: typer.Context,
    country: Annotated[str | None, typer.Option(help="Two letters, such as PT; yours if left out.")] = None,
) -> None:
    """See who is there to listen, whenever you like."""
    typer.echo(_panel(open_readonly(context.obj), country))


def show_help_if_distressed(home: Home, said: Iterable[tuple[str, float | None]]) -> None:
    """Show the panel to the person who writes, and to nobody else, if words of theirs touch on distress."""
    spoken = [(words, mood) for words, mood in said if words]
    if not spoken:
        return
    from runmood.support.phrases import touches_on_distress

    if any(touches_on_distress(words, mood, home.settings.distress_phrases) for words, mood in spoken):
        typer.echo(f"\n{_panel(home)}")


def _panel(home: Home, country: str | None = None) -> str:
    from runmood.support.panel import panel

    return panel(country or home.settings.country_shown)
