"""Parse XML that stopped the parser a second time: small breaches are mended, other damage is stepped over."""

from __future__ import annotations

import codecs
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.readers.xml.parser import ParsedXml, gather

if TYPE_CHECKING:
    from runmood.readers.xml.formats import FormatSpec


_DECLARATION = re.compile(r"\A[^<]*(?:<\?xml[^>]*>)?")
_DECLARED = re.compile(rb"encoding=[\"']([\w.-]+)")
_LONE_AMPERSAND = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d+|#x[0-9A-Fa-f]+);)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def mended(content: bytes, read: ParsedXml) -> ParsedXml:
    """Return the parse that gives most: the first, that of the mended text, or that of what follows the damage."""
    clean = repair_xml(content)
    again = gather(clean, read.names, "utf-8")
    if _usable(again) > _usable(read):
        return again if again.fault else replace(again, mended=read.fault)
    if _usable(read):
        return read
    rest = gather(_after(again.stopped_at, clean, read.names), read.names, "utf-8")
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
