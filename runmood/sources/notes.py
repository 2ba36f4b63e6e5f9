"""What an export's table says of the files beside it: the line that names each of them."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from runmood.sources.exports import is_table
from runmood.sources.packed import TooLargeError, read_capped
from runmood.terms.records import ExportNote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Notes = dict[str, ExportNote]

_NAMES_A_FILE = re.compile(r"(?:.*[/\\])?([^/\\\n]+\.(?:fit|gpx|tcx|json)(?:\.gz)?)", re.IGNORECASE)
_LONGEST_NAME = 200
_MARGIN = 4  # Samsung's first line tells of the table and is shorter than any other
# Strava keeps files one folder below its table, Samsung three.
_FOLDERS_ABOVE = 4


def notes_of(content: bytes) -> Notes:
    """By each file's name, without its folders, the line of the table in which it stands."""
    table = csv.reader(io.StringIO(content.decode("utf-8-sig", "replace"), newline=""))
    notes: Notes = {}
    columns: tuple[str, ...] = ()
    try:
        for line in table:
            if len(line) > len(columns) + _MARGIN:
                columns = tuple(line)
                continue
            notes |= {name: ExportNote(columns, tuple(line)) for name in _files_named(line)}
    except csv.Error:
        return notes
    return notes


class Shelf:
    """The notes of the folders that were looked at, each read once."""

    def __init__(self) -> None:
        self._notes: dict[Path, Notes] = {}

    def note_for(self, path: Path) -> ExportNote | None:
        """What a table in a folder around the file says of it."""
        around = list(path.parents)[:_FOLDERS_ABOVE]
        return next((note for folder in around if (note := self._of(folder).get(path.name))), None)

    def _of(self, folder: Path) -> Notes:
        if folder not in self._notes:
            self._notes[folder] = _read(folder)
        return self._notes[folder]


def _read(folder: Path) -> Notes:
    notes: Notes = {}
    try:
        for path in sorted(path for path in folder.iterdir() if is_table(path.name) and path.is_file()):
            with path.open("rb") as file:
                notes |= notes_of(read_capped(file))
    except (OSError, TooLargeError):
        return notes
    return notes


def _files_named(line: list[str]) -> Iterator[str]:
    for cell in line:
        match = _NAMES_A_FILE.fullmatch(cell) if len(cell) <= _LONGEST_NAME else None
        if match:
            yield match[1]
