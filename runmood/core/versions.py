"""Which version of the tables and of the formulas this is."""

from __future__ import annotations

import hashlib
from pathlib import Path

# For scripts that rely on names: raised once a release when a name, a type or a key of a table or a view has changed,
# with what changed in docs/schema.md. tests/schema/test_version.py notices a change.
VERSION = 2

# By which formulas rows are made: raised when the same files and the same journal come to other rows, so that every
# home makes them again. tests/workflow/test_formulas.py notices other rows.
FORMULAS = {"reading": 7, "joining": 9, "findings": 9}


def schema_sources() -> str:
    """Hash the files that declare the tables, the registry of check-in items among them.

    A night without news compares it in 0.3 ms; to load the tables and compute their fingerprint takes 15 ms. Where
    the files have changed, the night goes on to the database, and the fingerprint decides.

    Returns:
        16 hexadecimal digits.
    """
    read = hashlib.sha256()
    declared = sorted((Path(__file__).parents[1] / "schema").glob("*.py"))
    for path in (*declared, Path(__file__).with_name("checkin_items.py")):
        read.update(path.read_bytes())
    return read.hexdigest()[:16]
