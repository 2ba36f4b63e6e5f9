"""A backup of the home, and a home brought back from one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.catalogue import DEFAULT
from runmood.core.i18n import translator
from runmood.home.home import open_readonly

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.workflow.backup import Restored


LOOK = 1
MB = 10**6


def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A new file, such as /media/stick/diary.zip.")],
    *,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help="Ask for a passphrase, without which nobody reads it.")
    ] = False,
) -> None:
    """Write everything of yours into one file, checked: a zip that any computer opens, with a page that explains it."""
    from runmood.cli.passphrase import new_passphrase
    from runmood.home.home import chosen_home
    from runmood.workflow.backup import write_backup

    home = chosen_home(context.obj, lenient=True)
    done = write_backup(home, file, _readable, new_passphrase(home.say) if encrypt else None)
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
    from runmood.cli.passphrase import passphrase_of
    from runmood.workflow.backup import restore_backup

    root = context.obj or Path("data")
    say = open_readonly(root, lenient=True).say if root.is_dir() else translator(DEFAULT, "metric")
    done = restore_backup(file, root, say, lambda: passphrase_of(say, file.name))
    if _tell(done.home.say, done):
        raise typer.Exit(LOOK)


def _tell(say: Translator, done: Restored) -> bool:
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
    from runmood.cli.query_output import as_bytes
    from runmood.schema.tables import POINTS
    from runmood.warehouse.queries import run_query

    for table in schema.TABLES:
        if table is not POINTS:
            frame = run_query(home.published, f"from {table.name} order by {', '.join(table.key)}")
            yield f"{table.name}.csv", as_bytes(frame, "csv")
    yield "columns.md", reference.columns_page().encode()
