"""Every home of these tests in German, with nothing in it that a person or a file wrote in English."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import polars as pl
from summary.homes import HOMES

from runmood.summary import spoken, summarise

if TYPE_CHECKING:
    from runmood.summary import Diary, Summary

GOLDEN = (
    "nothing at all",
    "one run",
    "one mile",
    "one pair",
    "one missed",
    "only a plan",
    "quiet weeks",
    "back after months",
    "a year of illness",
    "all of ten years",
    "everything said",
)


def in_german(home: str) -> Diary:
    """A home whose person reads German, told without findings and without a last run."""
    told = HOMES[home]()
    own = pl.lit("Ein Wort")
    return replace(
        told,
        say=spoken("de", told.units),
        findings=told.findings.clear(),
        findings_before=told.findings_before.clear(),
        goals=told.goals.with_columns(words=own, review=pl.when(pl.col("review").is_not_null()).then(own)),
        notices=told.notices.with_columns(sentence=own),
        truths=("Ein Wort",) if told.truths else (),
        last_run=None,
    )


@cache
def told(home: str) -> Summary:
    """Its summary, made once."""
    return summarise(in_german(home))
