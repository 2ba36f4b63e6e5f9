"""Change one setting of `settings.toml` and leave everything else in it as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import tomlkit
from tomlkit.exceptions import TOMLKitError

from runmood.core.files import write_private
from runmood.core.i18n import message
from runmood.home.settings import SettingsError, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from tomlkit.items import Table

    Value = str | int | list[str] | list[int]

TABLE = "custom_questions"


def change(file: Path, name: str, value: Value) -> None:
    """Write a setting of a text or a number or of several; an empty text or list takes its line away.

    Raises:
        SettingsError: if the file cannot be read, or the setting may not have this value; nothing is written then.
    """
    _rewrite(file, lambda before: changed(before, name, value))


def change_question(file: Path, name: str, question: Mapping[str, str | list[str]] | None) -> None:
    """Write a question of the person's own, instead of one of that name; null takes it away. Answers to it stay.

    Raises:
        SettingsError: if the file cannot be read, or this cannot be asked; nothing is written then.
    """
    _rewrite(file, lambda before: _with_question(before, name, question))


def _rewrite(file: Path, rewrite: Callable[[str], str]) -> None:
    try:
        before = file.read_text(encoding="utf-8-sig") if file.exists() else ""
        after = rewrite(before)
    except (TOMLKitError, UnicodeDecodeError) as fault:
        read_settings(file)  # says what is wrong, and in which line
        raise SettingsError(message("home.settings.not_changed", file=file)) from fault
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


def _with_question(before: str, name: str, question: Mapping[str, str | list[str]] | None) -> str:
    document = tomlkit.parse(before)
    if TABLE not in document:
        document[TABLE] = tomlkit.table(is_super_table=True)
    questions = cast("Table", document[TABLE])
    questions.pop(name, None)
    if question is not None:
        questions[name] = dict(question)
    if not questions:
        document.pop(TABLE)
    return tomlkit.dumps(document)
