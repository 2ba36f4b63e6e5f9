"""The encoding of a text that somebody saved: UTF-8, UTF-16, or what Excel writes in Western Europe."""

from __future__ import annotations

import codecs
import re

WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NOT_WRITTEN = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_LOST = "\N{REPLACEMENT CHARACTER}"


def encoding_of(content: bytes) -> str | None:
    """Return the encoding of a text; null for bytes that are no text, or a text with damage.

    Bytes that are not UTF-8 are taken for Windows-1252, in which Excel saves CSV in Western Europe, only where no
    letter beyond ASCII is sound UTF-8 and none is a control character: one bad byte does not spoil a text in UTF-8.
    """
    if content.startswith(WIDE_MARKS):
        return "utf-16"
    read = content.decode("utf-8-sig", "replace")
    if _LOST not in read or _is_sound(content, "utf-8-sig"):
        return "utf-8-sig"
    if all(letter <= "\x7f" or letter == _LOST for letter in set(read)) and not _NOT_WRITTEN.search(read):
        return "cp1252" if _is_sound(content, "cp1252") else None
    return None


def as_text(content: bytes) -> str:
    """Return bytes as text; what is no text in them becomes a replacement character."""
    return content.decode(encoding_of(content) or "utf-8-sig", "replace")


def as_utf8(content: bytes) -> bytes:
    """Return a text in whatever encoding as UTF-8 without a mark; what is UTF-8 or no text stays as it is."""
    encoding = encoding_of(content)
    return content if encoding in {None, "utf-8-sig"} else content.decode(encoding, "replace").encode()


def _is_sound(content: bytes, encoding: str) -> bool:
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
