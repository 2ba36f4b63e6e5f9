"""A copy of the published database that DuckDB itself has encrypted, for an analyst whose home is locked.

Any DuckDB reads it with its key, offline. Writing one takes the cryptography of DuckDB's extension `httpfs`, which the
extra `encrypted` brings as a file (DuckDB checks its signature): what DuckDB has built in writes no encrypted database,
since its random numbers are not fit for it. No network is allowed meanwhile.
"""

from __future__ import annotations

import secrets
from importlib.util import find_spec
from pathlib import Path

import duckdb

from runmood.core.errors import UserError
from runmood.core.files import make_private, put_on_disk
from runmood.core.i18n import message
from runmood.schema.views import RUN_POINTS
from runmood.warehouse import database, ddl

PACKAGE = "duckdb_extension_httpfs"
KEY_BYTES = 32  # DuckDB derives no key from a passphrase that would be slow to guess, so none is taken


def write_encrypted(published: Path, target: Path) -> str:
    """Write an encrypted copy of the published database, with the samples of all runs as a table.

    Args:
        published: The published copy.
        target: A file that is not there yet.

    Returns:
        The key, drawn now and kept nowhere: `ATTACH '…' (ENCRYPTION_KEY '…', READ_ONLY)`.

    Raises:
        UserError: The extra is not installed, or the file cannot be written or read again.
    """
    extension, key = _extension(), secrets.token_urlsafe(KEY_BYTES)
    draft = target.with_name(f".{target.name}.part")
    draft.unlink(missing_ok=True)
    try:
        with duckdb.connect(config=dict(database.OURS)) as both:
            both.execute(f"load {ddl.sql_text(str(extension))}")
            _copy(both, published, draft, key)
        with duckdb.connect(config=dict(database.NO_NETWORK)) as alone:
            attach_encrypted(alone, draft, key)
            alone.execute("select count(*) from diary.days").fetchall()
    except duckdb.Error as fault:
        draft.unlink(missing_ok=True)
        raise UserError(database.cannot_write(target, fault)) from fault
    put_on_disk(draft)
    draft.replace(target)
    return key


def _copy(both: duckdb.DuckDBPyConnection, published: Path, draft: Path, key: str) -> None:
    """Copy everything; the samples as a table, since their view names files of the home."""
    for setting in (
        "temp_directory = ''",
        "enable_progress_bar = false",
        "timezone = 'UTC'",
    ):  # what spills is in clear
        both.execute(f"set {setting}")
    database.confine(both, (published.parent, draft.parent))
    both.execute(f"attach {ddl.sql_text(str(published))} as source (read_only)")
    both.execute(f"attach {ddl.sql_text(str(draft))} as target (encryption_key {ddl.sql_text(key)})")
    make_private(draft)
    both.execute("copy from database source to target")
    both.execute(f"drop view target.{RUN_POINTS.name}")
    both.execute(f"create table target.{RUN_POINTS.name} as from source.{RUN_POINTS.name}")
    ddl.add_comments(both, RUN_POINTS, "table", "target.")
    both.execute("detach target")


def attach_encrypted(connection: duckdb.DuckDBPyConnection, path: Path, key: str) -> None:
    """Attach an encrypted copy as `diary`, to read."""
    connection.execute(f"attach {ddl.sql_text(str(path))} as diary (encryption_key {ddl.sql_text(key)}, read_only)")


def _extension() -> Path:
    """Return the file of DuckDB's extension.

    Raises:
        UserError: It is not there, or that of another version of DuckDB.
    """
    found = find_spec(PACKAGE)
    if found and found.origin:
        path = Path(found.origin).parent / "extensions" / f"v{duckdb.__version__}" / "httpfs.duckdb_extension"
        if path.is_file():
            return path
    raise UserError(message("error.no_encrypted_extra"))
