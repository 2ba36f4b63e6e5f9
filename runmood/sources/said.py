"""Files of check-ins, which a person or a shortcut drops beside the runs: told by how they begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENDINGS = (".csv", ".json", ".txt")
BEGINNING = 4096
OF_A_SHEET = ({"date", "kind", "mood"}, re.compile(rb"[,;\t]"))
OF_JSON = (re.compile(rb"\A\s*\[?\s*\{"), re.compile(rb'"mood"\s*:'), re.compile(rb'"(?:energy|kind|at)"\s*:'))


def may_be_said(path: Path) -> bool:
    """Whether a file may hold check-ins: a sheet with date, kind and mood, or JSON with a mood.

    The journal's own reader is the judge of it; this only keeps the hundred other tables of an export closed.
    """
    if path.suffix.lower() not in ENDINGS:
        return False
    try:
        with path.open("rb") as file:
            begins = file.read(BEGINNING).removeprefix(b"\xef\xbb\xbf")
    except OSError:
        return False
    needed, separator = OF_A_SHEET
    header = {
        cell.strip(b' "\r').lower().decode("utf-8", "replace") for cell in separator.split(begins.split(b"\n")[0])
    }
    return needed <= header or all(mark.search(begins) for mark in OF_JSON)
