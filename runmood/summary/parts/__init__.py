"""What a summary consists of: finished words, and charts as words with places, ready to be laid out.

    charts             each chart with its sentence and its table
    words              what stands around them

Places are in a chart's own units, from its left and top edge; `width` and `height` give its size. The page draws them
as they are; the terminal draws from the same values in characters.
"""

from runmood.summary.parts.charts import (
    Bar,
    Bars,
    Calendar,
    Cell,
    Dots,
    Grid,
    Mark,
    Pile,
    Sign,
    Slope,
    Slopes,
    Tick,
    Tile,
    Tiles,
)
from runmood.summary.parts.weekly import Column, LongView, Panel
from runmood.summary.parts.words import Also, Answer, Fault, Foot, Goal, Invented, News, Passage, Step, Unread

__all__ = [
    "Also",
    "Answer",
    "Bar",
    "Bars",
    "Calendar",
    "Cell",
    "Column",
    "Dots",
    "Fault",
    "Foot",
    "Goal",
    "Grid",
    "Invented",
    "LongView",
    "Mark",
    "News",
    "Panel",
    "Passage",
    "Pile",
    "Sign",
    "Slope",
    "Slopes",
    "Step",
    "Tick",
    "Tile",
    "Tiles",
    "Unread",
]
