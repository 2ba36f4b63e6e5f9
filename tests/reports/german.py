"""Every home of these tests in German, with nothing in it that a person or a file wrote in English."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import polars as pl
from reports.homes import HOMES
from reports.periods import last_run

from runmood.core.i18n import translator
from runmood.reports.summary import build_summary

if TYPE_CHECKING:
    from runmood.reports.context import ReportData
    from runmood.reports.models import Summary


# No such word is left where German is spoken; and what no page says in German.
ENGLISH = (
    "the", "and", "of", "with", "your", "you", "were", "is", "are", "for", "from", "day", "days", "week", "weeks",
    "month", "months", "year", "run", "runs", "ran", "evening", "evenings", "mood", "rest", "before", "after", "page",
    "known", "planned", "missed", "distance", "load", "higher", "lower", "average", "rated", "reason", "file", "files",
    "noted", "not", "other", "than", "most", "notes", "seen",
)  # fmt: skip
VERBOTEN = (
    r"ursachen?", r"verursach\w*", "weil", "sucht", r"süchtig\w*", r"abhängig\w*", r"übertrain\w*", r"risik\w*",
    r"gefahr\w*", r"gefährlich\w*", r"serien?", r"depress\w*", r"versag\w*", r"faul\w*", r"geschwänzt", "leider",
    r"patient\w*", r"symptome?",
)  # fmt: skip


def in_german(home: str) -> ReportData:
    """A home whose person reads German, in their own words."""
    told = HOMES[home]()
    say = translator("de", told.units)
    own = pl.lit("Ein Wort")
    return replace(
        told,
        say=say,
        goals=told.goals.with_columns(words=own, review=pl.when(pl.col("review").is_not_null()).then(own)),
        notices=told.notices.with_columns(sentence=own),
        truths=("Ein Wort",) if told.truths else (),
        last_run=told.last_run and last_run(replace(told, say=say)),
    )


@cache
def told(home: str) -> Summary:
    """Its summary, made once."""
    return build_summary(in_german(home))
