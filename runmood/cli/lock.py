"""A home closed with a passphrase, and opened again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.catalogue import DEFAULT
from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.core.locked import is_locked
from runmood.core.models import CheckIn
from runmood.home.home import Home, open_readonly
from runmood.home.user_config import check_owner

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.core.models import NewEntry


MB = 10**6


def lock(
    context: typer.Context,
    *,
    new_passphrase: Annotated[
        bool, typer.Option("--new-passphrase", help="Ask for another passphrase than last time.")
    ] = False,
) -> None:
    """Seal everything in your home with a passphrase, so that a thief or a sync service reads nothing."""
    from runmood.cli import passphrase
    from runmood.workflow.lock import delete_clear, has_key, lock_home

    root = context.obj or Path("data")
    if is_locked(root):
        check_owner(root)
        delete_clear(root)
        typer.echo(_say()("cli.lock.again"))
        return
    home = open_readonly(root, lenient=True)
    if not home.settings_file.exists():
        raise UserError(home.say("cli.doctor.no_home", folder=f"{root}"))
    asks = new_passphrase or not has_key(home)
    if asks and sys.stdin.isatty():
        typer.echo(home.say("cli.lock.beforehand", home=f"{root.resolve()}"))
    done = lock_home(home, (lambda: passphrase.new_passphrase(home.say)) if asks else None)
    typer.echo(home.say("cli.lock.locked", files=done.files, size=home.say.exact(max(round(done.bytes / MB, 1), 0.1))))


def unlock(context: typer.Context) -> None:
    """Open a locked home by its passphrase."""
    from runmood.cli.passphrase import passphrase_of
    from runmood.workflow.lock import unlock_home

    root, say = context.obj or Path("data"), _say()
    if not is_locked(root):
        raise UserError(say("cli.lock.not_locked"))
    check_owner(root)
    waiting = unlock_home(root, say, passphrase_of(say, f"{root.resolve()}"))
    say = open_readonly(root, lenient=True).say
    typer.echo(say("cli.lock.unlocked"))
    if waiting:
        typer.echo(say("cli.lock.waiting", entries=waiting))


def keep_sealed(home: Home, new: NewEntry) -> None:
    """Keep a check-in in a locked home, sealed until it is unlocked, and echo it."""
    from runmood.cli.entries import in_a_line
    from runmood.cli.support import show_help_if_distressed
    from runmood.workflow.lock import seal_entries

    seal_entries(home.root, [new])
    if isinstance(new.entry, CheckIn):
        typer.echo(home.say("cli.lock.kept", what=in_a_line(home.say, new.entry)))
        show_help_if_distressed(home, [(new.entry.note or "", new.entry.mood)], new.entry.tags)


def _say() -> Translator:
    """Return the sentences in English: the person's language is sealed with everything else."""
    return translator(DEFAULT, "metric")
