"""Words, figures, dates and distances in one language and in the person's units."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Literal

from runmood.core.enums import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


Units = Literal["metric", "imperial"]
METRES: Mapping[str, float] = {"metric": 1000.0, "imperial": 1609.344}
METRES_A_FOOT = 0.3048
UNIT = {"metric": "km", "imperial": "mi"}
WHOLE_FROM = 100  # from here on decimals say nothing
FORM_ALONE, IN_WORDS = "=", "~"


@dataclass(frozen=True, slots=True)
class Translator:
    """How runmood speaks to one person."""

    language: str
    units: Units
    words: Mapping[str, str] = field(repr=False)

    def __call__(self, name: str, /, **values: object) -> str:
        """The sentence of that name, filled in."""
        return _Sentence(self).vformat(self.words[name], (), values)

    def choice(self, kind: str, word: str) -> str:
        """A word offered by `core.enums` as this language says it; a person's own word as it is."""
        return self.words.get(f"{kind}.{_key(word)}", word)

    # Figures and lists

    def figure(self, value: float) -> str:
        """A figure without needless decimals: 6.4, 7, 142."""
        shown = f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:.1f}".removesuffix(".0")
        return self._marked("0" if shown == "-0" else shown)

    def whole(self, value: float) -> str:
        """A figure without decimals: 12, 1,024."""
        return self._marked(f"{value:,.0f}")

    def share(self, value: float) -> str:
        """A share of one in hundredths: 62%."""
        return self("share", figure=self.whole(100 * value))

    def spelled(self, count: int) -> str:
        """A small number as a word, a larger one in digits."""
        return self.words.get(f"small.{count}") or self.whole(count)

    def listed(self, items: Sequence[str]) -> str:
        """Items as a sentence lists them: a, b and c."""
        if len(items) < 2:  # noqa: PLR2004 - one or none needs no comma
            return "".join(items)
        return self("list", first=", ".join(items[:-1]), last=items[-1])

    def _marked(self, shown: str) -> str:
        """The figure with this language's marks for thousands and decimals."""
        return shown.translate(str.maketrans(",.", self.words["thousands"] + self.words["decimal"]))

    # Days

    def weekday(self, day: dt.date) -> str:
        """Saturday."""
        return self(f"weekday.{day.isoweekday()}")

    def month_short(self, day: dt.date) -> str:
        """Nov."""
        return self(f"month_short.{day.month}")

    def month(self, day: dt.date) -> str:
        """November 2026."""
        return f"{self(f'month.{day.month}')} {day.year}"

    def date(self, day: dt.date) -> str:
        """21 November 2026."""
        return self("date", day=str(day.day), month=self(f"month.{day.month}"), year=str(day.year))

    def short_date(self, day: dt.date) -> str:
        """Sat 21 Nov."""
        weekday = self(f"weekday_short.{day.isoweekday()}")
        return self("short_date", weekday=weekday, day=str(day.day), month=self.month_short(day))

    def date_near(self, day: dt.date, seen_from: dt.date) -> str:
        """A day; with its year only when that is another year than the reader's."""
        if day.year != seen_from.year:
            return self.date(day)
        return self("date_this_year", day=str(day.day), month=self(f"month.{day.month}"))

    def weekday_near(self, day: dt.date, seen_from: dt.date) -> str:
        """A day with its weekday: Sunday 22 November."""
        return self("weekday_and_date", weekday=self.weekday(day), date=self.date_near(day, seen_from))

    def span(self, first: dt.date, last: dt.date) -> str:
        """Two days as a period: 12 October to 22 November 2026."""
        if first == last:
            return self.date(last)
        return self("span", first=self.date_near(first, last), last=self.date(last))

    # Distances, times, heights

    def in_units(self, metres: float) -> float:
        """A distance in kilometres or miles."""
        return metres / METRES[self.units]

    def distance(self, metres: float, *, whole: bool = False) -> str:
        """A distance in a sentence: 8.2 km, 5.1 miles, 1 mile; whole leaves decimals out."""
        amount = self.in_units(metres)
        return self(f"distance.{self.units}", amount=round(amount) if whole else amount)

    def short_distance(self, metres: float | None) -> str:
        """8.2 km, 5.1 mi in a table; nothing of an unknown distance."""
        if metres is None:
            return ""
        return f"{self.figure(self.in_units(metres))}\N{NO-BREAK SPACE}{UNIT[self.units]}"

    def bare_distance(self, metres: float) -> str:
        """A distance where its unit is clear: 8, 12."""
        return self.whole(self.in_units(metres))

    def pace(self, seconds_a_km: float | None) -> str:
        """5:21 /km, 8:37 /mi; nothing of an unknown pace."""
        if not seconds_a_km:
            return ""
        return f"{self.clock(seconds_a_km * METRES[self.units] / 1000)}\N{NO-BREAK SPACE}/{UNIT[self.units]}"

    @staticmethod
    def clock(seconds: float | None) -> str:
        """Minutes and seconds, with hours from one on: 5:21, 1:04:10; nothing of an unknown time."""
        if seconds is None:
            return ""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

    def height(self, metres: float | None) -> str:
        """A climb in metres or feet, whole; nothing of an unknown climb."""
        if metres is None:
            return ""
        return f"{metres:.0f} m" if self.units == "metric" else f"{metres / METRES_A_FOOT:.0f} ft"

    def temperature(self, celsius: float | None) -> str:
        """Degrees Celsius, or Fahrenheit for who thinks in miles."""
        if celsius is None:
            return ""
        return f"{celsius:.0f} °C" if self.units == "metric" else f"{celsius * 9 / 5 + 32:.0f} °F"


class _Sentence(Formatter):
    """Fills in the braces of a sentence; the forms are told in the room's door."""

    def __init__(self, say: Translator) -> None:
        self._say = say

    def format_field(self, value: object, format_spec: str) -> str:
        """One pair of braces."""
        say = self._say
        if isinstance(value, str):
            return value
        if isinstance(value, dt.date):
            return say.date(value)
        if isinstance(value, (list, tuple)):
            return say.listed(value)
        if not isinstance(value, (int, float)):
            raise TypeError(f"a sentence holds texts, figures and dates, and not {value!r}")
        return say.share(value) if format_spec == "%" else self._counted(value, format_spec)

    def _counted(self, value: float, forms: str) -> str:
        shown = self._say.whole(value) if isinstance(value, int) else self._say.figure(value)
        one, _, many = forms.lstrip(FORM_ALONE + IN_WORDS).partition("|")
        form = one if shown == "1" else many
        if forms.startswith(FORM_ALONE):
            return form
        if forms.startswith(IN_WORDS):
            shown = self._say.spelled(int(value))
        return f"{shown} {form}" if form else shown


@cache
def translator(language: str, units: Units) -> Translator:
    """Load the sentences of a language, in English where that language is not there.

    Args:
        language: the name of a folder of `runmood/locale`, such as "en".
        units: metric or imperial, for distances and paces.
    """
    from importlib.resources import files  # noqa: PLC0415 - a check-in passes through here and says nothing

    known = language if language in LANGUAGES else LANGUAGES[0]
    words: dict[str, str] = {}
    for file in sorted(files("runmood.locale").joinpath(known).iterdir(), key=lambda each: each.name):
        words |= _flat(tomllib.loads(file.read_text(encoding="utf-8")))
    return Translator(known, units, words)


def _flat(table: Mapping[str, object], above: str = "") -> dict[str, str]:
    """Texts by their full name: `today.title`."""
    flat: dict[str, str] = {}
    for name, value in table.items():
        flat |= _flat(value, f"{above}{name}.") if isinstance(value, dict) else {above + name: str(value)}
    return flat


def _key(word: str) -> str:
    return word.replace(" ", "_").replace("-", "_")


# --- What words have in common in every language.

DASH = "\N{EN DASH}"


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def readable(words: str) -> str:
    """The words without control characters, so that no file name can move a cursor or break a page."""
    return "".join(letter if letter.isprintable() else " " for letter in words).strip()


def file_name(name: str) -> str:
    """A file's name within the inbox; of a path that begins at the root, its last part alone."""
    shown = readable(name).replace("\\", "/")
    rooted = shown.startswith(("/", "~")) or shown[1:2] == ":"
    return shown.rsplit("/", 1)[-1] if rooted else shown.removeprefix("inbox/")


def counted(number: int, thing: str) -> str:
    """Return a number of things in English words that agree."""
    return f"{number} {thing}{'' if number == 1 else 's'}"
