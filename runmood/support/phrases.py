"""Whether words touch on distress: phrases of five languages, compared as they stand. No score comes of it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


_FILE = Path(__file__).parent / "phrases.toml"
_APOSTROPHES = re.compile("['\u2019\u02bc\u0060\u00b4]")
_NO_LETTERS = re.compile(r"[\W_]+")
VERY_LOW = 1  # of mood, 0 to 10
LEFT_OUT = "-"


def touches_on_distress(text: str, mood: float | None = None, own: Iterable[str] = ()) -> bool:
    """Whether the words hold a phrase after which the panel is shown; hopeless words count beside a mood of 0 or 1.

    It will miss much, and meet much that was meant otherwise. A mood alone, however low, shows nothing. `own` are
    phrases that a person adds; one that begins with a minus is left out.
    """
    always, when_very_low = _phrases()
    wanted = always | when_very_low if mood is not None and mood <= VERY_LOW else always
    added = {_plain(phrase) for phrase in own if not phrase.startswith(LEFT_OUT)}
    left_out = {_plain(phrase) for phrase in own if phrase.startswith(LEFT_OUT)}
    said = _plain(text)
    return any(phrase in said for phrase in (wanted | added) - left_out if phrase.strip())


@cache
def _phrases() -> tuple[frozenset[str], frozenset[str]]:
    lists = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    always, when_very_low = (
        frozenset(_plain(phrase) for phrases in lists[when].values() for phrase in phrases)
        for when in ("always", "when_very_low")
    )
    return always, when_very_low


def _plain(text: str) -> str:
    """Small letters without accents, one blank around each word; an apostrophe is nothing."""
    letters = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return f" {_NO_LETTERS.sub(' ', bare).strip()} "
