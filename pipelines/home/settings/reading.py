"""`settings.toml` read: every line typed, and a wrong one named with its line and the nearest right name."""

from __future__ import annotations

import difflib
import tomllib
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfoNotFoundError

from pipelines.home.settings.known import ABOUT, Settings, SettingsError
from pipelines.home.settings.readers import WrongQuestionError, WrongValueError

if TYPE_CHECKING:
    from pathlib import Path


def read_settings(path: Path) -> Settings:
    """The settings in a file; without the file, or a line for it, what is left out is as it is by default."""
    text = _text(path)
    values = {name: _read(path, text, name, value) for name, value in _parsed(path, text).items()}
    if "time_zone" not in values:
        values["time_zone"] = computers_zone()
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


def computers_zone() -> str:
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
