"""One line of `settings.toml` changed, all others left as they are; what cannot be read afterwards is not written."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from runmood.home.settings import read_settings

if TYPE_CHECKING:
    from pathlib import Path


def change(file: Path, name: str, value: str) -> None:
    """Write a setting of text; an empty value takes its line away. SettingsError says why it cannot be."""
    before = file.read_text(encoding="utf-8") if file.exists() else ""
    draft = file.with_suffix(".new")
    draft.write_text(changed(before, name, value), encoding="utf-8")
    try:
        read_settings(draft)
    except BaseException:
        draft.unlink()
        raise
    draft.replace(file)


def changed(before: str, name: str, value: str) -> str:
    """The text with that setting, its comment kept, or without it; a new one stands before the first table."""
    quoted = json.dumps(value, ensure_ascii=False)  # what TOML calls a basic string, but for the escaped slash
    line = re.compile(rf'^{name}[ \t]*=[ \t]*("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')', re.MULTILINE)
    if line.search(before):
        return line.sub(lambda _: f"{name} = {quoted}", before) if value else _without(before, line)
    if not value:
        return before
    head, table, rest = before.partition("\n[") if not before.startswith("[") else ("", "[", before[1:])
    return f"{head}{chr(10) if head and not head.endswith(chr(10)) else ''}{name} = {quoted}\n{table}{rest}"


def _without(before: str, line: re.Pattern[str]) -> str:
    return "".join(each for each in before.splitlines(keepends=True) if not line.match(each))
