"""The findings as a page may hold them: what was asked, what was seen, how sure, and what else explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.answers.told import on_screen, told
from runmood.summary.share.parts import Item
from runmood.summary.share.words.findings.explained import others
from runmood.summary.share.words.findings.seen import SEEN, Saying
from runmood.summary.words.phrases import capital, date_near, points
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.share.chosen import Choice, Material

CONTEXT = ("A6", "A7", "B8")  # figures to look at; they claim nothing
TOO_EARLY = "It was too early to say: not enough had been noted."
ALIKE = "The notes could not tell these apart, as the days were planned or rated."
TRAINING = "A race, or a plan with distances, lay in these weeks, and training explains as much."
NOT_SEEN = "The notes did not show it."
COUNTED = "A count from the notes, not a test."
BY_KIND = {question.code: question.kind for question in QUESTIONS}
ASKS = {question.code: question.asks for question in QUESTIONS}


def findings(material: Material, choice: Choice) -> dict[str, Item]:
    """Each question's latest answer by code, those seen first; what waits for its turn is not there."""
    latest = {finding.question: finding for finding in on_screen(told(material.findings), choice.last)}
    for finding in told(material.findings):  # much longer runs stand on nights of their own
        if finding.question == "A1" and finding.seen and finding.night <= choice.last:
            latest["A1"] = finding
    ordered = sorted(latest.values(), key=lambda finding: (not finding.seen, finding.question))
    return {finding.question: _item(finding, material, choice) for finding in ordered}


def _item(finding: Told, material: Material, choice: Choice) -> Item:
    told_in_full = finding.seen or finding.question in CONTEXT
    words = _seen(Saying(finding, material, choice)) if told_in_full else _open(finding)
    return Item(ASKS[finding.question], words)


def _seen(saying: Saying) -> str:
    finding = saying.finding
    if finding.facts.get("lacking"):
        return TOO_EARLY
    sentences = (SEEN[finding.question](saying), _sure(saying), others(saying))
    return " ".join(sentence for sentence in sentences if sentence)


def _sure(saying: Saying) -> str:
    """The strength of the evidence and since when; a rule is a count, and says so."""
    finding = saying.finding
    if BY_KIND[finding.question] != "tested":
        return COUNTED
    since = f", first seen on {date_near(finding.since, saying.choice.last)}" if finding.since else ""
    fading = " The newest notes added nothing to it." if finding.growing is False else ""
    return f"{capital(finding.strength or 'some evidence')}{since}.{fading}"


def _open(finding: Told) -> str:
    """A complete answer without a yes."""
    if finding.state == "not enough evidence yet":
        return TOO_EARLY
    if finding.state == "cannot be told apart":
        return TRAINING if finding.question == "B6" else ALIKE
    detectable = finding.facts.get("detectable")
    if detectable is None:
        return NOT_SEEN
    return f"{NOT_SEEN} A difference of {points(float(detectable))} or more would probably have shown."
