"""The published copy opened to read, and queries in SQL that read it and nothing else on the machine."""

from __future__ import annotations

import contextlib
import os
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

import duckdb
import polars as pl

from runmood import schema
from runmood.core.errors import SchemaMismatchError, UserError
from runmood.core.i18n import message
from runmood.schema import schema_fingerprint
from runmood.warehouse import database, ddl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from runmood.core.i18n import Message


# `create` is for temporary tables and macros, and for what a pivot needs; all else that it would create is refused by
# the database, which is open to read only. `explain` is not among them: to analyze a `copy` is to copy.
READS = (duckdb.StatementType.SELECT, duckdb.StatementType.CREATE)
# Functions that a `select` may call, which have all that is asked written into a file: refused that, DuckDB aborts.
SET_BY_CALLING = re.compile(r"\benable_(?:logging|profiling)\b", re.IGNORECASE)

# What a frame cannot hold, or would write as text where a number is meant, and what it becomes.
SHOWN_AS = {
    r"\bDECIMAL\(\d+,\d+\)|\bBIGNUM": "DOUBLE",
    r"\bU?HUGEINT": "BIGINT",
    r"\bINTERVAL|\bTIME WITH TIME ZONE|\bBIT\b|\bBLOB|\bMAP\(.*\)|\bUNION\(.*\)|\bVARIANT": "VARCHAR",
}
CAN_REPLACE_OPEN_FILES = os.name == "posix"  # elsewhere a copy that is open would keep the next one from its place
NO_TABLE = re.compile(r"Table with name (\S+) does not exist")
NO_COLUMN = re.compile(r'(?:Referenced column|does not have a column named) "([^"]+)"')
NO_FUNCTION = re.compile(r"Function with name (\S+) does not exist")
NO_SUCH_TYPE = re.compile(r"No function matches the given name and argument|Cannot (?:compare|mix) values of type")
NO_WRITING = re.compile(r'Cannot execute statement of type "(\w+)"')
NEAR = re.compile(r'syntax error at or near "(.*?)"$', re.MULTILINE)


class NothingPublishedError(UserError):
    """There is no published database yet."""


class QueryError(UserError):
    """A question in SQL that the database cannot answer; the sentence says why, and what is nearest."""


def open_to_read(target: Path) -> duckdb.DuckDBPyConnection:
    """Open the published copy to read it and the points beside it, and no other file and no network.

    What one connection forbids is forbidden for all that have the copy open in this process.

    Returns:
        The connection.

    Raises:
        NothingPublishedError: There is no published copy yet.
        UserError: It cannot be opened.
    """
    if not target.is_file():
        raise NothingPublishedError(message("error.nothing_published", file=target))
    try:
        connection = duckdb.connect(target, read_only=True, config=dict(database.NO_NETWORK))
    except duckdb.Error as fault:
        raise UserError(database.cannot_open(target, fault)) from fault
    connection.execute("set timezone = 'UTC'")
    connection.execute(
        "set enable_progress_bar = false"
    )  # it would stand between an answer and a program that reads it
    with contextlib.suppress(duckdb.InvalidInputException):  # another connection has forbidden it already
        connection.execute(f"set allowed_directories = [{ddl.sql_text(str(target.parent / 'points'))}]")
    connection.execute("set enable_external_access = false")
    return connection


def open_published(target: Path) -> duckdb.DuckDBPyConnection:
    """Open the published copy as `open_to_read` does, where it has the tables that this runmood knows.

    Returns:
        The connection.

    Raises:
        SchemaMismatchError: Another version of runmood made it.
    """
    connection = open_to_read(target)
    if _fingerprint(connection) == schema_fingerprint():
        return connection
    connection.close()
    raise SchemaMismatchError(message("error.other_version", file=target))


def has_current_schema(target: Path) -> bool:
    """Return whether there is a published copy that can be read, with the tables this runmood knows."""
    try:
        open_published(target).close()
    except UserError:
        return False
    return True


def _fingerprint(connection: duckdb.DuckDBPyConnection) -> str | None:
    try:
        row = connection.execute("select fingerprint from schema_version").fetchone()
    except (duckdb.CatalogException, duckdb.BinderException):
        return None
    return str(row[0]) if row else None


def run_query(target: Path, query: str) -> pl.DataFrame:
    """Answer a query from the published copy; of several statements, the last one is answered.

    Returns:
        The answer, its columns in types that a frame and other programs know.

    Raises:
        QueryError: The database cannot answer it; the sentence says why, and names the nearest table or column.
    """
    with open_to_read(target) as connection:
        try:
            refused = [each.type.name for each in connection.extract_statements(query) if each.type not in READS]
            refused += SET_BY_CALLING.findall(query)
            if refused:
                raise QueryError(message("error.read_only", statement=refused[0]))
            answer = connection.sql(query)
            if answer is None:
                raise QueryError(message("error.no_query"))
            return pl.DataFrame(_shown(answer))
        except duckdb.Error as fault:
            raise QueryError(_sentence(fault)) from fault
        except pl.exceptions.PolarsError as fault:  # DuckDB failed amid the answer
            raise QueryError(message("error.query_fault", fault=str(fault).partition("\n")[0])) from fault


def _shown(answer: duckdb.DuckDBPyRelation) -> duckdb.DuckDBPyRelation:
    """Return the answer with every column in a type that a frame and other programs know, and no name twice."""
    names = [
        name if name not in answer.columns[:place] else f"{name}_{place + 1}"
        for place, name in enumerate(answer.columns)
    ]
    shown = (
        f"#{place}{_cast(str(kind))} as {ddl.sql_name(name)}"
        for place, (name, kind) in enumerate(zip(names, answer.types, strict=True), 1)
    )
    return answer.project(", ".join(shown))


def _cast(kind: str) -> str:
    """Return the cast of a type to one that can be shown; empty for one that can."""
    shown = kind
    for known, instead in SHOWN_AS.items():
        shown = re.sub(known, instead, shown)
    return "" if shown == kind else f"::{shown}"


def _sentence(fault: duckdb.Error) -> Message:
    """Return what is wrong with a query, with the nearest name where one is not known."""
    words = str(fault)
    if unknown := NO_TABLE.search(words):
        names = [table.name for table in (*schema.TABLES, *schema.VIEWS)]
        return _unknown("table", unknown[1], get_close_matches(unknown[1].lower(), names, 1))
    if unknown := NO_COLUMN.search(words):
        return _unknown("column", unknown[1], re.findall(r'"(\w+)"', words.partition("Candidate")[2]))
    if unknown := NO_FUNCTION.search(words):
        return message("error.query_no_function", name=unknown[1])
    if refused := NO_WRITING.search(words):
        return message("error.read_only", statement=refused[1])
    return _general_sentence(fault, words)


def _general_sentence(fault: duckdb.Error, words: str) -> Message:
    """Return what is wrong with a query as a whole; DuckDB's own words stand behind what is not foreseen."""
    if isinstance(fault, duckdb.PermissionException):
        return message("error.query_other_file")
    if isinstance(fault, duckdb.ParserException):
        near = NEAR.search(words)
        return message("error.query_syntax", near=near[1]) if near else message("error.query_cut_short")
    said = database.first_line(fault)
    said = said.partition(": ")[2] or said
    wrong_type = isinstance(fault, duckdb.ConversionException) or NO_SUCH_TYPE.search(words)
    return message("error.query_wrong_type" if wrong_type else "error.query_fault", fault=said)


def _unknown(kind: str, name: str, near: Sequence[str]) -> Message:
    if near:
        return message(f"error.query_near_{kind}", name=name, near=", ".join(near))
    return message(f"error.query_no_{kind}", name=name)


class OpenCopy:
    """The published copy kept open between questions, since opening it takes longer than most of them.

    DuckDB shares one database of a name within a process: while an old copy is open, whoever opens the new one of the
    same name gets the old one. So questions are asked in turn, each after `refresh`.
    """

    def __init__(self) -> None:
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._stamp: tuple[int, int] | None = None

    def refresh(self, target: Path) -> tuple[int, int] | None:
        """Let go of a copy that is no longer the published one, and open that.

        Returns:
            What tells this publication from every other; null where there is none.

        Raises:
            SchemaMismatchError: Another version of runmood made it.
        """
        try:
            stat = target.stat()
        except FileNotFoundError:
            self._close()
            return None
        stamp = stat.st_ino, stat.st_mtime_ns
        if stamp != self._stamp:
            self._close()
            if CAN_REPLACE_OPEN_FILES:
                self._connection = open_published(target)
            self._stamp = stamp
        return stamp

    def _close(self) -> None:
        if self._connection:
            self._connection.close()
        self._connection = self._stamp = None
