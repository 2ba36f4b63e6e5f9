"""The commands that keep a home: checked, backed up and brought back, locked and unlocked, words forgotten for good."""

from __future__ import annotations

import datetime as dt
import getpass
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import LOOK
from runmood.cli.entries import LAST, find_record, get_checkin
from runmood.cli.prompts import confirm
from runmood.core.checkins import CheckIn, EntryDeleted, EntryEdited
from runmood.core.errors import UserError
from runmood.core.locked import WAITING, is_locked
from runmood.home.home import Home, open_readonly, resolve_home, translator_in
from runmood.home.user_config import check_owner
from runmood.journal.forget import choose_entries, day_of_entry
from runmood.journal.store import journal_files, missing_ids, note_seen, read, restore_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.checkins import NewEntry
    from runmood.core.i18n import Translator
    from runmood.journal.codec import JournalRecord
    from runmood.journal.forget import EntriesToForget
    from runmood.workflow.backup import RestoreResult
    from runmood.workflow.forget import ForgetResult


MB = 10**6
DAY = ["%Y-%m-%d"]
SHORTEST = 8
KEEPS_OPEN_FILES = os.name == "nt"  # a locking deletes and replaces files while it holds them, so that nobody else can


def verify(
    context: typer.Context,
    *,
    restore: Annotated[bool, typer.Option("--restore", help="Bring back what a copy of an earlier day has.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Take the journal as it is: what is missing is gone.")
    ] = False,
) -> None:
    """Check that every journal entry is there and as you wrote it."""
    home = open_readonly(context.obj, lenient=True)
    if restore:
        copy = restore_copy(home.journal, home.work)
        typer.echo(
            home.say("cli.verify.restored", day=home.say.date(dt.date.fromisoformat(copy.stem)))
            if copy
            else home.say("cli.verify.no_copy")
        )
    journal = read(home.journal, verify=True)
    ids = [record.id for record in journal.records]
    if accept:
        note_seen(home.work, ids)
        typer.echo(home.say("cli.verify.accepted", entries=len(ids)))
        return
    if _tell_checked(
        home, len(ids), [notice.spoken(home.say) for notice in journal.notices], len(missing_ids(home.work, ids))
    ):
        raise typer.Exit(LOOK)


def _tell_checked(home: Home, entries: int, faults: list[str], missing: int) -> bool:
    """Print what the journal has and what asks for a look, and return whether anything does."""
    name = "cli.verify.counted" if faults or missing else "cli.verify.whole"
    typer.echo(home.say(name, entries=entries, files=len(journal_files(home.journal))))
    for sentence in faults:
        typer.echo(sentence)
    if missing:
        typer.echo(home.say("cli.verify.missing", entries=missing))
    return bool(faults or missing)


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file, such as /media/stick/diary.zip.")],
    *,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Ask for a passphrase, without which nobody reads it.")
    ] = False,
) -> None:
    """Write everything of yours into one file, checked: a zip that any computer opens, with a page that explains it."""
    from runmood.workflow.backup import write_backup

    home = resolve_home(context.obj, lenient=True)
    done = write_backup(home, file, _readable, choose_passphrase(home.say) if encrypt else None)
    manifest = done.manifest
    typer.echo(
        home.say(
            "cli.backup.written", file=f"{file}", files=len(manifest.files), entries=manifest.entries,
            size=home.say.exact(max(round(done.bytes / MB, 1), 0.1)),
        )
    )  # fmt: skip
    typer.echo(home.say("cli.backup.sealed" if encrypt else "cli.backup.open", file=f"{file}"))
    for sentence in done.left_out:
        typer.echo(sentence)
    if manifest.as_of is None:
        typer.echo(home.say("cli.backup.no_tables"))
    if done.left_out or manifest.as_of is None:
        raise typer.Exit(LOOK)


def restore(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A backup, as `runmood backup` writes it.", exists=True, dir_okay=False)],
) -> None:
    """Bring a backup back into a new folder (--home), and prove that everything in it is as it was."""
    from runmood.workflow.backup import restore_backup

    root = context.obj or Path("data")
    say = translator_in(root)
    done = restore_backup(file, root, say, lambda: ask_passphrase(say, file.name))
    if _tell_restored(done.home.say, done):
        raise typer.Exit(LOOK)


def _tell_restored(say: Translator, done: RestoreResult) -> bool:
    """Print what came back, and return whether anything asks for a look."""
    files, entries = len(done.manifest.files), done.manifest.entries
    typer.echo(say("cli.backup.restored", folder=f"{done.home.root.resolve()}", files=files, entries=entries))
    if done.read_again:
        typer.echo(say("cli.backup.read_again", files=done.read_again))
    else:
        typer.echo(say("cli.backup.nothing_read"))
    if done.differences is None:
        typer.echo(say("cli.backup.not_compared"))
    elif not done.differences:
        typer.echo(say("cli.backup.same_rows"))
    for each in done.differences or ():
        typer.echo(say("cli.backup.differs", table=each.table, new=each.added, gone=each.removed, changed=each.changed))
    return bool(done.differences or done.read_again)


def _readable(home: Home) -> Iterator[tuple[str, bytes]]:
    """Yield each table but the samples as CSV, and what its columns mean."""
    from runmood import schema
    from runmood.cli import reference
    from runmood.cli.query import as_bytes
    from runmood.schema.tables import POINTS
    from runmood.warehouse.queries import run_query

    for table in schema.TABLES:
        if table is not POINTS:
            frame = run_query(home.published, f"from {table.name} order by {', '.join(table.key)}")
            yield f"{table.name}.csv", as_bytes(frame, "csv")
    yield "columns.md", reference.columns_page().encode()


def forget(
    context: typer.Context,
    which: Annotated[
        str | None, typer.Argument(metavar="[ID|last]", help="One entry; `runmood log` lists them.")
    ] = None,
    *,
    from_: Annotated[
        dt.datetime | None, typer.Option("--from", formats=DAY, help="Everything you said of the days from this on.")
    ] = None,
    to: Annotated[dt.datetime | None, typer.Option(formats=DAY, help="And up to this day.")] = None,
    everything: Annotated[bool, typer.Option("--everything", help="All that you ever said; your runs stay.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Without asking; for scripts.")] = False,
) -> None:
    """Delete what you wrote for good, from the journal and everything made of it. This cannot be undone."""
    home = resolve_home(context.obj, lenient=True)
    if sum((which is not None, from_ is not None or to is not None, everything)) != 1:
        raise UserError(home.say("cli.forget.which"))
    first, last = (moment.date() if moment else None for moment in (from_, to))
    chosen = _entry_named(home, which) if which else _of_days(home, first or dt.date.min, last or dt.date.max)
    if everything:
        chosen = replace(chosen, unreadable=True)
    if not (chosen.ids or everything):
        typer.echo(home.say("cli.forget.nothing"))
        return
    _agree(home, chosen, yes=yes)
    from runmood.workflow.forget import forget_entries

    done = forget_entries(home, chosen, dt.datetime.now(home.zone))
    _tell_forgotten(home, done)
    if done.still_in or done.outside_copies or not done.made_again:
        raise typer.Exit(LOOK)


def _entry_named(home: Home, which: str) -> EntriesToForget:
    """Choose the entry that a person names, however it was changed since."""
    told = read(home.journal).records
    named = get_checkin(home, which)[0] if which == LAST else find_record(home.say, told, which)
    by_id = {each.id: each for each in told}
    while isinstance(named.entry, EntryEdited | EntryDeleted) and named.entry.of in by_id:
        named = by_id[named.entry.of]
    return choose_entries(told, lambda each: each.id == named.id)


def _of_days(home: Home, first: dt.date, last: dt.date) -> EntriesToForget:
    def is_meant(record: JournalRecord) -> bool:
        return first <= day_of_entry(record, home.zone) <= last

    return choose_entries(read(home.journal).records, is_meant)


def _agree(home: Home, chosen: EntriesToForget, *, yes: bool) -> None:
    """Go on only where the person says so.

    Raises:
        UserError: nobody is there to ask.
        typer.Exit: they say no.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise UserError(home.say("cli.forget.nobody"))
    typer.echo(home.say("cli.forget.lines", lines=len(chosen.ids)))
    if not confirm(home.say, home.say("cli.forget.sure")):
        typer.echo(home.say("cli.forget.kept"))
        raise typer.Exit


def _tell_forgotten(home: Home, done: ForgetResult) -> None:
    typer.echo(home.say("cli.forget.gone", lines=done.entries))
    if not done.made_again:
        typer.echo(home.say("cli.forget.not_made"))
    for sentence, paths in (("cli.forget.still_in", done.still_in), ("cli.forget.outside_copies", done.outside_copies)):
        if paths:
            typer.echo(home.say(sentence, files=len(paths)))
        for path in paths:
            typer.echo(f"  {path}")


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
