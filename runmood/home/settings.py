"""What each setting may be: a reader a kind, which gives the value or says, in half a sentence, what is wrong."""

from __future__ import annotations

import datetime as dt
import difflib
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from runmood.core.catalogue import languages
from runmood.core.errors import UserError
from runmood.core.i18n import METRES
from runmood.core.models import HeartSettings

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from runmood.core.i18n import Units
    from runmood.core.models import CustomQuestion


if TYPE_CHECKING:
    Reader = Callable[[object], object]

MOST_TAGS = 5
COUNTRY_LETTERS = 2
ZONE_BOUNDS = 4


class WrongValueError(ValueError):
    """What is wrong with a value, as the end of a sentence that begins with the setting's name."""


class WrongQuestionError(ValueError):
    """What is wrong with a question of a person's own, in a sentence, and the question's name."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(sentence)
        self.name = name


def some_text(value: object) -> str:
    """Text with something in it."""
    if not isinstance(value, str):
        raise WrongValueError("is to be text in quotation marks")
    if not value.strip():
        raise WrongValueError("is empty; leave the line out instead")
    return value.strip()


def one_of(*choices: str) -> Reader:
    """A reader of one of some words."""

    def read(value: object) -> str:
        chosen = some_text(value)
        if chosen not in choices:
            raise WrongValueError(f"is {chosen!r}, not one of {', '.join(choices)}")
        return chosen

    return read


def between(least: int, most: int) -> Reader:
    """A reader of a whole number in a range."""

    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise WrongValueError(f"is to be a whole number from {least} to {most}")
        if not least <= value <= most:
            raise WrongValueError(f"is {value}, not from {least} to {most}")
        return value

    return read


def a_zone(value: object) -> str:
    """The name of a time zone."""
    name = some_text(value)
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise WrongValueError(f"is {name!r}, which no list knows. It is a name like Europe/Lisbon") from fault
    return name


def a_country(value: object) -> str:
    """Two letters for a country."""
    letters = some_text(value).upper()
    if len(letters) != COUNTRY_LETTERS or not letters.isascii() or not letters.isalpha():
        raise WrongValueError(f"is {value!r}, not two letters such as PT")
    return letters


def a_clock(value: object) -> dt.time:
    """A time of day to the minute."""
    text = some_text(value)
    try:
        hours, minutes = text.split(":")
        return dt.time(int(hours), int(minutes))
    except ValueError as fault:
        raise WrongValueError(f"is {text!r}, not a time like 03:30") from fault


def heart_bounds(value: object) -> tuple[int, ...]:
    """Four heart rates, each above the one before: the upper bounds of zones 1 to 4."""
    if not isinstance(value, list) or len(value) != ZONE_BOUNDS:
        raise WrongValueError("is to be a list of four heart rates, like [112, 130, 149, 168]")
    read = between(30, 250)
    bounds = tuple(int(str(read(each))) for each in value)
    if list(bounds) != sorted(set(bounds)):
        raise WrongValueError(f"is {value}, of which each is to be above the one before")
    return bounds


def some_texts(value: object) -> tuple[str, ...]:
    """A list of texts, each once."""
    if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
        raise WrongValueError('is to be a list of texts, like ["one", "other"]')
    return tuple(dict.fromkeys(each.strip() for each in value))


def tag_list(value: object) -> tuple[str, ...]:
    """At most five tags."""
    tags = some_texts(value)
    if len(tags) > MOST_TAGS:
        raise WrongValueError(f"names {len(tags)} tags; at most {MOST_TAGS} can be asked about")
    return tags


def custom_questions(value: object) -> tuple[CustomQuestion, ...]:
    """A person's own questions, as the journal understands them."""
    from runmood.journal.checkin_items import custom_items  # noqa: PLC0415

    if not isinstance(value, dict):
        raise WrongValueError("holds a table for each question")
    items: list[CustomQuestion] = []
    for name, table in value.items():
        try:
            items += custom_items({name: table})
        except UserError as fault:
            raise WrongQuestionError(name, str(fault)) from fault
    return tuple(items)


# --- The country of a time zone, from the list that comes with the time zones themselves.

LIST = ("tzdata", "zoneinfo", "zone.tab")  # lines of: country, position, zone


def country_of(time_zone: str) -> str | None:
    """Two letters, such as PT for Europe/Lisbon; null for a zone of no country, such as UTC."""
    from importlib.resources import files  # noqa: PLC0415 - a check-in does not wait for it

    lines = files(LIST[0]).joinpath(*LIST[1:]).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == time_zone), None)


# --- What a person may set: each setting's type and default, and beside it how it is read and what it means.


class SettingsError(UserError):
    """The settings hold something that cannot be used; the sentence says what, in which line, and what was meant."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set; null is unset."""

    time_zone: str = "UTC"
    name: str | None = None
    units: Units = "metric"
    language: str = "en"
    country: str | None = None
    heart_max_bpm: int | None = None
    heart_zones_bpm: tuple[int, ...] | None = None
    privacy_zone_m: int = 300
    nightly_at: dt.time = dt.time(3, 30)
    on_failure: str | None = None
    distress_phrases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    items: tuple[CustomQuestion, ...] = ()

    @property
    def heart(self) -> HeartSettings:
        """What the person says of their heart rate."""
        bounds = self.heart_zones_bpm
        return HeartSettings(self.heart_max_bpm, tuple(map(float, bounds)) if bounds else None)

    @property
    def country_shown(self) -> str | None:
        """The country that is set, else that of the time zone; null where that says none."""
        return self.country or country_of(self.time_zone)


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """How a setting is read, what it means, and what a value of it looks like in the file."""

    read: Reader
    meaning: str
    example: str


ABOUT = {
    "time_zone": SettingSpec(a_zone, "where you live; this computer's if left out", '"Europe/Lisbon"'),
    "name": SettingSpec(some_text, "how the summary greets you", '"Ana"'),
    "units": SettingSpec(one_of(*METRES), "miles instead of kilometres", '"imperial"'),
    "language": SettingSpec(
        one_of(*languages()), "the language of the summary, of what is shared, and of the local page", '"en"'
    ),
    "country": SettingSpec(a_country, "whose help lines are shown; that of the time zone if left out", '"PT"'),
    "heart_max_bpm": SettingSpec(between(100, 240), "your highest heart rate, if you know it", "186"),
    "heart_zones_bpm": SettingSpec(heart_bounds, "where your heart rate zones 1 to 4 end", "[112, 130, 149, 168]"),
    "privacy_zone_m": SettingSpec(between(0, 5000), "how much of both ends of a run is not shown to others", "300"),
    "nightly_at": SettingSpec(a_clock, "when the nightly runs, by your clock", '"03:30"'),
    "on_failure": SettingSpec(some_text, "what to call when a night fails: docs/nightly.md", '"beep"'),
    "distress_phrases": SettingSpec(some_texts, "words of yours that bring up the help lines", '["cannot go on"]'),
    "tags": SettingSpec(tag_list, "up to five kinds of run that findings may ask about", '["mindful", "social"]'),
    "items": SettingSpec(custom_questions, "questions of your own, a table each", "[items.NAME]"),
}


# --- `settings.toml` read: every line typed, and a wrong one named with its line and the nearest right name.


def read_settings(path: Path) -> Settings:
    """The settings in a file; without the file, or a line for it, what is left out is as it is by default."""
    text = _text(path)
    values = {name: _read(path, text, name, value) for name, value in _parsed(path, text).items()}
    if "time_zone" not in values:
        values["time_zone"] = system_time_zone()
    return Settings(**values)  # type: ignore[arg-type]  # each was read by the reader of its own kind


def _read(path: Path, text: str, name: str, value: object) -> object:
    """The value of a setting; SettingsError says what is wrong with it."""
    if name not in ABOUT:
        raise SettingsError(f"{path}, line {line_of(text, name)}: {name} is no setting.{_hint(name)}")
    try:
        return ABOUT[name].read(value)
    except WrongValueError as fault:
        example = f" It may look like: {name} = {ABOUT[name].example}"
        raise SettingsError(f"{path}, line {line_of(text, name)}: {name} {fault}.{example}") from fault
    except WrongQuestionError as fault:
        raise SettingsError(f"{path}, line {line_of(text, name, fault.name)}: {fault}") from fault


def lines_of_settings(path: Path) -> dict[str, int]:
    """The line of each setting that the file holds."""
    text = _text(path)
    return {name: line_of(text, name) for name in _parsed(path, text)}


def line_of(text: str, *names: str) -> int:
    """The line on which a name, or a name in a table, begins: the one after all that is whole without it."""
    lines = text.split("\n")
    begins = 1
    for count in range(1, len(lines) + 1):
        try:
            if _holds(tomllib.loads("\n".join(lines[:count])), names):
                break
        except tomllib.TOMLDecodeError:
            continue  # in the middle of something that has several lines
        begins = count + 1
    return begins


def _holds(table: object, names: tuple[str, ...]) -> bool:
    """Whether a table holds a name, or a table of that name a name."""
    for name in names:
        if not isinstance(table, dict) or name not in table:
            return False
        table = table[name]
    return True


def system_time_zone() -> str:
    """The time zone of this computer."""
    import tzlocal  # noqa: PLC0415 - needed only where the settings name none, and check-in starts without it

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig") if path.exists() else ""
    except UnicodeDecodeError as fault:
        raise SettingsError(f"{path} cannot be read: it is not text in UTF-8. Save it as UTF-8.") from fault


def _parsed(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise SettingsError(f"{path} cannot be read: {fault}. Text stands in quotation marks.") from fault


def _hint(name: str) -> str:
    nearest = difflib.get_close_matches(name, ABOUT, 1)
    return f" Did you mean {nearest[0]}?" if nearest else f" It may hold: {', '.join(ABOUT)}."


# --- The settings told: what holds and where it came from, and a file to begin with.

EXAMPLE_HEAD = "# Settings of a home. Every line may be left out; take away the # of those that you want.\n"
EXAMPLE_ITEM = """
# A question of your own, asked with every check-in:
# [items.coffee]
# question = "How many cups of coffee?"
# kind = "choice"   # or "scale", 0 to 10, or "yes-no"
# choices = ["none", "one or two", "more"]
"""


def settings_as_text(settings: Settings, file: Path) -> str:
    """A line a setting: its name, what holds, and where that came from."""
    lines = lines_of_settings(file)
    sources = dict.fromkeys(ABOUT, "default") | {"time_zone": "this computer", "country": "your time zone"}
    sources |= {name: f"{file.name}, line {line}" for name, line in lines.items()}
    values = {name: getattr(settings, name) for name in ABOUT} | {"country": settings.country_shown}
    rows = [(name, _as_text(values[name]), sources[name]) for name in ABOUT]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(f"{name:{widths[0]}}  {value:{widths[1]}}  {source}" for name, value, source in rows)


def example() -> str:
    """A settings file with every setting, commented out, each with its meaning."""
    told = [f"# {name} = {about.example}   # {about.meaning}" for name, about in ABOUT.items() if name != "items"]
    return EXAMPLE_HEAD + "\n".join(told) + "\n" + EXAMPLE_ITEM


def _as_text(value: object) -> str:
    """A value as a person reads it; a dash where there is none."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ", ".join(getattr(each, "name", str(each)) for each in value) or "-"
    return "-" if value is None else str(value)
