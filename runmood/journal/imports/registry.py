"""The registry of apps whose exports are read: one module an app, which holds all that is known of its files.

A module of `APPS` defines `APP`; whatever reads exports asks these alone. Who adds an app writes its module, names it
here and gives it a row in `docs/imports.md`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from zipfile import ZipFile

    from runmood.core.i18n import Message
    from runmood.journal.imports.formats import ExportFormat
    from runmood.journal.imports.sheets import Sheet


APPS = (
    "daylio",
    "how_we_feel",
    "apple",
    "intervals_icu",
    "pmsys",
    "bearable",
    "exist",
    "mood_patterns",
    "pixels",
    "loop_habits",
    "imoodjournal",
    "emoods",
    "day_one",
    "obsidian",
)


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of an export that are read in one way; `source` is what the whole file is called where it has several."""

    layout: ExportFormat
    sheet: Sheet
    source: str = ""


@dataclass(frozen=True, slots=True)
class App:
    """One app, or one way in which several write.

    Attributes:
        title: what it is called in lists of what is known, with the kind of file.
        formats: its layouts; a sheet whose header holds all that one is `known_by` is of that one.
        without_mood: headers of its files that hold no mood, each with what to import instead.
        of_sheet: returns the parts of a sheet that its header alone does not tell, null where it is another's.
        of_document: returns the parts of a JSON document, given its file's name; null where it is another's.
        of_package: returns name and text of the file that counts in an archive; null where it is another's.
    """

    title: str
    formats: tuple[ExportFormat, ...] = ()
    without_mood: Mapping[frozenset[str], Message] = field(default_factory=dict)
    of_sheet: Callable[[Sheet], tuple[Part, ...] | None] | None = None
    of_document: Callable[[object, str], tuple[Part, ...] | None] | None = None
    of_package: Callable[[ZipFile], tuple[str, str] | None] | None = None


@cache
def apps() -> tuple[App, ...]:
    """Return every app, in the order in which they are asked."""
    return tuple(import_module(f"runmood.journal.imports.{name}").APP for name in APPS)


def known_titles() -> str:
    """Return what can be read, as a list in a sentence."""
    return ", ".join([*(app.title for app in apps()), "runmood's own CSV (date, kind, mood …)"])


def formats() -> tuple[ExportFormat, ...]:
    """Return every layout that is described."""
    return tuple(layout for app in apps() for layout in app.formats)
