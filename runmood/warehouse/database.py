"""The file of a database: opened whatever has happened to it, checked, kept aside.

What is in the writer's database can be built again from the inbox and the journal. So a file that cannot be read is
kept aside under a name of its own and an empty one is begun, which the next step fills.
"""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from runmood.core.errors import REASONS, UserError, why_refused
from runmood.core.files import make_private, make_way
from runmood.core.i18n import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from runmood.core.i18n import Message

    Prepare = Callable[[duckdb.DuckDBPyConnection], None]

DATABASE = "runmood.duckdb"  # the writer's, in its folder
ASIDE = "damaged"
NO_NETWORK = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
BLOCK_BYTES = 16384  # DuckDB's smallest: its 256 KiB are for large tables (docs/decisions.md)
OURS = NO_NETWORK | {"default_block_size": str(BLOCK_BYTES)}  # of a database that we write
NEWEST = {"storage_compatibility_version": "latest"}  # of the writer's own, which no other program has to open
CORRUPT = "Corrupt database file"  # DuckDB's words for a block with another checksum, be it of rows or of an index
IN_USE = "Conflicting lock"  # DuckDB's words for a file that another program has open for writing

OF_THE_DISK = ("No space left", "Could not write", "Read-only file system")  # the system's words, in any kind of error


def use_threads(count: int) -> None:
    """Let the databases that this process opens from now on use so many threads; without, DuckDB takes every core."""
    for config in (NO_NETWORK, OURS):
        config["threads"] = str(count)


class DamagedDatabaseError(UserError):
    """The writer's database was found damaged while it was used, and is kept aside: everything has to be made again."""

    make_again = True

    def __init__(self, path: Path, kept: Path) -> None:
        super().__init__(f"{path} was damaged. It is kept as {kept.name}; the next run makes all again.")


def connect(path: Path, prepare: Prepare = lambda _: None, folders: Iterable[Path] = ()) -> duckdb.DuckDBPyConnection:
    """Open the database at a path to write in, and prepare it; begin a new one where none can be used.

    Args:
        path: The file.
        prepare: What is done first.
        folders: Where its statements may read and write beside itself; nowhere else, whatever a view or a macro says
            that somebody has put into the file.

    Returns:
        The connection.

    Raises:
        UserError: It is not damaged and cannot be opened, since another program has it or the system refuses.
    """
    make_way(path.with_name(f"{path.name}.wal"))
    if path.is_file() or not os.path.lexists(path):
        try:
            return _opened(path, prepare, folders)
        except duckdb.Error as fault:
            if not damage(path):
                raise UserError(cannot_open(path, fault)) from fault
    set_aside(path)
    try:
        return _opened(path, prepare, folders)
    except duckdb.Error as fault:  # as on a full disk, where the first could not be made either
        raise UserError(cannot_write(path, fault)) from fault


def _opened(path: Path, prepare: Prepare, folders: Iterable[Path]) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(path, config={**OURS, **NEWEST})
    make_private(path)
    try:
        connection.execute("set enable_progress_bar = false")  # which DuckDB draws into a log too
        confine(connection, folders)
        prepare(connection)
    except duckdb.Error:
        connection.close()
        raise
    return connection


def confine(connection: duckdb.DuckDBPyConnection, folders: Iterable[Path], files: Iterable[Path] = ()) -> None:
    """Let statements read and write in these folders and files alone, and reach no network."""
    for setting, places in (("allowed_directories", folders), ("allowed_paths", files)):
        allowed = {str(named).replace("'", "''") for place in places for named in (place, place.resolve())}
        listed = ", ".join(f"'{each}'" for each in sorted(allowed))
        connection.execute(f"set {setting} = [{listed}]")
    connection.execute("set enable_external_access = false")


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Commit what the block does, or none of it where it fails."""
    connection.begin()
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # a damaged database has ended the transaction by itself
            connection.rollback()
        raise
    connection.commit()


def translate_errors(path: Path, fault: BaseException | None) -> None:
    """Translate the fault that ended the use of a database, which is closed now, into a sentence.

    All other faults are in the code, and are left as they are.

    Raises:
        DamagedDatabaseError: The file is damaged, or what it says of itself is not so (an index that lacks a row that
            is there: DuckDB gives up); it is kept aside.
        UserError: The disk is full, or cannot be written.
    """
    if not isinstance(fault, duckdb.Error):
        return
    if any(words in str(fault) for words in OF_THE_DISK) and not damage(path):
        raise UserError(cannot_write(path, fault)) from fault
    given_up = isinstance(fault, duckdb.FatalException | duckdb.InternalException)
    if given_up or CORRUPT in str(fault) or damage(path):
        raise DamagedDatabaseError(path, set_aside(path)) from fault


def damage(path: Path) -> str | None:
    """Read every table of a database file from end to end.

    Returns:
        What is wrong with the file, in DuckDB's words; null where all can be read, or another program writes in it.
    """
    with duckdb.connect(config=dict(NO_NETWORK)) as reader:
        return fault_in(reader, path, to_the_end=True)


def fault_in(reader: duckdb.DuckDBPyConnection, path: Path, *, to_the_end: bool = False) -> str | None:
    """Open a database file beside others that a connection has open, and read every table where that is asked.

    A folder or a pipe in its place is no database, and the pipe would keep DuckDB waiting.

    Returns:
        As `damage` does.
    """
    if os.path.lexists(path) and not path.is_file():
        return os.strerror(errno.EISDIR if path.is_dir() else errno.ENXIO)
    try:
        named = str(path).replace("'", "''")
        reader.execute(f"attach '{named}' as examined (read_only)")
        if to_the_end:
            query = "select schema_name, table_name from duckdb_tables() where database_name = 'examined'"
            tables = reader.execute(query).fetchall()
            sums = (f'select sum(hash(each)) from examined."{schema}"."{name}" as each' for schema, name in tables)  # noqa: S608 - its own
            if tables:
                reader.execute(" union all ".join(sums)).fetchall()
        reader.execute("detach examined")
    except duckdb.Error as fault:
        with suppress(duckdb.Error):
            reader.execute("detach if exists examined")
        return first_line(fault) if _is_of_the_file(path, fault) else None
    return None


def set_aside(path: Path) -> Path:
    """Move a damaged file aside, numbered, with its log; return where it is."""
    number = 1
    while (aside := path.with_name(f"{path.name}.{ASIDE}-{number}")).exists():
        number += 1
    path.replace(aside)
    log = path.with_name(path.name + ".wal")
    if log.exists():
        log.replace(aside.with_name(aside.name + ".wal"))
    return aside


def _is_of_the_file(path: Path, fault: duckdb.Error) -> bool:
    """Return whether a fault lies in the file, and not in who has it open or in what the system lets us read."""
    try:
        path.open("rb").close()
    except OSError:
        return False
    # This process has it open in another way, or may not look there.
    ours = isinstance(fault, duckdb.ConnectionException | duckdb.PermissionException)
    return not ours and IN_USE not in str(fault)


def cannot_open(path: Path, fault: duckdb.Error) -> Message:
    """Return the sentence for a database that DuckDB cannot open."""
    return message("error.not_opened", file=path, fault=_why(fault))


def cannot_write(path: Path, fault: duckdb.Error) -> Message:
    """Return the sentence for a database that DuckDB cannot write; on a full disk it says what helps."""
    if os.strerror(errno.ENOSPC) in str(fault):
        return message("error.disk_full_at", file=path)
    return message("error.not_written", file=path, fault=_why(fault))


def _why(fault: duckdb.Error) -> Message | str:
    """Return why the system refused DuckDB a file, as the end of a sentence, else DuckDB's own words."""
    if IN_USE in str(fault):
        return message("error.system.in_use")
    refused = (why_refused(OSError(code, "")) for code in REASONS if os.strerror(code) in str(fault))
    return next(refused, first_line(fault))


def first_line(fault: duckdb.Error) -> str:
    """Return what DuckDB says, without its advice."""
    return str(fault).splitlines()[0]
