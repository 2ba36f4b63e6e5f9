"""The settings told: what holds and where it came from, and a file to begin with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipelines.home.settings.known import ABOUT
from pipelines.home.settings.reading import lines_of_settings

if TYPE_CHECKING:
    from pathlib import Path

    from pipelines.home.settings.known import Settings

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
