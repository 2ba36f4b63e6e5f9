"""The command that names the folders into which each night looks for new files."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.errors import UserError
from runmood.home.edit_settings import change
from runmood.home.home import Home, open_home, resolve_home
from runmood.ingest.watched import collect_from_folders, read_state
from runmood.ingest.watched_snapshots import folder_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def watch(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="A folder; lists those watched if left out.")] = None,
    *,
    stop: Annotated[bool, typer.Option("--stop", help="Look into it no more; what came from it stays.")] = False,
) -> None:
    """Watch a folder: each night reads new files in it, from a watch, a phone or a synced folder."""
    home = resolve_home(context.obj)
    if folder is None:
        typer.echo("\n".join(_watched_folders(home)))
        return
    name = _as_setting(folder)
    known = [each for each in home.settings.folders if _is_same(each, name)]
    if stop:
        if not known:
            raise UserError(home.say("cli.watch.not_watched", folder=name))
        kept = [each for each in home.settings.folders if each not in known]
        change(home.settings_file, "folders", kept)
        typer.echo(home.say("cli.watch.stopped", folder=name))
        return
    _refuse_folder(home, folder)
    if not known:
        change(home.settings_file, "folders", [*home.settings.folders, name])
        home = open_home(home.root)
    with home.writing():
        told = collect_from_folders(home, dt.datetime.now(dt.UTC))
    typer.echo(home.say("cli.watch.watched", folder=name))
    typer.echo("\n".join([*told, home.say("cli.watch.next")]))


def _as_setting(folder: Path) -> str:
    """Return a folder as the settings name it: whole, so that it means the same wherever a night is started."""
    whole = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - without `..`, and links as they are
    try:
        return f"~/{whole.relative_to(Path.home()).as_posix()}"
    except ValueError:
        return whole.as_posix()


def _is_same(one: str, other: str) -> bool:
    return folder_of(one) == folder_of(other)


def _refuse_folder(home: Home, folder: Path) -> None:
    """Refuse a folder that is none, that holds the home or lies in it, or that holds everything."""
    whole, root = folder.expanduser().resolve(), home.root.resolve()
    if not whole.is_dir():
        raise UserError(home.say("cli.watch.no_folder", folder=f"{folder}"))
    if whole == root or root in whole.parents or whole in root.parents:
        raise UserError(home.say("cli.watch.own_home", folder=f"{folder}"))
    if whole in {Path(whole.anchor), Path.home().resolve()}:
        raise UserError(home.say("cli.watch.too_large", folder=f"{folder}"))


def _watched_folders(home: Home) -> Iterator[str]:
    """Yield a line for each watched folder: whether it is there, and when it last brought something."""
    state = read_state(home)
    for name in home.settings.folders:
        watched = state.folders.get(name)
        at = watched.brought_at if watched else None
        day = home.say.date(at.astimezone(home.zone).date()) if at else ""
        brought = home.say("cli.watch.brought", day=day) if day else home.say("cli.watch.nothing_yet")
        away = "" if folder_of(name).is_dir() else f"  {home.say('cli.watch.away')}"
        yield f"{name}  {brought}{away}"
    if not home.settings.folders:
        yield home.say("cli.watch.none")
