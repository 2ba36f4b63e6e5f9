"""Parse GPX and TCX: expat calls handlers, which gather texts; no text becomes a number here.

Inside a sample expat reports ends of elements only: one call an element, without attributes. A sample needs no more,
and it saves a quarter of the time. What stopped the parser a second time is mended where the breach is small, and other
damage is stepped over.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from xml.parsers import expat

import numpy as np

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Message, message
from runmood.core.notices import FORBIDDEN_XML

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from runmood.readers.xml.formats import FormatSpec


MOST_SAMPLES = 1_000_000  # eleven days at one a second
MOST_PARTS = 20_000  # tracks, laps and segments
MOST_NAMES = 10_000  # of elements and attributes, prefix and all
MOST_DEPTH = 64
MOST_TEXT = 1_000_000
MOST_TAG = 1 << 20  # bytes; a longer one makes expat look at each portion from its beginning again
NO_SAMPLES = np.empty(0, np.int64)
_PORTION = 1 << 16


@dataclass(slots=True)
class Activity:
    """A trk, an Activity or a Course: where its samples begin, and the texts of its elements and its laps'."""

    element: str
    first_sample: int
    facts: dict[str, str] = field(default_factory=dict)
    laps: list[dict[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class ParsedXml:
    """The result of one parse, as text, and what stopped it, if anything did."""

    names: FormatSpec
    samples: int = 0
    texts: dict[str, dict[int, str]] = field(default_factory=dict)  # column -> number of the sample -> text
    activities: list[Activity] = field(default_factory=list)
    segments: list[int] = field(default_factory=list)  # the first sample of each
    lap_segments: list[int] = field(default_factory=list)  # as above, for those that begin with a lap
    facts: dict[str, str] = field(default_factory=dict)
    elements: set[str] = field(default_factory=set)
    fault: Message | None = None
    is_too_much: bool = False  # whether the fault is one of measure, which nothing mends
    stopped_at: int = 0
    mended: Message | None = None
    marks: list[tuple[int, str]] = field(default_factory=list)  # a sample, and the marks of it and those after it
    marked: dict[str, list[tuple[NDArray[np.int64], list[str]]]] = field(
        default_factory=dict
    )  # column -> samples, texts

    def texts_of(self, column: str) -> dict[int, str]:
        """Return the texts of a column by the number of their sample, whichever way they were gathered."""
        texts = dict(self.texts.get(column, {}))
        for numbers, found in self.marked.get(column, ()):
            texts.update(zip(numbers.tolist(), found, strict=True))
        return texts


# What breaks the rules of XML, by the codes of Expat.
BREACHES = {3: "ends", 5: "ends", 4: "letter", 7: "crossed", 8: "twice", 9: "goes_on", 11: "entity", 27: "prefix"}


class _TooMuchError(Exception):
    """More of something than any watch writes."""

    def __init__(self, what: str, most: int) -> None:
        super().__init__(what)
        self.words = message(f"xml_fault.too_much.{what}", most=most)


class _Local(dict[str, str]):
    """Names without their prefixes, each computed once."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


class _Columns(dict[str, "dict[int, str] | None"]):
    """The column for each name inside a sample, prefix or not; null for names that no column wants."""

    def __init__(self, gathered: ParsedXml) -> None:
        self._gathered = gathered

    def __missing__(self, name: str) -> dict[int, str] | None:
        column = self._gathered.names.columns.get(name.rpartition(":")[2])
        self[name] = texts = None if column is None else self._gathered.texts.setdefault(column, {})
        return texts


class _Reader:
    """The handlers of expat, with the elements that are open."""

    def __init__(self, names: FormatSpec, encoding: str | None, marks: str) -> None:
        self.gathered = ParsedXml(names)
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self._marks = marks
        self._open: list[str] = []
        self._texts: list[str] = []
        self._local = _Local()
        self._columns = _Columns(self.gathered)
        self._sample = -1
        self._sample_name = ""  # with its prefix, while a sample is open
        self._lap_begins = False
        self._parts = 0
        self._scopes: dict[str, dict[str, str]] = {"file": self.gathered.facts, "activity": {}, "lap": {}}
        self._on_start, self._on_end, self._on_value = self._start, self._end, self._value
        self.parser.CharacterDataHandler = self._texts.append
        self.parser.StartDoctypeDeclHandler = _forbid
        self.parser.StartElementHandler = self._on_start
        self.parser.EndElementHandler = self._on_end

    def read(self, content: bytes) -> None:
        """Parse the content portion by portion; after each, nothing may have grown beyond all measure."""
        for begin in range(0, len(content), _PORTION):
            sample = self._sample if self._sample_name else None
            self.parser.Parse(content[begin : begin + _PORTION], False)
            self._check(sample)
            if begin - self.parser.CurrentByteIndex > MOST_TAG:
                raise _TooMuchError("tag", MOST_TAG >> 10)
        self.parser.Parse(b"", True)

    def finish(self) -> ParsedXml:
        """Return what was gathered so far, without a sample that was not read to its end."""
        if self._sample_name:
            for column in self.gathered.texts.values():
                column.pop(self._sample, None)
            self._sample -= 1
        self.gathered.samples = self._sample + 1
        self.gathered.elements = set(self._local.values()) - {self.gathered.names.sample}
        return self.gathered

    def _check(self, sample_before: int | None) -> None:
        if not self._sample_name:
            self._take_marks()
        if self._sample >= MOST_SAMPLES:
            raise _TooMuchError("samples", MOST_SAMPLES)
        if self._parts > MOST_PARTS:
            raise _TooMuchError("parts", MOST_PARTS)
        if len(self._local) + len(self._columns) > MOST_NAMES:
            raise _TooMuchError("names", MOST_NAMES)
        if self._sample_name and self._sample == sample_before:
            raise _TooMuchError("sample", _PORTION // 1024)
        if sum(map(len, self._texts)) > MOST_TEXT:
            raise _TooMuchError("text", MOST_TEXT)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = self._local[name]
        self._take_marks()
        self._texts.clear()
        if local == self.gathered.names.sample:
            self._open_sample(name, attributes)
            return
        self._open.append(local)
        if len(self._open) > MOST_DEPTH:
            raise _TooMuchError("deep", MOST_DEPTH)
        self._open_part(local)
        for attribute, value in attributes.items():
            self._note(self.gathered.names.attributes.get((local, attribute)), value)

    def _open_sample(self, name: str, attributes: dict[str, str]) -> None:
        if not self.gathered.activities:
            self._open_activity(name)
        self._sample += 1
        self._sample_name = name
        for attribute, value in attributes.items():
            column = self._columns[attribute]
            if column is not None:
                column[self._sample] = value
        self.parser.StartElementHandler = None
        self.parser.EndElementHandler = self._on_value

    def _value(self, name: str) -> None:
        """Take the end of an element inside a sample. This is called most of all."""
        column = self._columns[name]
        if column is not None:
            column[self._sample] = "".join(self._texts)
        elif name == self._sample_name:
            self._sample_name = ""
            self.parser.StartElementHandler = self._on_start
            self.parser.EndElementHandler = self._on_end
        self._texts.clear()

    def _open_part(self, local: str) -> None:
        names, first = self.gathered.names, self._sample + 1
        if local in names.activities:
            self._open_activity(local)
        elif local == names.lap:
            self._open_lap()
        elif local == names.segment:
            self._parts += 1
            (self.gathered.lap_segments if self._lap_begins else self.gathered.segments).append(first)
            self._lap_begins = False

    def _open_activity(self, local: str) -> None:
        self._parts += 1
        activity = Activity(local, self._sample + 1)
        self.gathered.activities.append(activity)
        self._scopes["activity"] = activity.facts

    def _open_lap(self) -> None:
        if not self.gathered.activities:
            self._open_activity("")
        self._parts += 1
        self._scopes["lap"] = {}
        self.gathered.activities[-1].laps.append(self._scopes["lap"])
        self._lap_begins = True

    def _take_marks(self) -> None:
        """Count the marks read so far as samples of the open segment; elsewhere a mark means nothing."""
        if not self._marks or not self._open or self._open[-1] != self.gathered.names.segment:
            return
        letters = "".join(filter(self._marks.__contains__, "".join(self._texts)))
        self._texts.clear()
        if letters:
            if not self.gathered.activities:
                self._open_activity("")
            self.gathered.marks.append((self._sample + 1, letters))
            self._sample += len(letters)

    def _end(self, _name: str) -> None:
        self._take_marks()
        text = "".join(self._texts).strip()
        self._texts.clear()
        local = self._open.pop() if self._open else ""
        parent = self._open[-1] if self._open else ""
        self._note(self.gathered.names.texts.get((parent, local)), text)

    def _note(self, place: tuple[str, str] | None, text: str) -> None:
        if place and text:
            self._scopes[place[0]].setdefault(place[1], text)


def _forbid(*_doctype: object) -> None:
    raise UnreadableFileError(FORBIDDEN_XML())


def collect_elements(content: bytes, names: FormatSpec, encoding: str | None = None, *, marks: str = "") -> ParsedXml:
    """Gather everything up to the end, or up to the first fault, which is then named.

    `encoding` overrules the file's own. Each letter of `marks` in the text of a segment counts as a sample. Raises
    `UnreadableFileError` for a DOCTYPE only: no watch writes one, and it can do harm.

    Returns:
        The texts, and the fault if there is one.
    """
    reader = _Reader(names, encoding, marks)
    try:
        reader.read(content)
    except expat.ExpatError as error:
        reader.gathered.fault = message(f"xml_fault.{BREACHES.get(error.code, 'other')}", line=error.lineno)
    except _TooMuchError as error:
        reader.gathered.fault, reader.gathered.is_too_much = error.words, True
    except LookupError:
        reader.gathered.fault = message("xml_fault.encoding")
    reader.gathered.stopped_at = max(reader.parser.CurrentByteIndex, 0)
    return reader.finish()


_DECLARATION = re.compile(r"\A[^<]*(?:<\?xml[^>]*>)?")
_DECLARED = re.compile(rb"encoding=[\"']([\w.-]+)")
_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def repair(content: bytes, read: ParsedXml) -> ParsedXml:
    """Return the parse that gives most: the first, that of the mended text, or that of what follows the damage."""
    clean = repair_xml(content)
    again = collect_elements(clean, read.names, "utf-8")
    if _usable(again) > _usable(read):
        return again if again.fault else replace(again, mended=read.fault)
    if _usable(read):
        return read
    rest = collect_elements(_after(again.stopped_at, clean, read.names), read.names, "utf-8")
    return replace(rest, fault=read.fault)


def _after(damage: int, content: bytes, names: FormatSpec) -> bytes:
    """Return the file from the first part that begins after the damage, within the elements that it lay in."""
    parts = "|".join(names.nesting[1:])
    begin = re.compile(rf"<([\w.-]+:)?({parts})[\s>]".encode()).search(content, damage)
    if begin is None:
        return b""
    prefix = (begin[1] or b"").decode()
    around = names.nesting[: names.nesting.index(begin[2].decode())]
    return "".join(f"<{prefix}{name}>" for name in around).encode() + content[begin.start() :]


def repair_xml(content: bytes) -> bytes:
    """Return the text as UTF-8 without a declaration, lone ampersands escaped, characters that XML forbids left out."""
    text = _DECLARATION.sub("", _text(content), count=1)
    return _LONE_AMPERSAND.sub("&amp;", _NOT_IN_XML.sub("", text)).encode("utf-8", "replace")


def _text(content: bytes) -> str:
    """Decode the text; bytes that are not of the declared encoding are Western European, as old writers mean them."""
    if content[:2] in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
        return content.decode("utf-16", "replace")
    declared = _DECLARED.search(content[:200])
    for encoding in (declared[1].decode() if declared else "utf-8", "utf-8"):
        try:
            return content.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return content.decode("cp1252", "replace")


def _usable(read: ParsedXml) -> int:
    """Count the samples that have a text for their time, or, where a lap stands for them, the laps."""
    return len(read.texts.get("sampled_at", {})) or sum(len(activity.laps) for activity in read.activities)
