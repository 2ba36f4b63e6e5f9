"""Moments in every way of writing."""

# ruff: noqa: RUF001 - words in the letters of their languages

from __future__ import annotations

import datetime as dt

import pytest
from drawn import rows
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.journal.imports.moments import DAY_FIRST, MONTH_FIRST, UNDECIDED, moment_of, order_in

WRITTEN = """
    | written                                | moment                    |
    | 2026-02-08                             | 2026-02-08                |
    | 8.2.2026                               | 2026-02-08                |
    | 08.02.26 18:43                         | 2026-02-08T18:43:00       |
    | 2018 June 22                           | 2018-06-22                |
    | 8th Feb 2026                           | 2026-02-08                |
    | Sunday, February 8th, 2026             | 2026-02-08                |
    | 16 de octubre de 2021                  | 2021-10-16                |
    | dimanche 1er mars 2026                 | 2026-03-01                |
    | Di., 3. März 2026, 21:05               | 2026-03-03T21:05:00       |
    | martes, 3 mar. 2026 8:15 p. m.         | 2026-03-03T20:15:00       |
    | zondag 8 februari 2026 om 20:15        | 2026-02-08T20:15:00       |
    | 2026 Sat Feb 7 11:10 AM                | 2026-02-07T11:10:00       |
    | Thursday, 3 Sept 2026, 21h30           | 2026-09-03T21:30:00       |
    | 13/02/2026 6 pm                        | 2026-02-13T18:00:00       |
    | 02/13/2026                             | 2026-02-13                |
    | 05/05/2026                             | 2026-05-05                |
    | 18:43 08.02.2026                       | 2026-02-08T18:43:00       |
    | 2026/2/8 24:00                         | 2026-02-09T00:00:00       |
    | 20260208T184305Z                       | 2026-02-08T18:43:05+00:00 |
    | 2026-02-07T07:31:40.751Z               | 2026-02-07T07:31:40+00:00 |
    | 2026-02-08 14:00:00 -0800              | 2026-02-08T14:00:00-08:00 |
    | Nov 14, 2026, 8:10 AM GMT+1            | 2026-11-14T08:10:00+01:00 |
    | Feb 8, 2026 at 9:05 PM UTC-5           | 2026-02-08T21:05:00-05:00 |
    | Sat, 07 Feb 2026 11:10:00 EST          | 2026-02-07T11:10:00-05:00 |
    | 2026-02-07T07:31:40Z[America/New_York] | 2026-02-07T02:31:40-05:00 |
    | 2026-02-08T14:00[Europe/Oslo]          | 2026-02-08T14:00:00+01:00 |
    | 10 paź 2026, 17:00:00                  | 2026-10-10T17:00:00       |
    | fredag den 8. maj 2026 kl. 21.30       | 2026-05-08T21:30:00       |
    | 10 мая 2026 г., 17:00                  | 2026-05-10T17:00:00       |
    | 2026. május 8. 21:30                   | 2026-05-08T21:30:00       |
    | 10 Kasım 2026 21:30                    | 2026-11-10T21:30:00       |
    | 2026年11月10日(火) 午後9:30            | 2026-11-10T21:30:00       |
    | 2026年11月10日 上午12:05:30            | 2026-11-10T00:05:30       |
    | 2026년 11월 10일 화요일 오후 9:30      | 2026-11-10T21:30:00       |
    | 1796000000                             | 2026-11-30T00:53:20+00:00 |
    | 1796000000000                          | 2026-11-30T00:53:20+00:00 |
"""


@pytest.mark.parametrize("case", rows(WRITTEN), ids=lambda case: case["written"])
def test_ways_of_writing(case: dict[str, str]) -> None:
    """One reader knows figures, words of many languages, both clocks, offsets in any form, and seconds since 1970."""
    at, with_clock = moment_of(case["written"])
    assert (at.isoformat() if with_clock else at.date().isoformat()) == case["moment"]


@pytest.mark.parametrize("blank", ["\u202f", "\u00a0", " ", ""])
@pytest.mark.parametrize("half", ["am", "AM", "a.m.", "a. m."])
def test_a_phone_with_a_clock_of_twelve_hours(blank: str, half: str) -> None:
    """Whatever blank stands before am or pm, and however these are written, the offset after them is read."""
    assert moment_of(f"2026-11-14 8:10:19{blank}{half} +0100").at.isoformat() == "2026-11-14T08:10:19+01:00"


@pytest.mark.parametrize(
    "text", ["", "12:30", "2026-2-30", "2026-02-08 25:00", "2026-02-08 18:43 5", "8 Quux 2026", "Feb Apr 8 2026", "8/2"]
)
def test_no_moment(text: str) -> None:
    """What is no moment is refused and never half read."""
    with pytest.raises(ValueError, match="is not a"):
        moment_of(text)


ORDERS = """
    | dates                 | order       |
    | 13/02/2026 08/02/2026 | day first   |
    | 02/13/2026 08/02/2026 | month first |
    | 08/02/2026 07/02/2026 | ?           |
    | 13/02/2026 02/13/2026 | ?           |
    | 05/05/2026 04/04/2026 |             |
    | 2026-02-08 8.2.2026   |             |
"""


@pytest.mark.parametrize("case", rows(ORDERS), ids=lambda case: case["dates"])
def test_which_of_day_and_month_comes_first(case: dict[str, str]) -> None:
    """A date that can be meant in one way alone decides for its file; without one, the person does."""
    assert order_in(case["dates"].split()) == case["order"]
    assert {DAY_FIRST, MONTH_FIRST, UNDECIDED, ""} == {row["order"] for row in rows(ORDERS)}


FORMATS = ("%Y-%m-%dT%H:%M", "%d.%m.%Y %H:%M", "%B %d, %Y %I:%M %p", "%d %b %Y %H:%M", "%Y/%m/%d %I:%M%p")


@settings(max_examples=300)
@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2099, 12, 31)), st.sampled_from(FORMATS))  # noqa: DTZ001
def test_what_is_written_is_read(moment: dt.datetime, form: str) -> None:
    """Any minute of a century, in any of these forms, comes back as it was."""
    assert moment_of(moment.strftime(form)).at == moment.replace(second=0, microsecond=0)
