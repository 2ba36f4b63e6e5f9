"""The colours of the report and the local page, light and dark, as CSS variables on `:root`."""

from __future__ import annotations

from importlib.resources import files


def colours() -> str:
    """Return the colours as a stylesheet."""
    return files(__package__).joinpath("colours.css").read_text(encoding="utf-8")
