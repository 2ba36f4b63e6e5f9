"""`settings.toml`: which settings there are, how each is read, and where a value comes from."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError

from runmood.core.catalogue import languages
from runmood.core.errors import UserError, no_toml
from runmood.core.files import open_kept
from runmood.core.i18n import METRES, message
from runmood.home.setting_values import (
    WrongQuestionError,
    WrongSettingError,
    between,
    country_code,
    heart_bounds,
    nonempty_text,
    one_of,
    read_custom_questions,
    server_address,
    some_of,
    tag_list,
    text_list,
    time_of_day,
    time_zone_name,
)
from runmood.home.user_config import config_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from runmood.core.checkins import CustomQuestion
    from runmood.core.i18n import Message, Translator, Units
    from runmood.core.recordings import HeartSettings
    from runmood.home.setting_values import Reader


COHORT_WORDS = ("days", "measures", "findings")  # kinds of day and moods; distance, time and load; the answers
POOLED_EFFECTS = "pooled_effects"  # what people have in common, of which a person may ask to be told
MOST_FAULTS = 20  # lines that are left out of a file to read the others
COMMAND = "on_failure"  # stands in the account's own configuration
ZONE_TABLE = ("tzdata", "zoneinfo", "zone.tab")  # lines of: country, position, zone


def country_of(time_zone: str) -> str | None:
    """Return two letters, such as PT for Europe/Lisbon; None for a zone of no country, such as UTC."""
    from importlib.resources import files  # noqa: PLC0415 - a check-in does not wait for it

    lines = files(ZONE_TABLE[0]).joinpath(*ZONE_TABLE[1:]).read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == time_zone), None)


class SettingsError(UserError):
    """The settings hold something that cannot be used; the sentence says what, in which line, and what was meant."""


@dataclass(frozen=True, slots=True)
class SettingSpec:
    """How a setting is read; what it is for stands in the catalogues, as `home.settings.meaning`.

    Attributes:
        read: returns the value of what TOML holds, or raises what is wrong with it.
        example: a value as it stands in the file.
        former: the name it had before, which is read as well; empty where it had none.
    """

    read: Reader
    example: str
    former: str = ""


def spec(read: Reader, example: str, former: str = "") -> dict[str, SettingSpec]:
    """Return the metadata of a field of Settings."""
    return {"spec": SettingSpec(read, example, former)}


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set; None is unset."""

    time_zone: str = field(default="UTC", metadata=spec(time_zone_name, '"Europe/Lisbon"'))
    name: str | None = field(default=None, metadata=spec(nonempty_text, '"Ana"'))
    units: Units = field(default="metric", metadata=spec(one_of(*METRES), '"imperial"'))
    language: str = field(default="en", metadata=spec(one_of(*languages()), '"en"'))
    country: str | None = field(default=None, metadata=spec(country_code, '"PT"'))
    heart_max_bpm: int | None = field(default=None, metadata=spec(between(100, 240), "186"))
    heart_zones_bpm: tuple[int, ...] | None = field(default=None, metadata=spec(heart_bounds, "[112, 130, 149, 168]"))
    privacy_zone_m: int = field(default=300, metadata=spec(between(0, 5000), "300"))
    nightly_at: dt.time = field(default=dt.time(3, 30), metadata=spec(time_of_day, '"03:30"'))
    prefect_server: str | None = field(default=None, metadata=spec(server_address, '"http://127.0.0.1:4200/api"'))
    distress_phrases: tuple[str, ...] = field(default=(), metadata=spec(text_list, '["cannot go on"]'))
    folders: tuple[str, ...] = field(default=(), metadata=spec(text_list, '["~/Sync/HealthFit"]'))
    tracked_tags: tuple[str, ...] = field(default=(), metadata=spec(tag_list, '["mindful", "social"]', "tags"))
    cohort_gives: tuple[str, ...] = field(
        default=(), metadata=spec(some_of(*COHORT_WORDS), '["days", "measures", "findings"]')
    )
    cohort_receives: tuple[str, ...] = field(default=(), metadata=spec(some_of(POOLED_EFFECTS), '["pooled_effects"]'))
    custom_questions: tuple[CustomQuestion, ...] = field(
        default=(), metadata=spec(read_custom_questions, "[custom_questions.NAME]", "items")
    )

    @property
    def heart(self) -> HeartSettings:
        """The person's highest heart rate and zones."""
        from runmood.core.recordings import HeartSettings  # noqa: PLC0415 - a check-in does not wait for it

        bounds = self.heart_zones_bpm
        return HeartSettings(self.heart_max_bpm, tuple(map(float, bounds)) if bounds else None)

    @property
    def country_shown(self) -> str | None:
        """The country that is set, else that of the time zone; None where that says none."""
        return self.country or country_of(self.time_zone)


SPECS: dict[str, SettingSpec] = {each.name: each.metadata["spec"] for each in fields(Settings)}
FORMER = {spec.former: name for name, spec in SPECS.items() if spec.former}


def read_settings(path: Path) -> Settings:
    """Read the settings in a file.

    Returns:
        The settings; without the file, or a line for it, what is left out has its default.

    Raises:
        SettingsError: if the file cannot be read, holds an unknown name, or a value that cannot be used.
    """
    text = _text(path)
    parsed = _parsed(path, text)
    if twice := next(_twice(path, text, parsed), None):
        raise SettingsError(twice)
    values = {FORMER.get(name, name): _read(path, text, name, value) for name, value in parsed.items()}
    if "time_zone" not in values:
        values["time_zone"] = system_time_zone()
    return Settings(**values)  # type: ignore[arg-type]  # each was read by the reader of its own kind


def read_legible_settings(path: Path) -> tuple[Settings, tuple[SettingsError | OSError, ...]]:
    """Read what can be read of the settings in a file, for whoever only writes something down.

    Returns:
        The settings, where a fault stands with their default, and each fault, to be spoken in their language.
    """
    try:
        return legible_settings(path, _text(path))
    except (SettingsError, OSError) as fault:
        return legible_settings(path, "")[0], (fault,)


def legible_settings(path: Path, text: str) -> tuple[Settings, tuple[SettingsError, ...]]:
    """Return what can be read of the settings in a text, and each fault; see `read_legible_settings`."""
    faults: list[SettingsError] = []
    values: dict[str, object] = {}
    try:
        parsed = _parsed(path, text)
    except SettingsError as fault:
        faults.append(fault)
        text, parsed = _without_faulty_lines(text)
    faults += map(SettingsError, _twice(path, text, parsed))
    for name, value in parsed.items():
        try:
            values[FORMER.get(name, name)] = _read(path, text, name, value)
        except SettingsError as fault:
            faults.append(fault)
    if "time_zone" not in values:
        values["time_zone"] = system_time_zone()
    return Settings(**values), tuple(faults)  # type: ignore[arg-type]  # each was read by the reader of its own kind


def _twice(path: Path, text: str, parsed: Mapping[str, object]) -> Iterator[Message]:
    """Yield each setting that the file holds by its former name and by that of today."""
    for former, name in FORMER.items():
        if former in parsed and name in parsed:
            yield _at(path, line_of(text, former), message("home.settings.both", former=former, name=name))


def _without_faulty_lines(text: str) -> tuple[str, dict[str, object]]:
    """Return a text without the lines at which TOML ends, and what it holds; nothing where that helps too little."""
    for _ in range(MOST_FAULTS):
        try:
            return text, tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as fault:
            lines = text.rstrip().split("\n")
            at = re.search(r"at line (\d+)", str(fault))
            noticed = int(at[1]) if at else len(lines) if "end of document" in str(fault) else 0
            if not 0 < noticed <= len(lines):
                break
            lines[noticed - 1] = ""
            text = "\n".join(lines)
    return "", {}


def _read(path: Path, text: str, written: str, value: object) -> object:
    """Return the value of a setting, as its name is written in the file."""
    name = FORMER.get(written, written)
    if name == COMMAND:
        refused = message("home.settings.command", name=COMMAND, file=config_path())
        raise SettingsError(_at(path, line_of(text, written), refused))
    if name not in SPECS:
        raise SettingsError(_at(path, line_of(text, written), _no_setting(written)))
    try:
        return SPECS[name].read(value)
    except WrongSettingError as fault:
        looks_like = f"{written} = {SPECS[name].example}"
        wrong = message("home.settings.wrong_value", fault=fault.of(written), example=looks_like)
        raise SettingsError(_at(path, line_of(text, written), wrong)) from fault
    except WrongQuestionError as fault:
        raise SettingsError(
            _at(path, line_of(text, written, fault.name), fault.fault.in_table(written).message)
        ) from fault


def lines_of_settings(path: Path) -> dict[str, int]:
    """Return the line of each setting that the file holds, by its name of today."""
    text = _text(path)
    return {FORMER.get(name, name): line_of(text, name) for name in _parsed(path, text)}


def line_of(text: str, *names: str) -> int:
    """Return the line on which a name, or a name in a table, begins: the one after all that is whole without it."""
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
    """Return whether a table holds a name, or a table of that name a name."""
    for name in names:
        if not isinstance(table, dict) or name not in table:
            return False
        table = table[name]
    return True


def system_time_zone() -> str:
    """Return the time zone of this computer, UTC where it has none."""
    import tzlocal  # noqa: PLC0415 - needed only where the settings name none, and check-in starts without it

    try:
        return tzlocal.get_localzone_name() or "UTC"
    except (ZoneInfoNotFoundError, ValueError):
        return "UTC"


def _text(path: Path) -> str:
    try:
        if not path.exists():
            return ""
        with open(path, encoding="utf-8-sig", opener=open_kept) as file:
            return file.read()
    except UnicodeDecodeError as fault:
        raise SettingsError(message("home.settings.not_utf8", file=path)) from fault


def _parsed(path: Path, text: str) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        raise SettingsError(no_toml(path, fault)) from fault


def _at(path: Path, line: int, fault: str | Message) -> Message:
    """Return a fault with the file and the line."""
    return message("home.settings.at", file=path, line=str(line), fault=fault)


def _no_setting(name: str) -> Message:
    """Return that there is no setting of a name, with the nearest one, or all."""
    from difflib import get_close_matches  # noqa: PLC0415 - a check-in does not wait for it

    if nearest := get_close_matches(name, SPECS, 1):
        return message("home.settings.near", name=name, near=nearest[0])
    return message("home.settings.no_setting", name=name, known=", ".join(SPECS))


def settings_as_text(settings: Settings, file: Path, say: Translator) -> str:
    """Return a line a setting: its name, its value, and where that came from."""
    lines = lines_of_settings(file)
    sources = dict.fromkeys(SPECS, say("home.settings.source.default"))
    sources |= {name: say(f"home.settings.source.{name}") for name in ("time_zone", "country")}
    sources |= {name: say("home.settings.source.line", file=file.name, line=str(line)) for name, line in lines.items()}
    values = {name: getattr(settings, name) for name in SPECS} | {"country": settings.country_shown}
    rows = [(name, _as_text(values[name]), sources[name]) for name in SPECS]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    return "\n".join(f"{name:{widths[0]}}  {value:{widths[1]}}  {source}" for name, value, source in rows)


def example(say: Translator) -> str:
    """Return a settings file with every setting, commented out, each with its meaning."""
    lines = [
        f"# {name} = {spec.example}   # {say(f'home.settings.meaning.{name}')}"
        for name, spec in SPECS.items()
        if name != "custom_questions"
    ]
    return "\n".join([say("home.settings.example.head"), *lines, "", say("home.settings.example.question"), ""])


def _as_text(value: object) -> str:
    """Return a value as a person reads it; a dash where there is none."""
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ", ".join(getattr(each, "name", str(each)) for each in value) or "-"
    return "-" if value is None else str(value)
