"""Numbers as people type them: 7.5, 7,5, full-width figures, and 7/10 on the scale of ten."""

from __future__ import annotations

import math
import re
import unicodedata

import typer

from runmood.core.checkin_items import LEAST, MOST

_OF_TEN = re.compile(rf"(.+?)\s*/\s*{MOST}")


def read_number(typed: str) -> float:
    """Return a finite number, its decimals behind a point or a comma.

    Raises:
        ValueError: it is none.
    """
    value = float(unicodedata.normalize("NFKC", typed).replace(",", "."))
    if not math.isfinite(value):
        raise ValueError(typed)
    return value


def read_score(typed: str) -> float:
    """Return a number on the scale of check-ins, which may say so itself: 7 or 7/10.

    Raises:
        ValueError: it is no number, or off the scale.
    """
    plain = unicodedata.normalize("NFKC", typed).replace("\N{FRACTION SLASH}", "/").strip()
    of_ten = _OF_TEN.fullmatch(plain)
    value = read_number(of_ten[1] if of_ten else plain)
    if not LEAST <= value <= MOST:
        raise ValueError(typed)
    return value


def number(typed: str) -> float:
    """Read an option that is a number; raise `typer.BadParameter` where it is none."""
    try:
        return read_number(typed)
    except ValueError:
        raise typer.BadParameter(f"'{typed}' is not a valid float.") from None  # as Typer says it, to be translated


def amount(typed: str) -> float:
    """Read an option that is 0 or more; raise `typer.BadParameter` where it is not."""
    value = number(typed)
    if value < 0:
        raise typer.BadParameter(f"{typed} is not in the range x>=0.")
    return value


def score(typed: str) -> float:
    """Read an option on the scale of check-ins; raise `typer.BadParameter` where it is no such number."""
    try:
        return read_score(typed)
    except ValueError:
        number(typed.partition("/")[0])
        raise typer.BadParameter(f"{typed} is not in the range {LEAST}<=x<={MOST}.") from None
