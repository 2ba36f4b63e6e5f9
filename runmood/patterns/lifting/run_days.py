"""C3: run days were better days than missed ones, which were about like rest days: read from B1 and B2."""

from __future__ import annotations

import polars as pl

from runmood.terms.columns import FINDINGS
from runmood.terms.questions import MISSED_AND_MOOD, MISSED_IS_NOT_REST, RUN_DAYS

SEEN = pl.col("state") == "seen"
DIP = pl.col("dip")
KEPT = ("strength", "growing")


def run_days(answers: pl.DataFrame) -> pl.DataFrame:
    """C3 for every night of the answers to B1 and B2: seen while B1 is and B2 is not, which tells a lift from a dip."""
    dips = answers.filter(question=MISSED_IS_NOT_REST.code).select("night", dip=SEEN)
    asked = answers.filter(question=MISSED_AND_MOOD.code).join(dips, on="night", how="left").sort("night")
    dip = DIP.fill_null(value=False)
    state = pl.when(SEEN & dip).then(pl.lit("cannot be told apart")).otherwise("state")
    gone = pl.when(SEEN & dip).then(None)
    return asked.with_columns(
        question=pl.lit(RUN_DAYS.code),
        state=state,
        since=gone.otherwise("since"),
        **{name: gone.otherwise(name) for name in KEPT},
    ).select(FINDINGS.schema.names())
