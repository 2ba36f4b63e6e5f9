"""Which version of the tables this is: for scripts that rely on names, and for runmood, which reads only its own.

Two words alone, so that a night without news can look at them before it loads anything.
"""

from __future__ import annotations

# Raised when names, types, keys or choices have changed since the last release, with what changed in docs/schema.md.
# tests/schema/test_version.py reminds of it and tells the new fingerprint.
VERSION = 1
FINGERPRINT = "940e50d46d808f90"


# --- By which formulas things are made. Whoever changes what the same files and words come to raises the number.

FORMULAS = {"reading": 1, "joining": 1, "findings": 1}

# The rooms in which each is at home.
ROOMS = {
    "reading": ("ingest", "readers", "tracks", "metrics"),
    "joining": ("journal", "warehouse"),
    "findings": ("findings",),
}
