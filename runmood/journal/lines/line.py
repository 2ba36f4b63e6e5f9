"""Writing and reading one line, by the shape of its entry."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING

from runmood.journal.lines.shapes import SHAPES
from runmood.journal.lines.values import a_moment, a_text

if TYPE_CHECKING:
    from runmood.terms.entries import CheckIn, Entry, Said

_NAMES = {shape.makes: name for name, shape in SHAPES.items()}
_ID_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Told:
    """An entry with its place in the journal: its id and when it was said; `edited` once it was changed."""

    id: str
    said_at: dt.datetime
    entry: Entry
    edited: bool = False


def to_line(said: Said) -> str:
    """The entry as one line, without the line's end."""
    content = _content(said)
    return json.dumps({"id": _hash(content), **content}, ensure_ascii=False)


def id_of(said: Said) -> str:
    """The id that the entry has in the journal."""
    return _hash(_content(said))


def from_line(line: str) -> Told:
    """The entry that a line holds; ValueError, KeyError or TypeError says what is wrong with it."""
    content = json.loads(line)
    if not isinstance(content, dict):
        raise TypeError("it is no entry")
    identity, said_at = a_text("id", content.pop("id")), a_moment("said_at", content.pop("said_at"))
    return Told(identity, said_at, SHAPES[content.pop("entry")].read(content))


def _content(said: Said) -> dict[str, object]:
    head = {"entry": _NAMES[type(said.entry)], "said_at": said.said_at.isoformat(timespec="seconds")}
    return head | _body(said.entry)


def _body(entry: Entry | CheckIn) -> dict[str, object]:
    """What was said of an entry; an item that an entry cannot be without is written even where it is null."""
    always = SHAPES[_NAMES[type(entry)]].always
    items = {field.name: getattr(entry, field.name) for field in fields(entry)}
    return {item: _plain(value) for item, value in items.items() if value not in (None, ()) or item in always}


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if is_dataclass(value):
        return _body(value)  # type: ignore[arg-type]  # only an entry stands in an entry
    pairs = isinstance(value, tuple) and any(isinstance(each, tuple) for each in value)
    return dict(value) if pairs else value  # type: ignore[call-overload]  # answers, by name


def _hash(content: dict[str, object]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:_ID_LENGTH]
