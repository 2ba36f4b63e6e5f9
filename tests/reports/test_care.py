"""While somebody is ill or injured, plans and goals wait, and nothing counts what is missing."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest

from runmood.core.enums import Care, CareWord, DayKind
from runmood.journal.days import care_days
from runmood.reports.standing import coming_back_since, ill_or_injured_since
from runmood.schema.tables import DAYS

FIRST = dt.date(2026, 10, 1)
KINDS = {
    "i": (DayKind.ILL_OR_INJURED, 0, 1, None),
    "r": (DayKind.UNPLANNED_RUN, 1, 1, None),
    "c": (DayKind.NO_RUN, 0, 1, None),
    ".": (DayKind.UNKNOWN, None, 0, None),
    "I": (DayKind.ILL_OR_INJURED, None, 0, Care.INJURED),
    "R": (DayKind.UNPLANNED_RUN, 1, 1, Care.INJURED),
    "b": (DayKind.NO_RUN, 0, 1, Care.RETURNING),
    "B": (DayKind.UNPLANNED_RUN, 1, 1, Care.RETURNING),
    "w": (DayKind.NO_RUN, 0, 1, Care.RECOVERED),
}


def days(letters: str) -> pl.DataFrame:
    """Days by letters: ill or injured, a run, a check-in that says neither, nothing known."""
    rows = [
        {"local_date": FIRST + dt.timedelta(days=number), "day_kind": KINDS[letter][0].value,
         "runs": KINDS[letter][1], "check_ins": KINDS[letter][2], "care": KINDS[letter][3]}
        for number, letter in enumerate(letters)
    ]  # fmt: skip
    schema = {name: DAYS.empty().schema[name] for name in ("local_date", "day_kind", "runs", "check_ins", "care")}
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
        ("rrIIIIIIIIIIIIIII", 2),  # told, it lasts without a further word
        ("rrIIIRII", 2),  # and through a run that was tried
        ("riiiw", None),  # better again by word ends it at once
        ("IIIIIIIbb", None),
        ("ri...........", None),  # after ten days without a word nothing is assumed
        ("rrcc", None),
        ("", None),
    ],
)
def test_the_person_begins_and_ends_it(letters: str, first: int | None) -> None:
    """A tag or reason begins it; a run, three evenings without it or ten quiet days end it."""
    since = ill_or_injured_since(days(letters), FIRST + dt.timedelta(days=len(letters) - 1))
    assert since == (None if first is None else FIRST + dt.timedelta(days=first))


def test_the_return_lasts_while_the_days_say_so() -> None:
    """After a week of it or more the days are those of a return."""
    assert coming_back_since(days("IIIIIIIbbBb"), FIRST + dt.timedelta(days=10)) == FIRST + dt.timedelta(days=7)
    assert coming_back_since(days("IIIIIIIbbBbr"), FIRST + dt.timedelta(days=11)) is None


@pytest.mark.parametrize(
    ("words", "until", "states"),
    [
        ({0: "injured"}, 3, ["injured"] * 4),
        ({0: "ill", 2: "better"}, 4, ["ill", "ill", "recovered", "recovered", "recovered"]),
        ({0: "ill", 7: "better"}, 8, ["ill"] * 7 + ["returning"] * 2),
        ({0: "ill", 4: "injured", 8: "better"}, 8, ["ill"] * 4 + ["injured"] * 4 + ["returning"]),
        ({0: "injured", 50: "better"}, 120, ["injured"] * 50 + ["returning"] * 42),
        ({0: "better"}, 1, ["recovered", "recovered"]),
        ({0: "ill better"}, 2, ["ill", "recovered", "recovered"]),
        ({0: "injured better"}, 0, ["injured"]),
        ({0: "ill better ill"}, 1, ["ill", "ill"]),
        ({0: "ill", 2: "better injured"}, 3, ["ill", "ill", "injured", "injured"]),
        ({0: "injured", 7: "injured better"}, 8, ["injured"] * 8 + ["returning"]),
        ({}, 5, []),
    ],
)
def test_a_time_is_begun_and_ended_by_word(words: dict[int, str], until: int, states: list[str]) -> None:
    """From the day named on, until better; a day of both was one of illness; after a week or more six of return."""
    said = {FIRST + dt.timedelta(days=day): tuple(map(CareWord, each.split())) for day, each in words.items()}
    told = care_days(said, FIRST + dt.timedelta(days=until))
    assert list(told.values()) == states
    assert list(told) == [FIRST + dt.timedelta(days=day) for day in range(len(states))]
