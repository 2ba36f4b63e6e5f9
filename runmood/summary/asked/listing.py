"""Every question with its latest answer, in two lines each."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from runmood.summary.answers.told import told
from runmood.summary.words.phrases import date_near
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    import datetime as dt

    import polars as pl

    from runmood.summary.answers.told import Told
    from runmood.terms.questions import Question

INDENT = " " * 4
NOT_ASKED = "Nothing has been asked yet: the first night with a run or a check-in begins."


def findings_as_text(findings: pl.DataFrame, as_of: dt.date, width: int = 80) -> str:
    """A question a paragraph: its code and what it asks, then how it stands and since when."""
    latest = {finding.question: finding for finding in told(findings) if finding.night <= as_of}
    if not latest:
        return NOT_ASKED
    asked = [(question, latest[question.code]) for question in QUESTIONS if question.code in latest]
    paragraphs = [
        [
            *textwrap.wrap(question.asks, width, initial_indent=f"{question.code}  ", subsequent_indent=INDENT),
            *textwrap.wrap(stands(question, finding, as_of), width, initial_indent=INDENT, subsequent_indent=INDENT),
        ]
        for question, finding in asked
    ]
    ask_further = "`runmood findings B1 --why` shows the evidence behind an answer."
    return "\n".join(line for paragraph in paragraphs for line in paragraph) + f"\n\n{ask_further}"


def stands(question: Question, finding: Told, as_of: dt.date) -> str:
    """How an answer stands: seen since 3 June, good evidence, still growing."""
    if question.kind == "context" and finding.state == "not seen so far":
        return "figures to look at, no claim"
    if not finding.seen:
        return finding.state
    told = [f"seen since {date_near(finding.since, as_of)}" if finding.since else "seen", finding.strength or ""]
    if finding.growing is not None:
        told.append("still growing" if finding.growing else "no longer growing")
    return ", ".join(filter(None, told))
