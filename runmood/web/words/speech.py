"""Words, figures and dates in one language and in the person's units."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from runmood.web.given import Units

LANGUAGES = ("en", "de")
METRES = {"metric": 1000.0, "imperial": 1609.344}
UNIT = {"metric": "km", "imperial": "mi"}


@dataclass(frozen=True, slots=True)
class Speech:
    """How the page speaks."""

    language: str
    units: Units
    words: Mapping[str, str | dict[str, str]]

    def __call__(self, name: str, **values: object) -> str:
        """The text of that name, filled in; of two forms the one that fits `count`."""
        text = self.words[name]
        if isinstance(text, dict):
            text = text["one" if values["count"] == 1 else "other"]
        return text.format(**values)

    def choice(self, kind: str, word: str) -> str:
        """A word offered by `terms.choices` as this language says it; a person's own word as it is."""
        text = self.words.get(f"{kind}.{word.replace(' ', '_').replace('-', '_')}", word)
        return text if isinstance(text, str) else word

    def weekday(self, day: dt.date) -> str:
        """Saturday."""
        return self(f"weekday.{day.isoweekday()}")

    def date(self, day: dt.date) -> str:
        """21 November 2026."""
        return self("date", day=day.day, month=self(f"month.{day.month}"), year=day.year)

    def short_date(self, day: dt.date) -> str:
        """Sat 21 Nov."""
        weekday, month = (self(f"{name}") for name in (f"weekday_short.{day.isoweekday()}", f"month_short.{day.month}"))
        return self("short_date", weekday=weekday, day=day.day, month=month)

    def month(self, day: dt.date) -> str:
        """November 2026."""
        return f"{self(f'month.{day.month}')} {day.year}"

    def number(self, value: float) -> str:
        """A figure without needless decimals: 7, 6.4."""
        return f"{value:.1f}".removesuffix(".0").replace(".", self("decimal"))

    def distance(self, metres: float | None) -> str:
        """8.2 km, 5.1 mi; nothing of an unknown distance."""
        if metres is None:
            return ""
        return f"{self.number(metres / METRES[self.units])}\N{NO-BREAK SPACE}{UNIT[self.units]}"

    def bare_distance(self, metres: float) -> str:
        """A distance where its unit is clear: 8, 12."""
        return f"{metres / METRES[self.units]:.0f}"

    def pace(self, seconds_a_km: float | None) -> str:
        """5:21 /km, 8:37 /mi."""
        if not seconds_a_km:
            return ""
        return f"{self.clock(seconds_a_km * METRES[self.units] / 1000)}\N{NO-BREAK SPACE}/{UNIT[self.units]}"

    def clock(self, seconds: float | None) -> str:
        """Minutes and seconds, with hours from one on: 5:21, 1:04:10."""
        if seconds is None:
            return ""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@cache
def speech(language: str, units: Units) -> Speech:
    """How the page speaks in a language; in English where that language is not there."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    content = files(__package__).joinpath(f"{known}.toml").read_text(encoding="utf-8")
    return Speech(known, units, _flat(tomllib.loads(content)))


def _flat(table: Mapping[str, object], above: str = "") -> dict[str, str | dict[str, str]]:
    """Texts by their full name: `today.title`; a text in two forms stays a table."""
    flat: dict[str, str | dict[str, str]] = {}
    for name, value in table.items():
        if isinstance(value, str) or (isinstance(value, dict) and value.keys() == {"one", "other"}):
            flat[above + name] = value
        elif isinstance(value, dict):
            flat |= _flat(value, f"{above}{name}.")
    return flat
