"""How an export is described, and the apps whose exports are read: one place holds all that is known of an app.

A format has columns, scales, words and clock. `how_sure`: V seen in a real file or the vendor's own document, P seen
only in programs that read it, U not known; `docs/imports.md` says the same in sentences, with the evidence. A module of
`MODULES` defines `APPS`; whatever reads exports asks these alone. An app whose table a declaration describes stands in
`declared.py`; one that needs code has a module, named here. Either has a row in `docs/imports.md`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Literal

from runmood.core.checkin_items import NAMES
from runmood.core.errors import WrongValueError
from runmood.core.i18n import message

if TYPE_CHECKING:
    from collections.abc import Callable
    from zipfile import ZipFile

    from runmood.core.i18n import Message
    from runmood.journal.imports.sheets import Sheet


ITEMS = NAMES
TEN_IS_GOOD = ("mood", "energy", "sleep")
MARK = "\x1f"  # between the tags of a document, which may hold any sign that a person can type
LEFT_OUT = None  # the number of a word that the person does not want

Labels = Mapping[str, float | None]


class OffScaleError(WrongValueError):
    """An answer lies beyond the scale of its source."""


@dataclass(frozen=True, slots=True)
class SourceScale:
    """A scale of numbers; `best` is the end that feels best: of stress, tiredness, soreness, effort, pain the least."""

    low: float
    high: float
    best: Literal["low", "high"]

    def of_ten(self, item: str, value: float) -> float:
        """Return the same answer on our scale of the item; OffScaleError when it is off their scale."""
        if not self.low <= value <= self.high:
            ends = {"low": f"{self.low:g}", "high": f"{self.high:g}"}
            scale = message("error.value.from_to", **ends) if self.low < 0 else f"{self}"
            raise OffScaleError("off_scale", name=item, value=f"{value:g}", scale=scale)
        share = (value - self.low) / (self.high - self.low)
        upwards = (self.best == "high") == (item in TEN_IS_GOOD)
        return round(10 * (share if upwards else 1 - share), 2)

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}" if self.low < 0 else f"{self.low:g}-{self.high:g}"


@dataclass(frozen=True, slots=True)
class FieldMapping:
    """Where an item stands in a file and on which scale; without a scale it is said in words."""

    column: str
    scale: SourceScale | None = None


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """How one source writes: its columns in lower case, its scales, its words, its clock."""

    source: str
    how_sure: str
    known_by: frozenset[str]
    items: Mapping[str, FieldMapping]
    date: tuple[str, ...]  # columns; joined with a blank where the date is written in two
    date_format: str = ""  # as `strptime` has it; empty: any way of writing a date that is clear
    date_order: str = ""  # of a date in figures: "day first" or "month first"; empty: as the file itself shows
    time: tuple[str, ...] = ()  # columns; joined with a colon where hour and minute are apart
    parts_of_day: Mapping[str, str] = field(default_factory=dict)  # their word for a time -> our kind
    kind: str = ""  # empty: by the clock
    whole_day: bool = False  # it speaks of the calendar day it is dated, even after midnight
    labels: Labels = field(default_factory=dict)  # words in small letters -> 0 to 10
    undecided: frozenset[str] = frozenset()  # words whose rows stay out until the person has decided
    between_words: str = ""
    tags: tuple[str, ...] = ()
    between_tags: str = "|"
    notes: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()  # kept with the raw values, not understood
    only: tuple[str, str] | None = None  # the column and the word of the rows that tell of mood
    zero_is_silence: bool = False
    markup: bool = False  # its notes are HTML throughout
    asks_columns: bool = False  # which column is the mood only the person can say
    asks_scale: bool = False  # numbers are the person's own: their scale is asked for
    usual_scale: SourceScale | None = None  # of the columns that are asked for; which end is good is asked all the same
    sure_above: float | None = None  # with no mood above this, a shorter scale would fit as well
    why_unranked: Message | None = None  # why the worth of a word cannot be known
    remarks: tuple[Message, ...] = ()


def scales_from_one(high: float, best_low: str = "", best_high: str = "") -> dict[str, FieldMapping]:
    """Return items named in `item=column` pairs, all from 1 to `high`, by which end is best."""
    pairs = [(pair.split("="), "low") for pair in best_low.split()]
    pairs += [(pair.split("="), "high") for pair in best_high.split()]
    return {item: FieldMapping(column, SourceScale(1, high, best)) for (item, column), best in pairs}  # type: ignore[arg-type]


ANY_SHEET = ExportFormat(
    source="csv", how_sure="V", known_by=frozenset(), items={}, date=(), asks_columns=True, asks_scale=True
)


MODULES = ("daylio", "declared", "apple", "exist", "pixels", "loop_habits", "day_one", "obsidian")


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
    modules = (import_module(f"runmood.journal.imports.{name}") for name in MODULES)
    return tuple(app for module in modules for app in module.APPS)


def known_titles() -> str:
    """Return what can be read, as a list in a sentence."""
    return ", ".join([*(app.title for app in apps()), "runmood's own CSV (date, kind, mood …)"])


def formats() -> tuple[ExportFormat, ...]:
    """Return every layout that is described."""
    return tuple(layout for app in apps() for layout in app.formats)
