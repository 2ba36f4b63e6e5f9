"""What kind of file these bytes are, and when they begin. Names prove nothing: exports have web pages called .fit."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, Literal

from runmood.core.i18n import Name, message
from runmood.core.notices import EMPTY_FILE, FORBIDDEN_XML, NOT_A_WATCH_FILE
from runmood.readers.values import from_iso

if TYPE_CHECKING:
    import datetime as dt

    from runmood.core.i18n import Message
    from runmood.core.notices import Notice


Format = Literal["gpx", "tcx"]

_HEAD = 4096
_ENDIAN_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_ROOTS: dict[str, Format] = {"gpx": "gpx", "trainingcenterdatabase": "tcx"}
# Any of these, anywhere, shows that a damaged or headless file was a watch file once.
_TRACES: tuple[tuple[re.Pattern[bytes], Format], ...] = (
    (re.compile(rb"<(?:[\w.-]+:)?(?:TrainingCenterDatabase|Trackpoint|Activities)[\s>/]"), "tcx"),
    (re.compile(rb"<(?:[\w.-]+:)?(?:gpx|trkpt)[\s>/]"), "gpx"),
)
_SAMPLE = re.compile(rb"<(?:trkpt|Trackpoint)\b")
_TIME = re.compile(rb"<[Tt]ime>([^<]{1,40})<")
_BEGINNING = 65_536  # bytes in which the first sample stands
_TEXT_CONTROLS = b"\t\n\r\f"
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)")
_JSON = re.compile(r'\{\s*["}]|\[\s*[\[{"\d\]-]')  # and no [Params], as another watch's file begins
_WEB_PAGE = re.compile(r"<(!doctype\s+html|html|head|body|script)\b", re.IGNORECASE)
_OTHERS = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "empty_zip"),
    (b"\x1f\x8b", "gzip"),
    (b"SQLite format 3", "database"),
)


def is_fit(content: bytes) -> bool:
    """Return whether the file calls itself FIT."""
    return content[8:12] == b".FIT"


def is_markup(content: bytes) -> bool:
    """Return whether the content begins as XML and web pages do."""
    return _text(content[:_HEAD]).lstrip(" \t\r\n\x00")[:1] == "<"


def xml_format(content: bytes) -> Format | None:
    """Return which kind of XML watch file these bytes are or once were; null for anything else and for a DOCTYPE."""
    root = _root_of(content)
    if root.upper().startswith("<!DOCTYPE") or _WEB_PAGE.match(root):
        return None
    element = _ROOT.match(root)
    return (_ROOTS.get(element[1].lower()) if element else None) or _trace(content)


def first_sample_at(content: bytes) -> dt.datetime | None:
    """Return when a GPX or TCX file begins, by its first sample and without reading it; null where that is not told."""
    sample = _SAMPLE.search(content, 0, _BEGINNING)
    time = _TIME.search(content, sample.end(), sample.end() + _BEGINNING) if sample else None
    return from_iso(time[1].decode("latin-1")) if time else None


def unknown_file_notice(content: bytes) -> Notice:
    """Return why no reader accepts the content: it is empty, XML with a DOCTYPE, or looks like something else."""
    if not content.strip(b"\x00 \t\r\n"):
        return EMPTY_FILE()
    root = _root_of(content)
    if root.upper().startswith("<!DOCTYPE") and not _WEB_PAGE.match(root):
        return FORBIDDEN_XML()
    return NOT_A_WATCH_FILE(looks_like=_looks_like(content, root))


def _text(head: bytes) -> str:
    """Return the beginning as text; bytes that are no text become replacement characters."""
    for mark, encoding in _ENDIAN_MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    if head[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        return head.decode("utf-16-le" if head[0] else "utf-16-be", "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")


def _root_of(content: bytes) -> str:
    """Return the beginning of the content as text, without blanks, comments and instructions before the root."""
    head = _text(content[:_HEAD])
    prolog = _PROLOG.match(head)
    return head[prolog.end() :] if prolog else head


def _trace(content: bytes) -> Format | None:
    """Return what a file was before its beginning was lost; null for any other file."""
    return next((format_ for trace, format_ in _TRACES if trace.search(content)), None)


def _looks_like(content: bytes, root: str) -> Message:
    """Return what a person would call such a file."""
    element = _ROOT.match(root)
    if known := next((name for magic, name in _OTHERS if content.startswith(magic)), None):
        return message(f"looks_like.{known}")
    if _WEB_PAGE.match(root):
        return message("looks_like.web_page")
    if element:
        return message("looks_like.xml", element=Name(element[1][:40]))
    if _JSON.match(root):
        return message("looks_like.json")
    return message("looks_like.text" if _is_text(content[:_HEAD]) else "looks_like.unknown")


def _is_text(head: bytes) -> bool:
    """Return whether a person could read it: hardly a byte that no text has."""
    odd = head.translate(None, _TEXT_CONTROLS).translate(None, bytes(range(ord(" "), 256)))
    return not odd and "\ufffd" not in head[:-3].decode("utf-8", "replace")
