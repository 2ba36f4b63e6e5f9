"""Samples of the same shape, cut out of the file all at once; expat then walks through what is left.

A writer prints its samples by one template, or by a few. A pattern made from one of them matches the others, a hundred
bytes a microsecond, and stands for the same well-formed XML. In the file each is replaced by a mark, a letter of its
shape, which expat reports as text, so that every sample keeps its place. Whenever anything is unlike what is expected,
this way gives nothing and the plain reader reads the file: the two never differ (tests/readers/test_xml_shapes.py).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from runmood.readers.xml.parser import MOST_SAMPLES, NO_SAMPLES, collect_elements

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.readers.xml.formats import FormatSpec
    from runmood.readers.xml.parser import ParsedXml


_PROBES = 12
_MOST_SHAPES = 4
_LONGEST = 4000
_BLANKS = r"[ \t\r\n]*"
_MARKS = "\x7f`^~{}|"  # of which those are used that the file does not hold
_VALUE = r"[ !#-%(-;=?-\]_a-z]*"  # printable ASCII without quotes, ampersand, angle brackets and marks
_TAG = re.compile(r"(<[^<>]*>)")
_ATTRIBUTE = re.compile(r"([\w:.-]+)(\s*=\s*)([\"'])(.*?)\3")
_DECLARES = "<!"  # comments, CDATA and DOCTYPE make samples that are none


@dataclass(frozen=True, slots=True)
class _Shape:
    """A pattern, and the column of each of its groups."""

    pattern: str
    columns: tuple[str, ...]

    @property
    def step(self) -> int:
        """How far what stands between two samples is apart where the pattern splits a text."""
        return len(self.columns) + 1


def parse_regular_xml(content: bytes, names: FormatSpec) -> ParsedXml | None:
    """Return what `collect_elements` does in half the time; null for a damaged file, or one without a common shape."""
    text = content.decode("latin-1")  # one letter a byte, whatever the encoding: the pattern matches ASCII only
    suited = f"{names.sample}>" in text and not ("!" in text and _DECLARES in text)
    shapes = _shapes(text, names) if suited else []
    found: dict[str, tuple[_Shape, list[str]]] = {}
    for shape, mark in zip(shapes, (mark for mark in _MARKS if mark not in text), strict=False):
        parts = re.compile(shape.pattern).split(text)
        text = mark.join(parts[:: shape.step])
        found[mark] = shape, parts
    if not found:
        return None
    gathered = collect_elements(text.encode("latin-1"), names, marks="".join(found))
    if gathered.fault or gathered.samples > MOST_SAMPLES:
        return None
    letters = np.frombuffer("".join(each for _, each in gathered.marks).encode(), np.uint8)
    marked = np.concatenate([NO_SAMPLES, *(np.arange(first, first + len(each)) for first, each in gathered.marks)])
    for mark, (shape, parts) in found.items():
        samples = marked[letters == ord(mark)]
        if len(samples) != (len(parts) - 1) // shape.step:
            return None
        for at, column in enumerate(shape.columns, start=1):
            gathered.marked.setdefault(column, []).append((samples, parts[at :: shape.step]))
    return gathered


def _shapes(text: str, names: FormatSpec) -> list[_Shape]:
    """Return the commonest shapes among a few samples from all over the file."""
    shapes: Counter[_Shape] = Counter()
    for probe in range(_PROBES):
        sample = _sample(text, len(text) * probe // _PROBES, names)
        known = next((shape for shape in shapes if re.fullmatch(shape.pattern, sample)), None)
        shape = known or _shape(sample, names)
        if shape:
            shapes[shape] += 1
    return [shape for shape, _ in shapes.most_common(_MOST_SHAPES)]


def _sample(text: str, begin: int, names: FormatSpec) -> str:
    """Return the first sample after that place; empty when it has no end near by."""
    start = re.compile(rf"<((?:[\w.-]+:)?{names.sample})[\s>]").search(text, begin)
    if start is None:
        return ""
    closing = f"</{start[1]}>"
    end = text.find(closing, start.end(), start.end() + _LONGEST)
    return text[start.start() : end + len(closing)] if end >= 0 else ""


def _shape(sample: str, names: FormatSpec) -> _Shape | None:
    """Return the shape of one sample, if the plain reader reads the very same from it."""
    if not sample:
        return None
    pieces = list(_pieces(sample, names))
    pattern = "".join(pattern for pattern, _ in pieces) + _BLANKS
    shape = _Shape(pattern, tuple(column for _, column in pieces if column))
    match = re.fullmatch(shape.pattern, sample)
    plain = collect_elements(sample.encode("latin-1"), names, "latin-1")
    if match is None or plain.fault or plain.samples != 1:
        return None
    read = {column: texts[0].strip() for column, texts in plain.texts.items() if texts}
    return shape if read == dict(zip(shape.columns, map(str.strip, match.groups()), strict=True)) else None


def _pieces(sample: str, names: FormatSpec) -> Iterator[tuple[str, str | None]]:
    """Yield patterns piece by piece, each with the column it captures, if it captures."""
    texts_and_tags = _TAG.split(sample)
    yield from _attributes(texts_and_tags[1], names)
    for text, tag in zip(texts_and_tags[2::2], texts_and_tags[3::2], strict=False):
        if not text.strip():
            yield (_BLANKS if text else ""), None
        else:
            column = names.columns.get(tag.strip("</> \t\r\n").rpartition(":")[2])
            yield (f"({_VALUE})" if column else _VALUE), column
        yield re.escape(tag), None


def _attributes(tag: str, names: FormatSpec) -> Iterator[tuple[str, str | None]]:
    """Return the pattern of the sample's own tag, its attributes as values."""
    end = 0
    for attribute in _ATTRIBUTE.finditer(tag):
        name, equals, quote, _ = attribute.groups()
        column = names.columns.get(name.rpartition(":")[2])
        yield re.escape(tag[end : attribute.start()] + name + equals + quote), None
        yield (f"({_VALUE})" if column else _VALUE), column
        yield re.escape(quote), None
        end = attribute.end()
    yield re.escape(tag[end:]), None
