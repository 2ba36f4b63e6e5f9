"""Numbers, dates and distances as a person says them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from runmood.terms.speech import Units

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
METRES_A_UNIT = {"metric": 1000.0, "imperial": 1609.344}
UNIT_SHORT = {"metric": "km", "imperial": "mi"}
DASH = "\N{EN DASH}"
WHOLE_FROM = 100  # from here on decimals say nothing


def spelled(count: int) -> str:
    """A small number as a word, a larger one in digits."""
    return SMALL[count] if 0 <= count < len(SMALL) else f"{count:,}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """The noun that goes with a count."""
    return one if count == 1 else many or f"{one}s"


def counted(count: int, one: str, many: str | None = None) -> str:
    """A count and its noun: 1 run, 2 runs."""
    return f"{count:,} {plural(count, one, many)}"


def listed(items: Sequence[str]) -> str:
    """Items as a sentence lists them: a, b and c."""
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def weekday(day: dt.date) -> str:
    """The name of its weekday."""
    return WEEKDAYS[day.weekday()]


def month_short(day: dt.date) -> str:
    """Three letters of its month."""
    return MONTHS[day.month - 1][:3]


def month(day: dt.date) -> str:
    """The month of a day with its year: November 2026."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def date(day: dt.date) -> str:
    """A day with its year: 22 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def date_near(day: dt.date, seen_from: dt.date) -> str:
    """A day; with its year only when that is another year than the reader's."""
    return date(day) if day.year != seen_from.year else f"{day.day} {MONTHS[day.month - 1]}"


def weekday_near(day: dt.date, seen_from: dt.date) -> str:
    """A day with its weekday: Sunday 22 November."""
    return f"{weekday(day)} {date_near(day, seen_from)}"


def span(first: dt.date, last: dt.date) -> str:
    """Two days as a period: 12 October to 22 November 2026."""
    return date(last) if first == last else f"{date_near(first, last)} to {date(last)}"


def in_units(metres: float, units: Units) -> float:
    """A distance in kilometres or miles."""
    return metres / METRES_A_UNIT[units]


def figure(value: float) -> str:
    """A figure without needless decimals: 6.4, 7, 142."""
    shown = f"{value:,.0f}" if abs(value) >= WHOLE_FROM else f"{value:.1f}".removesuffix(".0")
    return "0" if shown == "-0" else shown


def distance(metres: float, units: Units, *, whole: bool = False) -> str:
    """A distance in a sentence: 8.2 km, 5.1 miles, 1 mile; whole leaves decimals out."""
    amount = in_units(metres, units)
    shown = f"{amount:,.0f}" if whole else figure(amount)
    if units == "metric":
        return f"{shown} km"
    return f"{shown} mile" if shown == "1" else f"{shown} miles"


def points(difference: float) -> str:
    """A difference in mood: 1.1 points, 1 point."""
    shown = figure(abs(difference))
    return f"{shown} point" if shown == "1" else f"{shown} points"


def moods_between(moods: Sequence[float]) -> str:
    """Moods in order as their ends: mood 7, mood from 4 to 9."""
    low, high = figure(moods[0]), figure(moods[-1])
    return f"mood {low}" if low == high else f"mood from {low} to {high}"


def readable(words: str) -> str:
    """The words without control characters, so that no file name can move a cursor or break a page."""
    return "".join(letter if letter.isprintable() else " " for letter in words).strip()


def file_name(name: str) -> str:
    """A file's name within the inbox; of a path that begins at the root, its last part alone."""
    shown = readable(name).replace("\\", "/")
    rooted = shown.startswith(("/", "~")) or shown[1:2] == ":"
    return shown.rsplit("/", 1)[-1] if rooted else shown.removeprefix("inbox/")
