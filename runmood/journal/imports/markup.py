"""Notes that an app keeps as HTML, as plain text."""

from __future__ import annotations

import html
import re

_TAG = re.compile(
    r"</?(?:a|b|blockquote|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|small|span|strike|strong|sub|sup|u|ul)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_LINE_ENDS = re.compile(r"<br(?:\s[^<>]*)?/?>|</(?:p|div|li|h[1-6]|blockquote|pre)>", re.IGNORECASE)
_ITEM = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{3,}")


def plain_text(note: str, *, markup: bool = False) -> str:
    """Return a note without its markup: paragraphs and list items are lines, `&amp;` is &.

    A text in which no tag stands is left as it is, so that "I <3 hills" keeps its sign, unless the app is known to
    write markup throughout.
    """
    if not (markup or _TAG.search(note)):
        return note
    lines = _ITEM.sub("- ", _LINE_ENDS.sub("\n", note))
    text = html.unescape(_TAG.sub("", lines)).replace("\N{NO-BREAK SPACE}", " ")
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in text.split("\n"))).strip()
