"""Bytes to lines of a table, or to what a JSON file holds."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from runmood.core.errors import UnreadableFileError
from runmood.core.models import DecodedFile, DecodedRun, Totals
from runmood.core.notices import BROKEN_FILE, ENTRIES_LEFT_OUT, NOT_AN_ACTIVITY, OTHER_SPORTS
from runmood.readers.xml.formats import sport_of
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from runmood.core.notices import Notice


# A day at one sample a second in six lists has 1.1 million commas; a value takes up to 200 bytes of memory.
_MOST_VALUES = 2_000_000


def lines_of(text: str) -> Iterator[list[str]]:
    """The lines of a table that say something; an empty one for a line that cannot be taken apart."""
    table = csv.reader(io.StringIO(text, newline=""))
    while True:
        try:
            line = next(table)
        except StopIteration:
            return
        except csv.Error:  # a cell without end: it goes on with the next line
            yield []
        else:
            if line:
                yield line


def rows_of(columns: Sequence[str], lines: Iterator[list[str]]) -> Iterator[dict[str, str]]:
    """Each line as its cells by column, without those that are empty; a line that is cut off is empty."""
    for line in lines:
        whole = len(line) >= len(columns)
        yield {name: cell for name, cell in zip(columns, line, strict=False) if cell} if whole else {}


def json_of(text: str, vendor: str) -> object:
    """What the JSON holds; `UnreadableFile` where it is cut off, damaged, nested without end or beyond memory."""
    if text.count(",") + text.count("[") + text.count("{") > _MOST_VALUES:
        raise UnreadableFileError(BROKEN_FILE(format=f"{vendor} JSON", fault="it holds more values than any export"))
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise UnreadableFileError(BROKEN_FILE(format=f"{vendor} JSON", fault=fault)) from None


def mapping(value: object) -> dict[str, object]:
    """The value, if it is a JSON object; else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: object) -> list[object]:
    """The value, if it is a JSON list; else an empty one."""
    return value if isinstance(value, list) else []


def words(value: object) -> str | None:
    """The value, if it is a text that says something."""
    return value.strip() or None if isinstance(value, str) else None


# --- Numbers as exports write them: in figures or in words, with a point or a comma, and some that cannot be true.

_FIGURES = re.compile(r"[+-]?\d[\d.,]*(?:[eE][+-]?\d{1,3})?")
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+")
_BLANKS = re.compile(r"[\s\u00a0\u202f']")
_LONGEST = 40


def number(value: object, least: float, most: float) -> float | None:
    """The number that a cell or a JSON value says; null without one, or beyond what can be true."""
    if isinstance(value, str):
        value = _read(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if least <= value <= most and isfinite(value) else None


def _read(text: str) -> float | None:
    """Also 9,44 and 1.234,5; a comma before exactly three figures parts thousands, as in 1,234."""
    text = _BLANKS.sub("", text[:_LONGEST])
    if not _FIGURES.fullmatch(text):
        return None
    if text.rfind(",") > text.rfind(".") and not _THOUSANDS.fullmatch(text):
        text = text.replace(".", "").replace(",", ".")
    try:
        return float(text.replace(",", ""))
    except ValueError:  # 1.2.3
        return None


# --- Moments as exports write them; null for one that no watch of this century can mean.

# As in track: what an unset clock says, 1989 to the first days of 2000, is no moment.
_FIRST = dt.datetime(2000, 1, 4, tzinfo=dt.UTC)
_LAST = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
_FARTHEST_S = 15 * 3600  # Kiribati is 14 hours ahead
_OFFSET = re.compile(r"(?:UTC|GMT)?\s*([+-])(\d{1,2}):?(\d{2})")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?\s*(?:([ap])\.?\s?m\b)?", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
# English, German, French, Spanish, Italian, Portuguese and Dutch: the first letters that tell the months apart.
_MONTHS = (
    ("jan", "jän", "ene", "gen"),
    ("feb", "fév", "fev"),
    ("mar", "mär", "mrt", "maa"),
    ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"),
    ("jun", "juin", "giu"),
    ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"),
    ("sep", "set"),
    ("oct", "okt", "ott", "out"),
    ("nov",),
    ("dec", "dez", "déc", "dic"),
)
_CENTURY = 2000
_TWO_FIGURES = 100
_NOON = 12
_LONGEST_DATE = 60


def from_milliseconds(value: object) -> dt.datetime | None:
    """The moment so many milliseconds after 1970."""
    milliseconds = number(value, _FIRST.timestamp() * 1000, _LAST.timestamp() * 1000)
    return None if milliseconds is None else dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC)


def from_iso(value: object) -> dt.datetime | None:
    """The moment in ISO 8601; a clock without offset stands as if it were UTC."""
    if not isinstance(value, str):
        return None
    try:
        said = dt.datetime.fromisoformat(value.strip()[:_LONGEST_DATE])
    except ValueError:
        return None
    if said.tzinfo is None:
        said = said.replace(tzinfo=dt.UTC)
    return said.astimezone(dt.UTC) if _FIRST <= said < _LAST else None


def parse_datetime(value: str) -> dt.datetime | None:
    """The moment that a date in words says, in seven languages; a clock without offset stands as if it were UTC.

    May 29, 2022, 3:53:35 PM · 09.12.2022, 15:24:49 · 29 mai 2022 à 15:53 · 2018-09-12 15:02:23. Where only figures
    tell, the day stands before the month, but for the twelve-hour clock of the United States.
    """
    time = _TIME.search(value[:_LONGEST_DATE])
    if time is None:
        return None
    hour, minute, second = (int(part or 0) for part in time.groups()[:3])
    half = (time[4] or "").lower()
    if half:
        hour = hour % _NOON + (_NOON if half == "p" else 0)
    date = _date(value[: time.start()], month_first=bool(half))
    try:
        said = dt.datetime(*date, hour, minute, second, tzinfo=dt.UTC) if date else None
    except ValueError:
        return None
    return said if said and _FIRST <= said < _LAST else None


def offset_s(value: object) -> int | None:
    """Seconds ahead of UTC, from "UTC+0900" or "+02:00"."""
    match = _OFFSET.fullmatch(value.strip()) if isinstance(value, str) else None
    if match is None:
        return None
    seconds = int(match[2]) * 3600 + int(match[3]) * 60
    return _sane(-seconds if match[1] == "-" else seconds)


def offset_from_minutes(value: object) -> int | None:
    """Seconds ahead of UTC, from minutes."""
    minutes = number(value, -_FARTHEST_S, _FARTHEST_S)
    return None if minutes is None else _sane(round(minutes * 60))


def offset_between(local: dt.datetime | None, utc: dt.datetime | None) -> int | None:
    """Seconds that the clock on the wall was ahead of UTC, to the quarter of an hour."""
    if local is None or utc is None:
        return None
    return _sane(round((local - utc).total_seconds() / 900) * 900)


def _sane(seconds: int) -> int | None:
    return seconds if abs(seconds) <= _FARTHEST_S else None


def _date(text: str, *, month_first: bool) -> tuple[int, int, int] | None:
    """Year, month and day."""
    figures = [int(part[:4]) for part in _NUMBERS.findall(text)]
    month = next(filter(None, map(_month, _WORDS.findall(text))), None)
    if month and len(figures) == 2:  # noqa: PLR2004 - a day and a year
        day, year = figures
        return (_full(year), month, day) if year > day else (_full(day), month, year)
    if month or len(figures) != 3:  # noqa: PLR2004 - year, month and day
        return None
    first, second, third = figures
    if first >= _TWO_FIGURES:
        return first, second, third
    return (_full(third), first, second) if month_first else (_full(third), second, first)


def _full(year: int) -> int:
    return year if year >= _TWO_FIGURES else _CENTURY + year


def _month(word: str) -> int | None:
    word = word.lower()
    return next((at for at, names in enumerate(_MONTHS, start=1) if word.startswith(names)), None)


# --- Sports in the languages of the people who run: what a vendor's app called the activity.

# What would be taken for a run, a ride or a walk by a part of its name.
_OTHERS = re.compile(r"ski|schlittschuh|eislauf|langlauf|inline|roller|schneeschuh|raquette|esqu[ií]", re.IGNORECASE)
_SPORTS = (
    (
        re.compile(
            r"lauf|\btrail|course|courir|carrera|correr|corsa|corrida|hardlo|\bjogg|löp|løp|ランニング|跑步",
            re.IGNORECASE,
        ),
        "running",
    ),
    (
        re.compile(r"rad(?:fahr|tour|$)|fahrrad|vélo|cyclis|cicli|\bbici|pedal|fiets|\britje?\b", re.IGNORECASE),
        "cycling",
    ),
    (re.compile(r"spazier|\bgehen|marche|caminata|caminhada|camminata|wandeling|wandelen", re.IGNORECASE), "walking"),
    (re.compile(r"wander|randonn|senderis|excurs|escurs|trilha|hiken", re.IGNORECASE), "hiking"),
    (re.compile(r"schwimm|natation|nataci|natação|nuoto|zwem", re.IGNORECASE), "swimming"),
)


def sport_in_any_language(said: str | None) -> tuple[str | None, str | None]:
    """The sport and, for a run, what kind of run; null for a word that is not known here, which may be a run."""
    said = said or ""
    sport, sub_sport = sport_of(said)
    if sport in {"running", "cycling", "walking", "hiking", "swimming"}:
        return sport, sub_sport
    if _OTHERS.search(said):
        return said.strip().lower(), None
    known = next((name for words, name in _SPORTS if words.search(said)), None)
    return known, "trail" if known == "running" and "trail" in said.lower() else None


# --- A run from what an export says of it, and the file that such runs make.

_LONGEST_S = 100 * 86_400
_FARTHEST_M = 1e7
_MOST_ENTRIES = 30_000
HEARTS = (20.0, 250.0)
Sample = dict[str, object]


class ActivityTotals(NamedTuple):
    """How long and how far a run was, as an export says in its own units; heart rate is the mean."""

    elapsed_s: object
    distance_m: object = None
    timer_s: object = None
    heart_bpm: object = None


def build_activity(
    started_at: dt.datetime | None, said: ActivityTotals, samples: Iterable[Sample] = (), place: Sample | None = None
) -> DecodedRun | None:
    """The run; without samples of its own it has two, its start and its end. Null without a true start or duration.

    `place` is where it began, for a run without samples.
    """
    totals = _totals(said)
    rows = list(samples)
    if not rows and started_at and totals.elapsed_s:
        rows = _ends(started_at, totals)
        rows[0] |= place or {}
    return DecodedRun(points=RAW_SAMPLES.frame(rows), totals=totals) if rows else None


def activities_file(format_: str, entries: Iterable[DecodedRun | None], *notices: Notice) -> DecodedFile:
    """The file of many runs, each with these notices; entries of other sports are only counted.

    What follows the first thirty thousand entries, more than a lifetime's runs, is not read.
    """
    said = list(islice(entries, _MOST_ENTRIES))
    whole = [entry for entry in said if entry]
    runs = tuple(replace(entry, notices=notices) for entry in whole if entry.sport in {None, "running"})
    remarks = []
    if len(whole) < len(said):
        remarks.append(ENTRIES_LEFT_OUT(count=len(said) - len(whole)))
    if len(runs) < len(whole):
        remarks.append(OTHER_SPORTS(count=len(whole) - len(runs)))
    if not runs:
        return DecodedFile(format_, (), (NOT_AN_ACTIVITY(what="a list without a run"), *remarks))
    return DecodedFile(format_, runs, tuple(remarks))


def valid_position(latitude: object, longitude: object) -> Sample:
    """A position as a sample has it; without both, and at (0, 0), there is none."""
    north, east = number(latitude, -90, 90), number(longitude, -180, 180)
    if north is None or east is None or north == east == 0:
        return {}
    return {"latitude_deg": north, "longitude_deg": east}


def _totals(said: ActivityTotals) -> Totals:
    return Totals(
        distance_m=number(said.distance_m, 0.1, _FARTHEST_M),
        elapsed_s=number(said.elapsed_s, 1, _LONGEST_S),
        timer_s=number(said.timer_s, 1, _LONGEST_S),
        heart_bpm=number(said.heart_bpm, *HEARTS),
    )


def _ends(started_at: dt.datetime, totals: Totals) -> list[Sample]:
    """Start and end; the mean heart rate stands at both, so that it is the mean of the run."""
    ended_at = started_at + dt.timedelta(seconds=totals.elapsed_s or 0)
    start = 0.0 if totals.distance_m else None
    return [
        {"sampled_at": started_at, "distance_m": start, "heart_bpm": totals.heart_bpm, "segment": 0},
        {"sampled_at": ended_at, "distance_m": totals.distance_m, "heart_bpm": totals.heart_bpm, "segment": 0},
    ]
