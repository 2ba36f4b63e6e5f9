"""What vendors' exports bring beside watch files: lists of activities, and sessions of their own making.

    reader_of(content) -> the reader of such a file, or null: any other JSON or table
    with_note(file, note) -> the decoded file with what the export's own table says of it

Each vendor has a module, which says how sure its layout is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from runmood.decode.exports import fitbit, garmin, polar, samsung, strava, zepp
from runmood.decode.exports.making.reading import text_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.terms.records import DecodedFile, DecodedRun, ExportNote

__all__ = ["reader_of", "with_note"]

_JSON = "{["


def reader_of(content: bytes) -> Callable[[], DecodedFile] | None:
    """What reads these bytes, told from the bytes alone; null for a file of no export known here."""
    text = text_of(content).lstrip()
    return _reader_of_json(content, text) if text[:1] in _JSON else _reader_of_table(text)


def with_note(file: DecodedFile, note: ExportNote) -> DecodedFile:
    """The file, each activity with what it does not say itself: name, sport, effort, gear."""
    if samsung.is_samsung_note(note):
        fill: Callable[[DecodedRun], DecodedRun] = partial(samsung.with_line, note=note)
    else:
        fill = partial(strava.with_told, told=strava.told_of(note))
    return replace(file, activities=tuple(map(fill, file.activities)))


def _reader_of_json(content: bytes, text: str) -> Callable[[], DecodedFile] | None:
    if garmin.MARK in text:
        return partial(garmin.read_garmin, content)
    if polar.is_polar(text):
        return partial(polar.read_polar, content)
    if fitbit.MARK in text and text[:1] == "[":
        return partial(fitbit.read_fitbit, content)
    return partial(samsung.read_samsung_samples, content) if samsung.is_samsung_samples(text) else None


def _reader_of_table(text: str) -> Callable[[], DecodedFile] | None:
    tables = (
        (strava.is_strava, strava.read_strava),
        (samsung.is_samsung_table, samsung.read_samsung_table),
        (zepp.is_zepp, zepp.read_zepp),
    )
    return next((partial(read, text) for is_its, read in tables if is_its(text)), None)
