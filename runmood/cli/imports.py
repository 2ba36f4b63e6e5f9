"""The commands that bring runs in: files, watched folders, everything again, and the year of an invented runner."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import LOOK
from runmood.cli.status_line import status_line
from runmood.cli.support import show_help_after
from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.home.home import TRUTHS, Home, open_home, open_readonly, resolve_home, translator_in
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Iterator


SETTINGS = 'time_zone = "{zone}"\nname = "{name}"\n'
RUNNER = "Robin"
MISSED_DIP = 0.9
A_DAY_S = 86_400

Files = Annotated[list[Path], typer.Argument(help="Watch files, folders, export zips.", show_default=False)]


def import_files(
    context: typer.Context,
    paths: Files,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
) -> None:
    """Copy watch files into your inbox, read what is new, and say which files need a look."""
    if dry_run:
        home = open_readonly(context.obj)
        with status_line(home.say, "import.begun") as watch:
            from runmood.ingest import report
            from runmood.workflow import imports

            foreseen = imports.preview_of(home, paths, watch)
        typer.echo(home.say("import.nothing_changed"))
        typer.echo(report.batch_as_text(home.say, foreseen))
        return
    home = resolve_home(context.obj)
    with status_line(home.say, "import.begun") as watch:
        from runmood.ingest import report
        from runmood.workflow import imports

        known = {each.id for each in read(home.journal).records}
        batch, left_out, again = imports.import_paths(home, paths, watch)
    for each in left_out:
        typer.echo(each.spoken(home.say), err=True)
    if again:
        typer.echo(home.say("import.restored", count=again))
    typer.echo(report.batch_as_text(home.say, batch, found=any(path.exists() for path in paths)))
    show_help_after(home, [each.entry for each in read(home.journal).records if each.id not in known])
    if left_out or not batch.clean:
        raise typer.Exit(LOOK)


def rebuild(context: typer.Context) -> None:
    """Rebuild the database and pages from your files and check-ins."""
    home = resolve_home(context.obj)
    with status_line(home.say, "import.begun_again") as watch:
        from runmood.ingest import report
        from runmood.workflow import imports

        batch, differences = imports.rebuild(home, watch)
    typer.echo(f"{report.batch_as_text(home.say, batch)}\n{report.differences_as_text(home.say, differences)}")


def make_home(root: Path, last_day: dt.date, *, missed_dip: float = MISSED_DIP) -> Home:
    """Make a fresh home of the invented runner, whose year ends on `last_day`; never touch somebody's own home.

    `missed_dip` is how much lower the evenings of missed runs are, in standard deviations; 0 plants nothing.

    Returns:
        The home, with its files in the inbox and its check-ins in the journal.

    Raises:
        UserError: the folder is somebody's own home.
    """
    if root.exists() and any(root.iterdir()):
        if not (root / TRUTHS).exists():
            raise UserError(message("error.home_in_use", folder=root))
        shutil.rmtree(root)
    from runmood.simulate import simulate

    invented = simulate(last_day, missed_dip=missed_dip)
    root.mkdir(parents=True, exist_ok=True)
    (root / TRUTHS).write_text(json.dumps([truth.sentence for truth in invented.truths], indent=2), encoding="utf-8")
    (root / "settings.toml").write_text(SETTINGS.format(zone=invented.time_zone, name=RUNNER), encoding="utf-8")
    yesterday = time.time() - A_DAY_S
    for file in invented.files:
        path = root / "inbox" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        os.utime(path, (yesterday, yesterday))  # a damaged file of now might still be on its way
    home = open_home(root)
    now = dt.datetime.now(home.zone)
    append(home.journal, [said for said in invented.said if said.said_at <= now])
    return home


def demo(context: typer.Context) -> None:
    """Show runmood with a year of an invented runner, in a home of its own."""
    from runmood.cli.nightly import nightly_once
    from runmood.cli.reports import show_report

    root = context.obj or Path("demo")
    with status_line(translator_in(root), "import.inventing"):
        home = make_home(root, dt.datetime.now(dt.UTC).date())
    nightly_once(home)
    show_report(home)


def watch(
    context: typer.Context,
    folder: Annotated[Path | None, typer.Argument(help="A folder; lists those watched if left out.")] = None,
    *,
    stop: Annotated[bool, typer.Option("--stop", help="Look into it no more; what came from it stays.")] = False,
) -> None:
    """Watch a folder: each night reads new files in it, from a watch, a phone or a synced folder."""
    from runmood.home.edit_settings import change
    from runmood.ingest.watched import collect_from_folders

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
        sentences = collect_from_folders(home, dt.datetime.now(dt.UTC))
    typer.echo(home.say("cli.watch.watched", folder=name))
    typer.echo("\n".join([*sentences, home.say("cli.watch.next")]))


def _as_setting(folder: Path) -> str:
    """Return a folder as the settings name it: whole, so that it means the same wherever a night is started."""
    whole = Path(os.path.abspath(folder.expanduser()))  # noqa: PTH100 - without `..`, and links as they are
    try:
        return f"~/{whole.relative_to(Path.home()).as_posix()}"
    except ValueError:
        return whole.as_posix()


def _is_same(one: str, other: str) -> bool:
    from runmood.ingest.folder_stamps import folder_of

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
    from runmood.ingest.folder_stamps import folder_of
    from runmood.ingest.watched import read_state

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
