"""Every question with its latest answer, in two lines each."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.answers.missed import told_together
from runmood.summary.answers.told import label, told
from runmood.summary.remarked import in_words, remarked
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

    from runmood.summary.answers.told import Told
    from runmood.terms.questions import Question
    from runmood.terms.speech import Speech

INDENT = " " * 4
EVENINGS = ("B1", "B2")
PARTS = ("C3",)  # told within B1


def findings_as_text(
    say: Speech, findings: pl.DataFrame, remarks: pl.DataFrame, as_of: dt.date, width: int = 80
) -> str:
    """A question a paragraph: its code and what it asks, how it stands and since when, what the person says of it."""
    latest = {finding.question: finding for finding in told(findings) if finding.night <= as_of}
    if not latest:
        return say("listing.nothing")
    said = remarked(remarks)
    lines = []
    for question in QUESTIONS:
        if finding := latest.get(question.code):
            lines += two_lines(say, question, finding, as_of, width)
            lines += _indented(" ".join(in_words(say, said.get(question.code), as_of)), width)
    further = [*_wrapped(say("listing.further"), width), *_wrapped(say("listing.hint"), width)]
    return "\n".join((*lines, "", *further))


def told_as_one(findings: pl.DataFrame, code: str) -> tuple[str, ...]:
    """The codes that stand in the same answer as one of them; none for a question that has no answer of its own."""
    latest = {finding.question: finding for finding in told(findings)}
    if code in EVENINGS and told_together(*map(latest.get, EVENINGS)):
        return EVENINGS
    return () if code in PARTS else (code,)


def two_lines(say: Speech, question: Question, finding: Told, as_of: dt.date, width: int) -> list[str]:
    """What a question asks, and below how it stands."""
    asks, stands = say(f"asks.{question.code}"), _stands(say, question, finding, as_of)
    return [*_wrapped(f"{question.code}  {asks}", width), *_indented(stands, width)]


def _wrapped(words: str, width: int, first: str = "") -> list[str]:
    return textwrap.wrap(words, width, initial_indent=first, subsequent_indent=INDENT, break_on_hyphens=False)


def _indented(words: str, width: int) -> list[str]:
    return _wrapped(words, width, INDENT)


def _stands(say: Speech, question: Question, finding: Told, as_of: dt.date) -> str:
    """How an answer stands: seen since 3 June, good evidence, still growing."""
    if question.kind == "context" and finding.state == "not seen so far":
        return say("listing.context")
    if not finding.seen:
        return label(say, finding.state)
    told = [
        say("listing.seen_since", since=say.date_near(finding.since, as_of)) if finding.since else say("listing.seen")
    ]
    if finding.strength:
        told.append(say.choice("strength", finding.strength))
    if finding.growing is not None:
        told.append(say("listing.growing" if finding.growing else "listing.not_growing"))
    return ", ".join(told)
