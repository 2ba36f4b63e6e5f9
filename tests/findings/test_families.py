"""e-BH and the pace at which findings come on screen."""

from __future__ import annotations

import datetime as dt
import itertools
import json

import numpy as np
import polars as pl
import pytest
from drawn import rows

from runmood.findings import QUESTIONS
from runmood.findings.multiplicity import FAMILY, SPELLS, e_bh, rate_limit
from runmood.schema.tables import FINDINGS

NOTHING_EARLIER = SPELLS.to_frame()
SPECIFICATIONS = [question.spec for question in QUESTIONS]


def test_e_bh_is_its_definition() -> None:
    """The largest k of which each of the k strongest has at least places / (0.1 k) is seen, for every combination."""
    sizes = (0.5, 12.0, 18.0, 26.0, 52.0)
    for e_values in itertools.product(sizes, repeat=3):
        falling = sorted(e_values, reverse=True)
        count = max([k for k in (1, 2, 3) if falling[k - 1] >= 5 / (0.1 * k)], default=0)
        expected = [count > 0 and e_value >= falling[count - 1] for e_value in e_values]
        assert e_bh(np.log([e_values]), 5 / 0.1)[0].tolist() == expected


def test_e_bh_counts_empty_places() -> None:
    """One thing alone still needs all of it: the places are counted, not the things; without things nothing is seen."""
    assert e_bh(np.log([[49.9]]), 50).tolist() == [[False]]
    assert e_bh(np.log([[50.1]]), 50).tolist() == [[True]]
    assert e_bh(np.empty((2, 0)), 50).shape == (2, 0)


def test_the_family_spends_eight_in_a_hundred() -> None:
    """In 8 % of people a year any tested question may be wrong, and each that is tested has its share."""
    assert sum(each.wrong for each in FAMILY.values()) == pytest.approx(0.08)
    assert set(FAMILY) == {each.code for each in SPECIFICATIONS if each.kind == "tested"} - {"C3"}


def findings(table: str) -> pl.DataFrame:
    """Rows of FINDINGS of one night each, seen since that day of January."""
    drawn = rows(table)
    days = [dt.date(2025, 1, int(row["since"])) for row in drawn]
    return FINDINGS.frame(
        [
            {"question": row["question"], "night": day, "since": day, "state": "seen", "facts": '{"days":1}'}
            for row, day in zip(drawn, days, strict=True)
        ]
    )


def test_two_new_findings_a_week() -> None:
    """At most two new findings a week come on screen, first come first; safety comes at once and takes no place."""
    table = """
    | question | since | shown |
    | C2       | 1     | 1     |
    | B3       | 1     | 1     |
    | S1       | 1     |       |
    | B7       | 2     | 8     |
    | A1       | 3     | 8     |
    | B1       | 9     | 15    |
    | C1       | 20    | 20    |
    """
    told = [json.loads(facts) for facts in rate_limit(findings(table), NOTHING_EARLIER, SPECIFICATIONS)["facts"]]
    shown = [fact.get("shown_from", "").removeprefix("2025-01-").lstrip("0") for fact in told]
    assert shown == [row["shown"] for row in rows(table)]
    assert {fact["days"] for fact in told} == {1}


def test_what_was_seen_earlier_takes_its_places() -> None:
    """What was seen on nights answered before counts among the two of a week."""
    earlier = findings("| question | since |\n| B3 | 1 |\n| B7 | 2 |").select("since", "question")
    told = json.loads(rate_limit(findings("| question | since |\n| B1 | 3 |"), earlier, SPECIFICATIONS)["facts"][0])
    assert told["shown_from"] == "2025-01-08"


def test_nothing_seen_nothing_paced() -> None:
    """Without anything seen the rows stay as they are."""
    quiet = findings("| question | since |\n| B1 | 1 |").with_columns(since=None, state=pl.lit("not_seen"))
    quiet = FINDINGS.check(quiet.cast(FINDINGS.schema))
    assert rate_limit(quiet, NOTHING_EARLIER, SPECIFICATIONS).equals(quiet)
