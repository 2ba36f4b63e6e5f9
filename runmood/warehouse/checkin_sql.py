"""The parts of statements that follow from the check-in items, so that no statement names one item after the other."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from runmood.core.checkin_items import DAILY, LEAST, MOST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from runmood.core.checkin_items import CheckInItem, DailyColumn


PICKS = {"first": "arg_min({item}, turn)", "last": "arg_max({item}, turn)", "highest": "max({item})"}


@cache
def checkin_marks() -> Mapping[str, str]:
    """Compose the SQL that follows from the check-in items.

    `{daily_scores}` is an aggregate for each daily column over check-ins numbered by `turn`; `{score_columns}` are the
    names of those columns; `{score_signals}` is a row of signal, unit and source for each.

    Returns:
        The marks that stand in statements, each with the SQL that takes its place, a comma before it.
    """
    columns = [column.name for _, column in DAILY]
    return {
        "{daily_scores}": "".join(f", {_aggregate(item, column)}" for item, column in DAILY),
        "{score_columns}": "".join(f", {name}" for name in columns),
        "{score_signals}": "".join(f", ('{name}', '{LEAST} to {MOST}', 'check-ins')" for name in columns),
    }


def _aggregate(item: CheckInItem, column: DailyColumn) -> str:
    picked = PICKS[column.pick].format(item=item.name)
    asked_at = f" filter (where kind = '{column.kind}')" if column.kind else ""
    return f"{picked}{asked_at} as {column.name}"
