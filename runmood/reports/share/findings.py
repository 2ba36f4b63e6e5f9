"""The findings as a shared page may hold them: what was asked, what was seen, how sure, and what else explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.enums import Feedback, FindingState
from runmood.findings import BY_CODE
from runmood.findings.answers import on_screen, read_findings
from runmood.reports.findings import feedback_by_question
from runmood.reports.share.models import Item, shown_name

if TYPE_CHECKING:
    import datetime as dt

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow
    from runmood.reports.share.models import ShareData, ShareSelection


@dataclass(frozen=True, slots=True)
class ShareWording:
    """The words of a shared page and what the person ticked: the `ShareContext` of a question."""

    say: Translator
    choice: ShareSelection

    def near(self, day: dt.date) -> str:
        """Return a day as the page's last day sees it."""
        return self.say.date_near(day, self.choice.last)

    def ticked(self, what: str) -> bool:
        """Return whether the person ticked it."""
        return what in self.choice.include

    def name(self, kind: str, word: str, otherwise: str) -> str:
        """Return how a choice of that kind is called; a word of the person's own only where they ticked that."""
        return shown_name(self.say, kind, word, self.choice, otherwise)


def findings(material: ShareData, choice: ShareSelection) -> dict[str, Item]:
    """Return each question's latest answer by code, those seen first; what waits for its turn is not there."""
    rows = read_findings(material.findings)
    latest = {finding.question: finding for finding in on_screen(rows, choice.last)}
    for finding in rows:
        if BY_CODE[finding.question].spec.momentary and finding.seen and finding.night <= choice.last:
            latest[finding.question] = finding
    ordered = sorted(latest.values(), key=lambda finding: (not finding.seen, finding.question))
    disputed = [
        code
        for code, feedback in feedback_by_question(material.finding_feedback).items()
        if feedback.word == Feedback.NOT_SO
    ]
    wording = ShareWording(material.say, choice)
    return {finding.question: _item(wording, finding, disputed=finding.question in disputed) for finding in ordered}


def _item(wording: ShareWording, finding: FindingRow, *, disputed: bool) -> Item:
    """Word what the notes show; and that the person sees it otherwise, where they say so."""
    say, is_context = wording.say, BY_CODE[finding.question].spec.kind == "context"
    too_early = finding.state == FindingState.NOT_ENOUGH_EVIDENCE or bool(finding.facts.get("lacking"))
    words = _seen(wording, finding) if finding.seen or is_context else _open(say, finding)
    asks = say(f"questions.{finding.question}.asks")
    return Item(asks, f"{words} {say('shared.disputed')}" if disputed else words, too_early)


def _seen(wording: ShareWording, finding: FindingRow) -> str:
    say, question = wording.say, BY_CODE[finding.question]
    if finding.facts.get("lacking"):
        return say("shared.open.too_early")
    told = (question.share(finding, wording), _sure(wording, finding), question.explain_otherwise(say, finding))
    return " ".join(told)


def _sure(wording: ShareWording, finding: FindingRow) -> str:
    """Word the strength of the evidence and since when; a rule is a count, and says so."""
    say = wording.say
    if BY_CODE[finding.question].spec.kind != "tested":
        return say("shared.sure.counted")
    sure = finding.claim("higher").sure(say, wording.near(finding.since) if finding.since else "")[0]
    return " ".join((sure, say("shared.sure.no_longer"))) if finding.growing is False else sure


def _open(say: Translator, finding: FindingRow) -> str:
    """Word a complete answer without a yes."""
    if finding.state == FindingState.NOT_ENOUGH_EVIDENCE:
        return say("shared.open.too_early")
    if finding.state == FindingState.CONFOUNDED:
        own = f"questions.{finding.question}.share.confounded"
        return say(own if own in say.words else "shared.open.alike")
    detectable = finding.facts.get("detectable")
    return (
        say("shared.open.not_seen") if detectable is None else say("shared.open.not_seen_of", points=float(detectable))
    )
