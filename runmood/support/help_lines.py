"""Who is there to call or write to, by country, each with the day and the place it was looked up."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


_FILE = Path(__file__).parent / "lines.toml"
ELSEWHERE = "elsewhere"
EUROPEAN_UNION = frozenset(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK".split()  # noqa: SIM905 - a list
)


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Someone to call or write to; `link` is what a phone opens."""

    name: str
    how: str
    link: str
    more: str


@dataclass(frozen=True, slots=True)
class HelpLines:
    """The lines of a country, its emergency number, and when and where both were looked up."""

    country: str
    emergency: str
    checked: dt.date
    source: str
    lines: tuple[HelpLine, ...]


def help_lines(country: str | None = None) -> tuple[HelpLines, ...]:
    """Return the lines of a country (GB, DE …), and where to look elsewhere; the latter alone where it is not known."""
    every = _every()
    code = country.upper() if country else ""
    if code in every:
        chosen = [code, ELSEWHERE]
    elif code in EUROPEAN_UNION:
        chosen = ["EU", ELSEWHERE]
    else:
        chosen = [ELSEWHERE]
    return tuple(every[each] for each in dict.fromkeys(chosen))


def all_help_lines() -> tuple[HelpLines, ...]:
    """Return the lines of every country, for a page with room to look them up."""
    return tuple(_every().values())


@cache
def _every() -> dict[str, HelpLines]:
    return {
        code: HelpLines(**country | {"lines": tuple(HelpLine(**line) for line in country["lines"])})
        for code, country in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
    }
