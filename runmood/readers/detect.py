"""What kind of file these bytes are. Names are not believed: exports bring web pages called .fit."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from runmood.core.errors import UnreadableFileError
from runmood.core.notices import EMPTY_FILE, FORBIDDEN_XML, NOT_A_WATCH_FILE

Format = Literal["gpx", "tcx"]

_HEAD = 4096
_ENDIAN_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ROOTS: dict[str, Format] = {"gpx": "gpx", "trainingcenterdatabase": "tcx"}
# Any of these, anywhere, tells that a damaged or headless file was a watch file once.
_TRACES: tuple[tuple[re.Pattern[bytes], Format], ...] = (
    (re.compile(rb"<(?:[\w.-]+:)?(?:TrainingCenterDatabase|Trackpoint|Activities)[\s>/]"), "tcx"),
    (re.compile(rb"<(?:[\w.-]+:)?(?:gpx|trkpt)[\s>/]"), "gpx"),
)
_TEXT_CONTROLS = b"\t\n\r\f"
_BEFORE_THE_ROOT = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_OTHERS = (
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip file that cannot be unpacked"),
    (b"SQLite format 3", "a database"),
)


def is_fit(content: bytes) -> bool:
    """Whether the file calls itself FIT."""
    return content[8:12] == b".FIT"


def is_markup(content: bytes) -> bool:
    """Whether it begins as XML and web pages do."""
    return _text(content[:_HEAD]).lstrip(" \t\r\n\x00")[:1] == "<"


def sniff(content: bytes) -> Format:
    """Which kind of XML these bytes are or once were, told from the bytes alone.

    Raises `UnreadableFile` for an empty file, for XML with a DOCTYPE, and for anything else with a word on what it is.
    """
    if not content.strip(b"\x00 \t\r\n"):
        raise UnreadableFileError(EMPTY_FILE())
    head = _text(content[:_HEAD])
    root = head[_after_prolog(head) :]
    if root[:9].upper() == "<!DOCTYPE" and not _WEB_PAGE.match(root):
        raise UnreadableFileError(FORBIDDEN_XML())
    element = _ROOT.match(root)
    known = _ROOTS.get(element[1].lower()) if element else None
    if known is None and not _WEB_PAGE.match(root):
        known = _trace(content)
    if known is None:
        raise UnreadableFileError(NOT_A_WATCH_FILE(looks_like=_looks_like(content, root, element)))
    return known


def _text(head: bytes) -> str:
    """The beginning as text; bytes that are no text become question marks."""
    for mark, encoding in _ENDIAN_MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    if head[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        return head.decode("utf-16-le" if head[0] else "utf-16-be", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def _after_prolog(head: str) -> int:
    """Where the first thing stands that is neither blank, nor a comment, nor an instruction."""
    prolog = _BEFORE_THE_ROOT.match(head)
    return prolog.end() if prolog else 0


def _trace(content: bytes) -> Format | None:
    """What a file was before its beginning was lost; null for any other file."""
    return next((format_ for trace, format_ in _TRACES if trace.search(content)), None)


def _looks_like(content: bytes, root: str, element: re.Match[str] | None) -> str:
    """What a person would call such a file."""
    known = next((name for magic, name in _OTHERS if content.startswith(magic)), None)
    if known:
        return known
    if _WEB_PAGE.match(root):
        return "a web page"
    if element:
        return f"XML of another kind (<{element[1][:40]}>)"
    if root[:1] in {"{", "["}:
        return "JSON"
    return "text" if _is_text(content[:_HEAD]) else "an unknown kind of file"


def _is_text(head: bytes) -> bool:
    """Whether a person could read it: hardly a byte that no text has."""
    odd = head.translate(None, _TEXT_CONTROLS).translate(None, bytes(range(ord(" "), 256)))
    return not odd and "\ufffd" not in head[:-3].decode("utf-8", "replace")
