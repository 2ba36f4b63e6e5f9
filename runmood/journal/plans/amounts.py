"""How far and how long, where a plan says it in words: 10 km, 8 mi, 45 min, 1h30, `Planned Distance: 12.5 mi`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


A_KM, A_MILE, A_METRE = 1000.0, 1609.344, 1.0
AN_HOUR, A_MINUTE = 3600.0, 60.0
FARTHEST_M, LONGEST_S = 400_000.0, 48 * AN_HOUR
LEAST_METRES = 1000.0  # written in metres, anything less is a piece of a session
SAME = 0.03  # "10 km (6.2 mi)" says one distance twice

_NUMBER = r"\d{1,6}(?:[.,]\d{1,3})?"
_LEAST = rf"(?<![\w.,:/@])(?P<least>{_NUMBER})(?:\s?(?:-|to|bis|a)\s?{_NUMBER})?"
_END = r"(?![\w/])(?!\s?(?:/|per\b|h\b))"
_KMS = "km|kms|k|kilomet(?:er|re)s?|kilometern|kilometros?|quilometros?|chilometr[io]"
_MILES = "mi|miles?|meilen?|millas?|milhas?|migli[ao]|mijl(?:en)?"
_METRES = "m|met(?:er|re)s?|metern|metros|metri"
_HOURS = "h|hrs?|hours?|std|stunden?|heures?|horas?|or[ae]|uur"
_MINUTES = "min|mins|minutes?|minuten?|minutos?|minut[io]|minuut|'"

_PLANNED = "planned|target|total|geplante?|soll|prevue?|planificada?|prevista?|planejada|gepland(?:e)?"
DISTANCE_NAMES = "distance|distanz|strecke|distancia|distanza|afstand|lange"
DURATION_NAMES = "duration|time|dauer|zeit|duree|duracion|duracao|durata|duur|tijd|tiempo|tempo"

DISTANCE = re.compile(
    rf"{_LEAST}[\s-]?(?:(?P<km>{_KMS})|(?P<mile>{_MILES})|(?P<metre>{_METRES})){_END}"
    r"(?![\s-](?:race[\s-])?(?:pace|effort))"
)
REPETITIONS = re.compile(r"\b\d{1,3}\s?(?:x|\*|times)\s?\(?\s?\d")
CLOCK = re.compile(r"(?<![\w.,:/@])(\d{1,2}):([0-5]\d):([0-5]\d)(?![\w:/])")
HOURS = re.compile(rf"(?<![\w.,:/@])({_NUMBER})\s?(?:{_HOURS})(?:\s?([0-5]?\d)\s?(?:m|{_MINUTES})?)?{_END}")
MINUTES = re.compile(rf"{_LEAST}[\s-]?(?:{_MINUTES}){_END}")


def has_repetitions(text: str) -> bool:
    """Whether a text tells of pieces that are repeated."""
    return bool(REPETITIONS.search(text))


def distance_of(text: str) -> float | None:
    """How many metres a plain text says, if it says it once."""
    if has_repetitions(text):
        return None
    said = [_metres(found) for found in DISTANCE.finditer(text)]
    return _the_only([metres for metres in said if metres], FARTHEST_M)


def duration_of(text: str) -> float | None:
    """How many seconds a plain text says, if it says it once."""
    if has_repetitions(text):
        return None
    said = [int(h) * AN_HOUR + int(m) * A_MINUTE + int(s) for h, m, s in CLOCK.findall(text)]
    said += [_number(h) * AN_HOUR + int(m or 0) * A_MINUTE for h, m in HOURS.findall(text)]
    alone = HOURS.sub(" ", text)  # the minutes of "1 h 30 min" are no amount of their own
    said += [_number(found["least"]) * A_MINUTE for found in MINUTES.finditer(alone)]
    return _the_only(said, LONGEST_S)


def _metres(found: re.Match[str]) -> float | None:
    """Return a distance that was found; null for a few metres, which are a piece of something."""
    unit = A_KM if found["km"] else A_MILE if found["mile"] else A_METRE
    metres = _number(found["least"]) * unit
    return None if unit == A_METRE and metres < LEAST_METRES else metres


def _the_only(amounts: Iterable[float], most: float) -> float | None:
    """Return the first amount, if the others say the same and it can be true."""
    said = list(amounts)
    agree = said and max(said) <= min(said) * (1 + SAME)
    return said[0] if agree and 0 < said[0] <= most else None


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def labelled(text: str, names: str) -> str:
    """Return what stands in a plain text after a name and a colon; of what is planned before what is only named.

    Args:
        text: of several lines.
        names: of the amount, separated by `|`.

    Returns:
        The rest of that line, empty where no line is of that kind.
    """
    found = re.findall(rf"^[\s*•-]*({_PLANNED})?\s*(?:{names})\s*[:=]\s*(.+)$", text, re.MULTILINE)
    done = [amount for planned, amount in found if planned] or [amount for _, amount in found]
    return done[0] if done else ""
