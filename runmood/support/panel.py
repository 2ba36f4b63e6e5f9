"""The panel itself, and the numbers on it."""

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
ACKNOWLEDGED = (
    "If things are hard right now: you do not have to carry it alone,",
    "and you do not have to be in crisis to call someone.",
)
NOBODY_WATCHES = (
    "runmood does not read for danger and nobody is watching. Nothing is told to anyone, and nothing is kept",
    "about this page. It is always at: runmood support",
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
    """Return the lines of a country (GB, DE …), and where to look elsewhere; of all where it is not known."""
    every = _every()
    if country and country.upper() in every:
        chosen = [country.upper(), ELSEWHERE]
    elif country and country.upper() in EUROPEAN_UNION:
        chosen = ["EU", ELSEWHERE]
    else:
        chosen = list(every)
    return tuple(every[code] for code in chosen)


def panel(country: str | None = None) -> str:
    """Return the same calm words each time: acknowledged, who is there, and that nobody watches."""
    told = [sentence for lines in help_lines(country) for sentence in _as_text(lines)]
    return "\n".join([*ACKNOWLEDGED, "", *told, "", *NOBODY_WATCHES])


@cache
def _every() -> dict[str, HelpLines]:
    return {
        code: HelpLines(**country | {"lines": tuple(HelpLine(**line) for line in country["lines"])})
        for code, country in tomllib.loads(_FILE.read_text(encoding="utf-8")).items()
    }


def _as_text(told: HelpLines) -> list[str]:
    heading = f"{told.country[:1].upper()}{told.country[1:]}: in an emergency {told.emergency}"
    return [heading, *(f"  {line.name}: {line.how}{f' ({line.more})' if line.more else ''}" for line in told.lines)]
