"""The rating items of a check-in, each declared once: the journal, tables, SQL, options, forms and docs follow.

A new item is one `CheckInItem` in `ITEMS` and its words in every language (`asks.NAME`, `scale.NAME.0`, `.5`, `.10` and
`field.NAME` in `runmood/locale/LANGUAGE/checkin.toml`). All items are rated from 0 to 10; none is preset.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from runmood.core.enums import CheckInKind

LEAST, MOST = 0, 10  # of every item
WORDED = (0, 5, 10)  # the steps of a scale that have words


@dataclass(frozen=True, slots=True)
class DailyColumn:
    """A column of `days` made from the day's ratings of one item.

    Attributes:
        name: the column.
        meaning: what it says, for `docs/columns.md`.
        kind: the kind of check-in whose ratings count; None for every kind.
        pick: which of several ratings of a day counts.
    """

    name: str
    meaning: str
    kind: CheckInKind | None = None
    pick: Literal["first", "last", "highest"] = "last"


@dataclass(frozen=True, slots=True)
class CheckInItem:
    """A question answered with a number from 0 to 10.

    Attributes:
        name: the item in the journal, in `check_ins` and as an option.
        meaning: what 0 and 10 stand for, for `docs/columns.md`.
        best: the end of the scale that feels best.
        kind: the kind of check-in that asks for it; None for every kind.
        required: whether a check-in by a person has to answer it.
        first: whether it is asked at once rather than only after "more".
        daily: the columns of `days` that are made from it.
        panel: whether its weekly mean has a panel of its own on the page.
    """

    name: str
    meaning: str
    best: Literal["high", "low"]
    kind: CheckInKind | None = None
    required: bool = False
    first: bool = False
    daily: tuple[DailyColumn, ...] = ()
    panel: bool = False


ITEMS = (
    CheckInItem(
        "mood",
        "0 very bad, 5 neither, 10 very good.",
        best="high",
        required=True,
        first=True,
        daily=(
            DailyColumn("mood_morning", "Mood in the morning; the last one said.", CheckInKind.MORNING),
            DailyColumn("mood_before_run", "Mood before the day's first run.", CheckInKind.BEFORE_RUN, "first"),
            DailyColumn("mood_after_run", "Mood after the day's last run.", CheckInKind.AFTER_RUN),
            DailyColumn(
                "mood_evening",
                "Mood in the evening; the last one said. This is the day's mood in every finding.",
                CheckInKind.EVENING,
            ),
        ),
    ),
    CheckInItem(
        "energy",
        "0 none, 10 full.",
        best="high",
        required=True,
        first=True,
        daily=(
            DailyColumn("energy_morning", "Energy in the morning.", CheckInKind.MORNING),
            DailyColumn("energy_evening", "Energy in the evening.", CheckInKind.EVENING),
        ),
    ),
    CheckInItem(
        "stress",
        "0 not at all, 10 as much as can be.",
        best="low",
        kind=CheckInKind.EVENING,
        daily=(DailyColumn("stress", "Stress, as said in the evening.", CheckInKind.EVENING),),
    ),
    CheckInItem(
        "tiredness",
        "Of the body; 0 not at all, 10 as much as can be.",
        best="low",
        kind=CheckInKind.EVENING,
        daily=(DailyColumn("tiredness", "Tiredness of the body, as last said that day."),),
    ),
    CheckInItem(
        "soreness",
        "0 not at all, 10 as much as can be.",
        best="low",
        kind=CheckInKind.EVENING,
        daily=(DailyColumn("soreness", "Soreness, as last said that day."),),
    ),
    CheckInItem(
        "sleep",
        "How well they slept last night; 0 very badly, 10 very well.",
        best="high",
        kind=CheckInKind.MORNING,
        daily=(DailyColumn("sleep", "How well they slept before this day."),),
    ),
    CheckInItem(
        "effort",
        "How hard the run was; 0 no effort, 10 as hard as they can go.",
        best="low",
        kind=CheckInKind.AFTER_RUN,
        first=True,  # a load is made from it; the day's effort comes from its runs
    ),
    CheckInItem(
        "pain",
        "How much it hurt; 0 not at all, 10 as much as can be.",
        best="low",
        kind=CheckInKind.AFTER_RUN,
        daily=(DailyColumn("pain", "The most pain said that day.", pick="highest"),),
    ),
)

_MOMENTS = (None, *CheckInKind)
NAMES = tuple(item.name for item in ITEMS)
REQUIRED = tuple(item.name for item in ITEMS if item.required)
BY_MOMENT = tuple(sorted(ITEMS, key=lambda item: _MOMENTS.index(item.kind)))
"""The items in the order in which a day asks for them."""
FIRST = tuple(item for item in BY_MOMENT if item.first)
LATER = tuple(item for item in BY_MOMENT if not item.first)
DAILY = tuple((item, column) for item in BY_MOMENT for column in item.daily)
"""The columns of `days` that are made from check-ins, in their order, each with its item."""
