"""Samples of the same shape, cut out of the file all at once; expat then walks through what is left.

A writer prints its samples by one template, or by a few. A pattern made from one of them matches the others, a hundred
bytes a microsecond, and stands for the same well-formed XML. In the file each is replaced by one mark, which expat
reports as text, so that every sample keeps its place. Whenever anything is unlike what is expected, this way
gives nothing and the plain reader reads the file: the two never differ (tests/decode/test_xml_shapes.py).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import compress
from typing import TYPE_CHECKING

from runmood.readers.xml.parser import MARK, MOST_SAMPLES, gather

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.readers.xml.formats import FormatSpec
    from runmood.readers.xml.parser import ParsedXml


_PROBES = 12
_MOST_SHAPES = 4
_LONGEST = 4000
_BLANKS = r"[ \t\r\n]*"
_VALUE = r"[ !#-%(-;=?-~]*"  # printable ASCII without quotes, ampersand and angle brackets
_TAG = re.compile(r"(<[^<>]*>)")
_ATTRIBUTE = re.compile(r"([\w:.-]+)(\s*=\s*)([\"'])(.*?)\3")
_DECLARES = "<!"  # comments, CDATA and DOCTYPE make samples that are none; a mark in the file would make one too


@dataclass(frozen=True, slots=True)
class _Shape:
    """A pattern, and the column of each of its groups."""

    pattern: str
    columns: tuple[str, ...]


def parse_regular_xml(content: bytes, names: FormatSpec) -> ParsedXml | None:
    """Gather the same as `gather`, in about half the time; null for a damaged file, or without a common shape."""
    text = content.decode("latin-1")  # one letter a byte, whatever the encoding: the pattern matches ASCII only
    suited = f"{names.sample}>" in text and MARK not in text and not ("!" in text and _DECLARES in text)
    shapes = _shapes(text, names) if suited else []
    if not shapes:
        return None
    pattern = re.compile(f"(?:{'|'.join(shape.pattern for shape in shapes)}){_BLANKS}")
    parts = pattern.split(text)
    step = pattern.groups + 1
    gathered = gather(MARK.join(parts[::step]).encode("latin-1"), names, marked=True)
    if gathered.fault or len(gathered.marks) != len(parts) // step or gathered.samples > MOST_SAMPLES:
        return None
    group = 1
    for shape in shapes:
        columns = [parts[group + at :: step] for at in range(len(shape.columns))]
        group += len(columns)
        numbers = gathered.marks
        if len(shapes) > 1 and columns:
            is_of_shape = [text is not None for text in columns[0]]
            numbers = list(compress(numbers, is_of_shape))
            columns = [list(compress(texts, is_of_shape)) for texts in columns]
        for column, texts in zip(shape.columns, columns, strict=True):
            gathered.marked.setdefault(column, []).append((numbers, texts))
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
    shape = _Shape("".join(pattern for pattern, _ in pieces), tuple(column for _, column in pieces if column))
    match = re.fullmatch(shape.pattern, sample)
    plain = gather(sample.encode("latin-1"), names, "latin-1")
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
