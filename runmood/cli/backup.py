"""The commands that keep what a person said and recorded: the journal checked, the home backed up and brought back."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import LOOK
from runmood.cli.lock import MB, ask_passphrase, choose_passphrase
from runmood.home.home import Home, open_readonly, resolve_home, translator_in
from runmood.journal.store import journal_files, missing_ids, note_seen, read, restore_copy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.i18n import Translator
    from runmood.workflow.backup import RestoreResult


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
