"""The findings as a page may hold them: what was asked, what was seen, how sure, and what else explains it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.answers.told import on_screen, told
from runmood.summary.remarked import remarked
from runmood.summary.share.parts import Item
from runmood.summary.share.words.findings.explained import others
from runmood.summary.share.words.findings.seen import SEEN, Saying
from runmood.summary.words.phrases import capital
from runmood.terms.questions import QUESTIONS

if TYPE_CHECKING:
    from runmood.summary.answers.told import Told
    from runmood.summary.share.chosen import Choice, Material
    from runmood.terms.speech import Speech

CONTEXT = ("A6", "A7", "B8")  # figures to look at; they claim nothing
BY_KIND = {question.code: question.kind for question in QUESTIONS}


def findings(material: Material, choice: Choice) -> dict[str, Item]:
    """Each question's latest answer by code, those seen first; what waits for its turn is not there."""
    latest = {finding.question: finding for finding in on_screen(told(material.findings), choice.last)}
    for finding in told(material.findings):  # much longer runs stand on nights of their own
        if finding.question == "A1" and finding.seen and finding.night <= choice.last:
            latest["A1"] = finding
    ordered = sorted(latest.values(), key=lambda finding: (not finding.seen, finding.question))
    disputed = [code for code, remark in remarked(material.remarks).items() if remark.word == "not so"]
    return {
        finding.question: _item(Saying(finding, material.say, choice), disputed=finding.question in disputed)
        for finding in ordered
    }


def _item(saying: Saying, *, disputed: bool) -> Item:
    """What the notes show; and that the person sees it otherwise, where they say so."""
    finding, say = saying.finding, saying.say
    words = _seen(saying) if finding.seen or finding.question in CONTEXT else _open(say, finding)
    return Item(say(f"asks.{finding.question}"), f"{words} {say('shared.disputed')}" if disputed else words)


def _seen(saying: Saying) -> str:
    finding, say = saying.finding, saying.say
    if finding.facts.get("lacking"):
        return say("shared.open.too_early")
    return " ".join((SEEN[finding.question](saying), _sure(saying), others(say, finding)))


def _sure(saying: Saying) -> str:
    """The strength of the evidence and since when; a rule is a count, and says so."""
    finding, say = saying.finding, saying.say
    if BY_KIND[finding.question] != "tested":
        return say("shared.sure.counted")
    strength = capital(say.choice("strength", finding.strength or "some evidence"))
    sure = (
        say("sure.strength_since", strength=strength, since=saying.near(finding.since))
        if finding.since
        else say("sure.strength", strength=strength)
    )
    return " ".join((sure, say("shared.sure.no_longer"))) if finding.growing is False else sure


def _open(say: Speech, finding: Told) -> str:
    """A complete answer without a yes."""
    if finding.state == "not enough evidence yet":
        return say("shared.open.too_early")
    if finding.state == "cannot be told apart":
        return say("shared.open.training" if finding.question == "B6" else "shared.open.alike")
    detectable = finding.facts.get("detectable")
    return (
        say("shared.open.not_seen") if detectable is None else say("shared.open.not_seen_of", points=float(detectable))
    )
