"""The charts of a summary in characters."""

from runmood.summary.pictures.characters.blocks import BLOCKS, EIGHTHS
from runmood.summary.pictures.characters.calendars import calendar_lines, tiles_lines
from runmood.summary.pictures.characters.counts import bar_lines, dot_lines, slope_lines
from runmood.summary.pictures.characters.weeks import long_view_lines

__all__ = [
    "BLOCKS",
    "EIGHTHS",
    "bar_lines",
    "calendar_lines",
    "dot_lines",
    "long_view_lines",
    "slope_lines",
    "tiles_lines",
]
