"""While somebody is ill or injured, plans and goals wait, and nothing counts what is missing."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from runmood.core.enums import DayKind
from runmood.reports.care import ill_or_injured_since
from runmood.schema.tables import DAYS

FIRST = dt.date(2026, 10, 1)
KINDS = {
    "i": (DayKind.ILL_OR_INJURED, 0, 1),
    "r": (DayKind.UNPLANNED_RUN, 1, 1),
    "c": (DayKind.NO_RUN, 0, 1),
    ".": (DayKind.UNKNOWN, None, 0),
}


def days(letters: str) -> pl.DataFrame:
    """Days by letters: ill or injured, a run, a check-in that says neither, nothing known."""
    rows = [
        {"local_date": FIRST + dt.timedelta(days=number), "day_kind": KINDS[letter][0].value,
         "runs": KINDS[letter][1], "check_ins": KINDS[letter][2]}
        for number, letter in enumerate(letters)
    ]  # fmt: skip
    schema = {name: DAYS.empty().schema[name] for name in ("local_date", "day_kind", "runs", "check_ins")}
    return pl.DataFrame(rows, schema=schema)


@pytest.mark.parametrize(
    ("letters", "first"),
    [
        ("rrcciii", 4),  # begun by the person's word
        ("rri.i..i..", 2),  # days without a word lie within
        ("rriiicc", 2),  # two evenings without the tag are no end yet
        ("rriiiccc", None),  # three are
        ("rriiir", None),  # and so is a run
        ("iiirii", 4),  # a run between parts two injuries
        ("ri...........", None),  # after ten days without a word nothing is assumed
        ("rrcc", None),
        ("", None),
    ],
)
def test_the_person_begins_and_ends_it(letters: str, first: int | None) -> None:
    """A tag or reason begins it; a run, three evenings without it or ten quiet days end it."""
    since = ill_or_injured_since(days(letters), FIRST + dt.timedelta(days=len(letters) - 1))
    assert since == (None if first is None else FIRST + dt.timedelta(days=first))
