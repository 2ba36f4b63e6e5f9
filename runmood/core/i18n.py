"""Words, figures, dates and distances in one language and in the person's units."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from numbers import Integral, Real
from string import Formatter
from typing import TYPE_CHECKING, Literal

from runmood.core.catalogue import DEFAULT, LOCALE, catalogue, languages, plural_form

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


Units = Literal["metric", "imperial"]
METRES: Mapping[str, float] = {"metric": 1000.0, "imperial": 1609.344}
METRES_A_FOOT = 0.3048
UNIT = {"metric": "km", "imperial": "mi"}
WHOLE_FROM = 100  # from here on decimals say nothing
FORM_ALONE, IN_WORDS = "=", "~"


@dataclass(frozen=True, slots=True)
class Translator:
    """How runmood speaks to one person: in which language, units and words.

    In braces a sentence names what is filled in: `{day}`; `{runs:run|runs}` writes a count with the form that goes with
    it, one form for each plural category of the language and the last for all that follow; `{runs:=was|were}` the form
    alone; `{runs:~run|runs}` the count as a word; `{part:%}` a share of one in hundredths.
    """

    language: str
    units: Units
    words: Mapping[str, str] = field(repr=False)

    def __call__(self, name: str, /, **values: object) -> str:
        """Return the sentence of that name, filled in."""
        return _Sentence(self).vformat(self.words[name], (), values)

    def choice(self, kind: str, word: str) -> str:
        """Return a word offered by `core.enums` in this language; a person's own word as it is."""
        return self.words.get(f"{kind}.{_key(word)}", word)

    # Figures and lists

    def figure(self, value: float) -> str:
        """Return a figure without needless decimals: 6.4, 7, 142."""
        return self._marked(_plain(value))

    def exact(self, value: float) -> str:
        """Return a figure with all decimals a person gave: 6.25."""
        return self._marked(f"{value:g}")

    def fixed(self, value: float, decimals: int) -> str:
        """Return a figure with that many decimals, for a column of such figures: 5.04, 5.00."""
        return self._marked(f"{value:,.{decimals}f}")

    def whole(self, value: float) -> str:
        """Return a figure without decimals: 12, 1,024."""
        return self._marked(f"{value:,.0f}")

    def plural(self, value: float) -> int:
        """Return which form of a sentence goes with a figure, as it is shown: 0 for the first."""
        shown = f"{value:.0f}" if isinstance(value, int) else _plain(value).replace(",", "")
        return plural_form(shown, self.words["plural"])

    def share(self, value: float) -> str:
        """Return a share of one in hundredths: 62%."""
        return self("share", figure=self.whole(100 * value))

    def spelled(self, count: int) -> str:
        """Return a small number as a word, a larger one in digits."""
        return self.words.get(f"small.{count}") or self.whole(count)

    def listed(self, items: Sequence[str]) -> str:
        """Return items as a sentence lists them: a, b and c."""
        if len(items) < 2:  # noqa: PLR2004 - one or none needs no comma
            return "".join(items)
        return self("list", first=", ".join(items[:-1]), last=items[-1])

    def _marked(self, shown: str) -> str:
        """Return the figure with this language's marks for thousands and decimals."""
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

    def short_date_with_year(self, day: dt.date) -> str:
        """Return a day as lists write it: Sat 07 Nov 2026."""
        weekday = self(f"weekday_short.{day.isoweekday()}")
        month = self.month_short(day)
        return self("short_date_with_year", weekday=weekday, day=f"{day.day:02}", month=month, year=str(day.year))

    def date_near(self, day: dt.date, seen_from: dt.date) -> str:
        """Return a day; with its year only when that is another year than the reader's."""
        if day.year != seen_from.year:
            return self.date(day)
        return self("date_this_year", day=str(day.day), month=self(f"month.{day.month}"))

    def weekday_near(self, day: dt.date, seen_from: dt.date) -> str:
        """Return a day with its weekday: Sunday 22 November."""
        return self("weekday_and_date", weekday=self.weekday(day), date=self.date_near(day, seen_from))

    def span(self, first: dt.date, last: dt.date) -> str:
        """Return two days as a period: 12 October to 22 November 2026."""
        if first == last:
            return self.date(last)
        return self("span", first=self.date_near(first, last), last=self.date(last))

    # Distances, times, heights

    def in_units(self, metres: float) -> float:
        """Convert a distance from metres to kilometres or miles."""
        return metres / METRES[self.units]

    def distance(self, metres: float, *, whole: bool = False) -> str:
        """Return a distance for a sentence: 8.2 km, 5.1 miles, 1 mile; whole leaves decimals out."""
        amount = self.in_units(metres)
        return self(f"distance.{self.units}", amount=round(amount) if whole else amount)

    def short_distance(self, metres: float | None) -> str:
        """8.2 km, 5.1 mi in a table; nothing of an unknown distance."""
        if metres is None:
            return ""
        return f"{self.figure(self.in_units(metres))}\N{NO-BREAK SPACE}{UNIT[self.units]}"

    def bare_distance(self, metres: float) -> str:
        """Return a distance where its unit is clear: 8, 12."""
        return self.whole(self.in_units(metres))

    def pace(self, seconds_a_km: float | None) -> str:
        """5:21 /km, 8:37 /mi; nothing of an unknown pace."""
        if not seconds_a_km:
            return ""
        return f"{self.clock(seconds_a_km * METRES[self.units] / 1000)}\N{NO-BREAK SPACE}/{UNIT[self.units]}"

    @staticmethod
    def clock(seconds: float | None) -> str:
        """Return minutes and seconds, with hours from one on: 5:21, 1:04:10; nothing of an unknown time."""
        if seconds is None:
            return ""
        minutes, rest = divmod(round(seconds), 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"

    def height(self, metres: float | None) -> str:
        """Return a climb in metres or feet, whole; nothing of an unknown climb."""
        if metres is None:
            return ""
        return f"{metres:.0f} m" if self.units == "metric" else f"{metres / METRES_A_FOOT:.0f} ft"

    def temperature(self, celsius: float | None) -> str:
        """Return degrees Celsius, or Fahrenheit beside miles."""
        if celsius is None:
            return ""
        return f"{celsius:.0f} °C" if self.units == "metric" else f"{celsius * 9 / 5 + 32:.0f} °F"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence that is still to be spoken: its name in the catalogues, and what it names.

    What happens far from the person, in a reader or in a worker, says by it what to tell; whoever speaks to the person
    knows their language. As text it is English.
    """

    name: str
    values: tuple[tuple[str, object], ...] = ()

    def spoken(self, say: Translator) -> str:
        """Return the sentence in the language of a translator."""
        return say(self.name, **dict(self.values))

    def __str__(self) -> str:
        return self.spoken(translator(DEFAULT, "metric"))


class Name(str):
    """What is written alike in every language: a name of its own, a file's name, a time in digits."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a fixed set, still to be spoken: `kind` is its table in the catalogues; a word beyond them stays."""

    kind: str
    word: str

    def spoken(self, say: Translator) -> str:
        """Return the word in the language of a translator."""
        return say.choice(self.kind, self.word).replace("_", " ")

    def __str__(self) -> str:
        return self.spoken(translator(DEFAULT, "metric"))


Value = int | float | dt.date | Name | Message | Term  # what a notice may name: no text of one language alone


def message(name: str, /, **values: object) -> Message:
    """Return the sentence of that name, still to be spoken; what no sentence can hold is named by its text."""
    return Message(name, tuple((key, _held(value)) for key, value in values.items()))


def _held(value: object) -> object:
    """Return a value as a sentence holds it: a text, a figure, a day or another message."""
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):
        return float(value)
    return value if isinstance(value, (str, dt.date, Message, Term)) else str(value)


class _Sentence(Formatter):
    """Fills in the braces of a sentence."""

    def __init__(self, say: Translator) -> None:
        self._say = say

    def format_field(self, value: object, format_spec: str) -> str:
        """Fill in one pair of braces."""
        say = self._say
        if isinstance(value, str):
            return value
        if isinstance(value, (Message, Term)):
            return value.spoken(say)
        if isinstance(value, dt.date):
            return say.date(value)
        if isinstance(value, (list, tuple)):
            return say.listed(value)
        if not isinstance(value, (int, float)):
            raise TypeError(f"a sentence holds texts, figures and dates, and not {value!r}")
        return say.share(value) if format_spec == "%" else self._counted(value, format_spec)

    def _counted(self, value: float, forms: str) -> str:
        """Write a figure with the form that goes with it, the form alone, or the figure as a word."""
        shown = self._say.whole(value) if isinstance(value, int) else self._say.figure(value)
        each = forms.lstrip(FORM_ALONE + IN_WORDS).split("|")
        form = each[0] if len(each) == 1 else each[min(self._say.plural(value), len(each) - 1)]
        if forms.startswith(FORM_ALONE):
            return form
        if forms.startswith(IN_WORDS):
            shown = self._say.spelled(int(value))
        return f"{shown} {form}" if form else shown


@cache
def translator(language: str, units: Units, folder: Path = LOCALE) -> Translator:
    """Return who speaks a language, or English where that language has no folder.

    Args:
        language: the name of a folder of `runmood/locale`, such as "en".
        units: metric or imperial, for distances and paces.
        folder: where the languages stand.

    Returns:
        The translator; one for each language, units and folder.
    """
    known = language if language in languages(folder) else DEFAULT
    return Translator(known, units, catalogue(known, folder))


def _plain(value: float) -> str:
    shown = f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def _key(word: str) -> str:
    return word.replace(" ", "_").replace("-", "_")


DASH = "\N{EN DASH}"


def capital(sentence: str) -> str:
    """Return the sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def readable(words: str) -> str:
    """Return the words without control characters, so that no file name can move a cursor or break a page."""
    if words.isprintable():
        return words.strip()
    return "".join(letter if letter.isprintable() else " " for letter in words).strip()


def file_name(name: str) -> str:
    """Return a file's name within the inbox; of a path that begins at the root, its last part alone."""
    shown = readable(name).replace("\\", "/")
    rooted = shown.startswith(("/", "~")) or shown[1:2] == ":"
    return shown.rsplit("/", 1)[-1] if rooted else shown.removeprefix("inbox/")
