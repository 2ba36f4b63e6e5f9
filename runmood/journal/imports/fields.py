"""What a person names in a text of their own: the front matter of a note, and lines such as `mood: 7` or `mood:: 7`."""

from __future__ import annotations

import re

from runmood.journal.imports.formats import MARK

_FENCE = "---"
_FIELD = re.compile(r"^[ \t>*+-]*(?P<name>[^\W\d][\w ]{0,40}?)\s*::?[ \t]+(?P<value>\S.*?)\s*$", re.MULTILINE)
_INLINE = re.compile(r"[\[(](?P<name>[^\W\d][\w ]{0,40}?)::\s*(?P<value>[^\])\n]+)[\])]")
_ITEM = re.compile(r"\s*-\s+(?P<value>.+)")
_OF_A_MAXIMUM = re.compile(r"(\d+(?:[.,]\d+)?)\s?/\s?\d+")
_MOST_WORDS = 6  # of a value; what is longer is a sentence with a colon in it


def fields_in(text: str) -> dict[str, str]:
    """Return the values of a text by their names in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for pattern in (_INLINE, _FIELD):
        for each in pattern.finditer(text):
            value = each["value"].strip(" *_")
            if value and len(value.split()) <= _MOST_WORDS:
                found.setdefault(each["name"].strip().lower(), value)
    return found


def without_maximum(value: str) -> str:
    """Return the number of a value such as `7/10`; any other value as it is."""
    found = _OF_A_MAXIMUM.fullmatch(value)
    return found[1] if found else value


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the values between the first two lines of `---`, and the text after them.

    Values are plain words and numbers, lists of such in brackets or with a hyphen each; what is nested deeper is passed
    over, since no mood stands there.
    """
    lines = text.split("\n")
    if not lines or lines[0].rstrip() != _FENCE:
        return {}, text
    end = next((number for number, line in enumerate(lines[1:], start=1) if line.rstrip() in (_FENCE, "...")), None)
    if end is None:
        return {}, text
    values: dict[str, list[str]] = {}
    name = ""
    for line in lines[1:end]:
        if item := _ITEM.fullmatch(line):
            values.setdefault(name, []).append(_unquoted(item["value"]))
        elif ":" in line and not line.startswith((" ", "\t", "#")):
            name, _, value = (part.strip() for part in line.partition(":"))
            name = name.lower()
            values[name] = _listed(value)
    return {name: MARK.join(filter(None, parts)) for name, parts in values.items() if name}, "\n".join(lines[end + 1 :])


def _listed(value: str) -> list[str]:
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(part) for part in value[1:-1].split(",")]
    return [_unquoted(value)]


def _unquoted(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value
