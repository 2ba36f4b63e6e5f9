"""Change one setting of `settings.toml` and leave everything else in it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import tomlkit
from tomlkit.exceptions import TOMLKitError

from runmood.core.private_files import write_private
from runmood.home.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    Value = str | int | list[str] | list[int]


def change(file: Path, name: str, value: Value) -> None:
    """Write a setting of a text or a number or of several; an empty text or list takes its line away.

    Raises:
        SettingsError: if the file cannot be read, or the setting may not have this value; nothing is written then.
    """
    try:
        before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
        after = changed(before, name, value)
    except (TOMLKitError, UnicodeDecodeError) as fault:
        read_settings(file)  # says what is wrong, and in which line
        raise SettingsError(f"{file} cannot be changed from here: {fault}. Change it in an editor.") from fault
    draft = file.with_suffix(".new")
    write_private(draft, after)
    try:
        read_settings(draft)
    except BaseException:
        draft.unlink()
        raise
    draft.replace(file)


def changed(before: str, name: str, value: Value) -> str:
    """Return the text of a settings file with that setting, its comment kept, or without it where `value` is empty."""
    document = tomlkit.parse(before)
    if value not in ("", []):
        document[name] = value
    else:
        document.pop(name, None)
    return tomlkit.dumps(document)
