"""A database file opened, whatever has happened to it: damaged, made by another version, or not a database at all.

What is in the writer's database can be made again from the inbox and the journal, so a file that cannot be read never
stands in the way: it is kept aside under a name of its own and an empty one is begun, which the next step fills.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import duckdb

from runmood.core.errors import UserError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


if TYPE_CHECKING:
    Prepare = Callable[[duckdb.DuckDBPyConnection], None]

ASIDE = "damaged"
NO_NETWORK = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
IN_USE = "Conflicting lock"  # DuckDB's words for a file that another program has open for writing

OF_THE_DISK = ("No space left", "Could not write", "Read-only file system")  # the system's words, in any kind of error


class DamagedDatabaseError(UserError):
    """The writer's database was found damaged while it was used, and is kept aside: everything has to be made again."""

    make_again = True


def connect(path: Path, config: Mapping[str, str], prepare: Prepare = lambda _: None) -> duckdb.DuckDBPyConnection:
    """The database at a path, to write in, and prepared; a new one where there is none, or none that can be used."""
    try:
        return _opened(path, config, prepare)
    except duckdb.Error as fault:
        if not damage(path):
            raise UserError(f"{path} cannot be opened: {first_line(fault)}") from fault
        set_aside(path)
        return _opened(path, config, prepare)


def _opened(path: Path, config: Mapping[str, str], prepare: Prepare) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(path, config=dict(config))
    try:
        connection.execute("set enable_progress_bar = false")  # which DuckDB draws into a log too
        prepare(connection)
    except duckdb.Error:
        connection.close()
        raise
    return connection


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
    """Raise in a sentence what a closed database failed of: damage, which is kept aside, or a disk that is full.

    All else is a fault in the code, and is left to be one.
    """
    if isinstance(fault, duckdb.Error) and damage(path):
        raise damaged_database_error(path) from fault
    if isinstance(fault, duckdb.Error) and any(words in str(fault) for words in OF_THE_DISK):
        raise UserError(f"{path} cannot be written: {first_line(fault)}") from fault


def damaged_database_error(path: Path) -> DamagedDatabaseError:
    """What to raise of a damaged file, which is kept aside now."""
    return DamagedDatabaseError(
        f"{path} was damaged. It is kept as {set_aside(path).name}; the next run makes all again."
    )


def damage(path: Path) -> str | None:
    """What is wrong with a database file, in DuckDB's words; null where every table can be read from end to end.

    A file that another program writes in is not damaged.
    """
    try:
        with duckdb.connect(path, read_only=True) as connection:
            names = connection.execute("select schema_name, table_name from duckdb_tables()").fetchall()
            for schema, name in names:
                connection.execute(f'select sum(hash(each)) from "{schema}"."{name}" as each').fetchall()  # noqa: S608 - its own
    except duckdb.Error as fault:
        return first_line(fault) if _is_of_the_file(path, fault) else None
    return None


def opens(path: Path) -> bool:
    """Whether a database file can be opened to read, or could but for another program that writes in it."""
    try:
        duckdb.connect(path, read_only=True).close()
    except duckdb.Error as fault:
        return not _is_of_the_file(path, fault)
    return True


def set_aside(path: Path) -> Path:
    """Where a damaged file went: beside its place, numbered, with its log."""
    number = 1
    while (aside := path.with_name(f"{path.name}.{ASIDE}-{number}")).exists():
        number += 1
    path.replace(aside)
    log = path.with_name(path.name + ".wal")
    if log.exists():
        log.replace(aside.with_name(aside.name + ".wal"))
    return aside


def _is_of_the_file(path: Path, fault: duckdb.Error) -> bool:
    """Whether a fault lies in the file, and not in who has it open or in what the system lets us read."""
    try:
        path.open("rb").close()
    except OSError:
        return False
    ours = isinstance(fault, duckdb.ConnectionException)  # this process has it open in another way
    return not ours and IN_USE not in str(fault)


def first_line(fault: duckdb.Error) -> str:
    """What DuckDB says, without its advice."""
    return str(fault).splitlines()[0]


# --- What the writer notes for itself: by which formulas things were made, and for which days findings were
# answered.

# What a night's answers are made of, by day. A night's answer uses nothing later than that night, so it stands until
# a day up to it says something else.
FINGERPRINTS = """
    select local_date, bit_xor(hash(kind, line)) as fingerprint
    from (
        select local_date, 'day' as kind, days::varchar as line from days
        union all select local_date, 'run', runs::varchar from runs
        union all select runs.local_date, 'mood', run_moods::varchar from run_moods join runs using (run_id)
    )
    group by local_date
"""


class BuildMetadata:
    """The notes in a database that is open for writing."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        connection.execute("create schema if not exists made")
        connection.execute("create table if not exists made.notes (name varchar primary key, value varchar)")
        connection.execute("create table if not exists made.answered (local_date date, fingerprint ubigint)")

    def get(self, name: str) -> str | None:
        """What was noted under a name."""
        row = self._connection.execute("select value from made.notes where name = ?", [name]).fetchone()
        return str(row[0]) if row else None

    def put(self, name: str, value: str) -> None:
        """Note something, instead of what stood under the name."""
        self._connection.execute("insert or replace into made.notes values (?, ?)", [name, value])

    def changed_since_answered(self) -> dt.date | None:
        """The first day that differs from what the findings were last made of, or has none; null where all stands."""
        row = self._connection.execute(f"""
            select min(local_date)
            from ({FINGERPRINTS}) as now
            full join made.answered as before using (local_date)
            where now.fingerprint is distinct from before.fingerprint
        """).fetchone()  # noqa: S608 - ours
        return row[0] if row else None

    def note_answered(self) -> None:
        """Remember of what the findings of tonight were made."""
        self._connection.execute(f"create or replace table made.answered as {FINGERPRINTS}")

    def forget_all(self) -> None:
        """Nothing was made yet."""
        self._connection.execute("delete from made.notes")
        self.forget_answered()

    def forget_answered(self) -> None:
        """Every night is to be answered again."""
        self._connection.execute("delete from made.answered")
