"""The names that other people's scripts rely on do not change unsaid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.versions import FINGERPRINT, VERSION
from runmood.schema import TABLES, VIEWS
from runmood.schema.fingerprint import fingerprint

if TYPE_CHECKING:
    import pytest

REMINDER = """
Names, types, keys or choices of the tables have changed. Raise VERSION in runmood/core/versions.py (once a release),
write what changed in docs/schema.md, and put the fingerprint {} beside the version.
"""


def test_a_change_of_the_schema_has_a_version() -> None:
    """Whoever changes a name, a type, a key or a choice is told to raise the version and to write it down."""
    now = fingerprint((*TABLES, *VIEWS))
    assert now == FINGERPRINT, REMINDER.format(now)


def test_every_version_is_written_down(pytestconfig: pytest.Config) -> None:
    """The page on the schema has a heading for each version, the latest first."""
    lines = (pytestconfig.rootpath / "docs/schema.md").read_text(encoding="utf-8").splitlines()
    versions = [line for line in lines if line.startswith("## ")]
    assert versions == [f"## Version {version}" for version in range(VERSION, 0, -1)]
