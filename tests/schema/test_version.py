"""The names that other people's scripts rely on do not change unsaid."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runmood.core.versions import VERSION
from runmood.schema import TABLES, VIEWS, names_of, schema_fingerprint
from runmood.schema.types import ColumnSpec, ColumnType, Table, text, whole

if TYPE_CHECKING:
    from collections.abc import Callable

RELEASED = Path(__file__).with_name("released_names.txt")
REMINDER = """
Scripts may rely on these names, types or keys, and they are gone or changed: {}.
Raise VERSION in runmood/core/versions.py (once a release), write what changed in docs/schema.md, then
python tests/schema/test_version.py
"""
TABLE = Table("cups", "one cup", ("cup",), (text("cup", "Which.", always=True), whole("sips", "How many.", 0)))


def names() -> list[str]:
    """Each table or view with its key, and each of its columns with its type."""
    return [
        line
        for table in (*TABLES, *VIEWS)
        for line in (
            f"{table.name} ({', '.join(table.key)})",
            *(f"{table.name}.{column.name} {column.type}" for column in table.columns),
        )
    ]


def test_no_released_name_is_lost_unsaid() -> None:
    """Whoever changes or removes a name, a type or a key is asked to raise the version and to write it down."""
    lost = sorted(set(RELEASED.read_text(encoding="utf-8").splitlines()) - set(names()))
    assert not lost, REMINDER.format(", ".join(lost))


def test_every_version_is_written_down(pytestconfig: pytest.Config) -> None:
    """The page on the schema has a heading for each version, the latest first."""
    lines = (pytestconfig.rootpath / "docs/schema.md").read_text(encoding="utf-8").splitlines()
    versions = [line for line in lines if line.startswith("## Version")]
    assert versions == [f"## Version {version}" for version in range(VERSION, 0, -1)]


def test_every_renamed_name_is_there(pytestconfig: pytest.Config) -> None:
    """Of each row "old, new" on the page on the schema, the new name is a table, a view or a column, the old none."""
    page = (pytestconfig.rootpath / "docs/schema.md").read_text(encoding="utf-8")
    renamed = re.findall(r"^\| `([a-z_]+)` \| `([a-z_]+)` \| (table|view|column) ", page, re.MULTILINE)
    every = (*TABLES, *VIEWS)
    now = {
        "table": {table.name for table in TABLES},
        "view": {view.name for view in VIEWS},
        "column": {column.name for table in every for column in table.columns},
    }
    assert renamed
    assert [(old, kind) for old, _, kind in renamed if old in now[kind]] == []
    assert [(new, kind) for _, new, kind in renamed if new not in now[kind]] == []


@pytest.mark.parametrize(
    "changed",
    [
        lambda: replace(TABLE, name="mugs"),
        lambda: replace(TABLE, key=("cup", "sips")),
        lambda: replace(TABLE, columns=TABLE.columns[:1]),
        lambda: replace(TABLE, columns=(TABLE.columns[0], ColumnSpec("sips", ColumnType.REAL, "How many.", 0))),
    ],
    ids=["name", "key", "column", "type"],
)
def test_a_changed_name_key_or_type_has_another_fingerprint(changed: Callable[[], Table]) -> None:
    """A database made for other tables is known by its fingerprint."""
    assert names_of([changed()]) != names_of([TABLE])


def test_words_ranges_and_order_do_not_change_the_fingerprint() -> None:
    """What explains a column, and what it may hold, asks nobody to read their files again."""
    other = (whole("sips", "Sips.", 1, 9), text("cup", "Which one.", "red", "blue", always=True))
    assert names_of([replace(TABLE, columns=other, row="a cup")]) == names_of([TABLE])


def test_the_fingerprint_is_that_of_all_tables_and_views() -> None:
    """None of them can change without a database being made again."""
    assert schema_fingerprint() == names_of((*VIEWS, *TABLES))


if __name__ == "__main__":
    RELEASED.write_text("\n".join(names()) + "\n", encoding="utf-8")
