"""How everything looks that a person sees: the colours, light and dark, as CSS variables on `:root`.

colours() -> str     the summary stands on them, and so does the local page
"""

from __future__ import annotations

from importlib.resources import files


def colours() -> str:
    """The colours as a stylesheet."""
    return files(__package__).joinpath("colours.css").read_text(encoding="utf-8")
