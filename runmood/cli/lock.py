"""The commands that seal a home with a passphrase and open it, what is said meanwhile, and asking for a passphrase."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.checkins import CheckIn
from runmood.core.errors import UserError
from runmood.core.locked import WAITING, is_locked
from runmood.home.home import Home, open_readonly, translator_in
from runmood.home.user_config import check_owner

if TYPE_CHECKING:
    from runmood.core.checkins import NewEntry
    from runmood.core.i18n import Translator


MB = 10**6
SHORTEST = 8
KEEPS_OPEN_FILES = os.name == "nt"  # a locking deletes and replaces files while it holds them, so that nobody else can


def lock(
    context: typer.Context,
    *,
    new_passphrase: Annotated[
        bool, typer.Option("--new-passphrase", help="Ask for another passphrase than last time.")
    ] = False,
    keyring: Annotated[
        bool | None,
        typer.Option(
            "--keyring/--no-keyring", help="Keep the key in this computer's keyring, for the nightly; or not."
        ),
    ] = None,
) -> None:
    """Seal everything in your home with a passphrase, so that a thief or a sync service reads nothing."""
    from runmood.home.key_store import require_store
    from runmood.workflow.lock import lock_again

    root, given = context.obj or Path("data"), None
    say = translator_in(root)
    if KEEPS_OPEN_FILES:
        raise UserError(say("cli.lock.not_on_windows"))
    if keyring:
        require_store()  # before anything is locked in its trust
    if is_locked(root):
        check_owner(root)
        lock_again(root)
        typer.echo(say("cli.lock.again"))
    else:
        say, given = _lock(root, new_passphrase=new_passphrase)
    if keyring is not None:
        _keep_or_forget_key(root, say, given, keep=keyring)


def _lock(root: Path, *, new_passphrase: bool) -> tuple[Translator, str | None]:
    """Lock a home that is open; return who speaks in it, and the passphrase if it was asked for."""
    from runmood.home.key_store import forget_key
    from runmood.workflow.lock import kept_key, lock_home

    home = open_readonly(root, lenient=True)
    if not home.settings_file.exists():
        raise UserError(home.say("cli.doctor.no_home", folder=f"{root}"))
    before = kept_key(home)
    asks = new_passphrase or before is None
    if asks and sys.stdin.isatty():
        typer.echo(home.say("cli.lock.beforehand", home=f"{root.resolve()}"))
    given = choose_passphrase(home.say) if asks else None
    done = lock_home(home, given)
    typer.echo(home.say("cli.lock.locked", files=done.files, size=home.say.exact(max(round(done.bytes / MB, 1), 0.1))))
    if asks and before:
        forget_key(before)  # which opens nothing any more
    return home.say, given


def _keep_or_forget_key(root: Path, say: Translator, given: str | None, *, keep: bool) -> None:
    """Put the key of a locked home into the keyring, by its passphrase, or take it out."""
    from runmood.home.key_store import forget_key, keep_key
    from runmood.workflow.lock import open_locked
    from runmood.workflow.waiting import key_of

    if keep:
        given = given or ask_passphrase(say, f"{root.resolve()}")
        keep_key(key_of(root), open_locked(root, say, given))
    else:
        forget_key(key_of(root))
    typer.echo(say("cli.lock.in_keyring" if keep else "cli.lock.not_in_keyring"))


def unlock(context: typer.Context) -> None:
    """Open a locked home by its passphrase."""
    from runmood.workflow.lock import open_locked, unlock_home

    root = context.obj or Path("data")
    say = translator_in(root)
    if not is_locked(root):
        raise UserError(say("cli.lock.not_locked"))
    check_owner(root)
    waiting = unlock_home(root, say, open_locked(root, say, ask_passphrase(say, f"{root.resolve()}")))
    say = open_readonly(root, lenient=True).say
    typer.echo(say("cli.lock.unlocked"))
    if waiting:
        typer.echo(say("cli.lock.waiting", entries=waiting))
    if (root / WAITING).exists():
        typer.echo(say("cli.lock.not_opened", folder=f"{root / WAITING}"))


def queue_sealed_check_in(home: Home, new: NewEntry) -> None:
    """Keep a check-in in a locked home, sealed until it is unlocked, and echo it."""
    from runmood.cli.entries import in_a_line
    from runmood.cli.support import show_help_if_distressed
    from runmood.workflow.waiting import seal_entries

    seal_entries(home.root, [new])
    if isinstance(new.entry, CheckIn):
        typer.echo(home.say("cli.lock.kept", what=in_a_line(home.say, new.entry)))
        show_help_if_distressed(home, [(new.entry.note or "", new.entry.mood)], new.entry.tags)


def choose_passphrase(say: Translator) -> str:
    """Ask for a new passphrase twice, after saying what its loss means.

    Returns:
        The passphrase.

    Raises:
        UserError: it is short, or the second one is another.
    """
    if not sys.stdin.isatty():
        passphrase = _from_input()
    else:
        sys.stderr.write(f"{say('cli.sealed.beforehand')}\n")
        passphrase = getpass.getpass(f"{say('cli.sealed.new')} ")
        if passphrase != getpass.getpass(f"{say('cli.sealed.again')} "):
            raise UserError(say("cli.sealed.not_the_same"))
    if len(passphrase) < SHORTEST:
        raise UserError(say("cli.sealed.short", letters=SHORTEST))
    return passphrase


def ask_passphrase(say: Translator, file: str) -> str:
    """Ask for the passphrase of a file."""
    if not sys.stdin.isatty():
        return _from_input()
    return getpass.getpass(f"{say('cli.sealed.ask', file=file)} ")


def _from_input() -> str:
    return sys.stdin.readline().rstrip("\r\n")
