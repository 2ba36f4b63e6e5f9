"""What a question is: written down before looking, evaluated every night, and put into words in one place.

A question is a module of `runmood.findings.questions`. It has a `SPECIFICATION`, and a `QUESTION` that joins to it the
functions that evaluate it (an `EvaluationContext` in, rows of FINDINGS out, one a night) and word it. Its words are in
`runmood/locale/<language>/<code>.toml`: `called` and `asks`, what the page says of it, `missing.<thing>` for what it
may lack, and under `share` what a shared page says.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, Protocol

from runmood.core.enums import FindingState
from runmood.findings.answers import FindingLine, FindingView, describe_missing, label, latest_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.answers import FindingRow
    from runmood.findings.evaluation import EvaluationContext
    from runmood.findings.multiplicity import TestedHypothesis
    from runmood.findings.stats.pooling import PooledEffect


Kind = Literal["tested", "rule", "context"]

OF_EVERY_QUESTION = {
    "shown_from": "the night from which what is seen may stand on screen: at most two new ones a week, safety at once",
}
"""Facts that a question may have beside its own."""


class QuestionGroup(StrEnum):
    """What questions have in common, in the order in which a page tells of them."""

    CAUTION = "caution"
    TRAINING = "training"
    EVENINGS = "evenings"
    HELPS = "helps"


@dataclass(frozen=True, slots=True)
class Specification:
    """One question asked of a person's days every night.

    A *tested* one weighs evidence against chance; a *rule* states a fact and carries no such evidence; *context* is
    there to look at beside the others and claims nothing by itself. `place` orders the questions of a family on a page.
    `safety` is not held back from the screen. `momentary` speaks of the night's own day alone, so that an earlier
    night's yes still stands. `part_of` is the code of the question in whose answer this one is told, if it has none of
    its own.
    """

    code: str
    group: QuestionGroup
    place: int
    asks: str
    needs: str
    rule: str
    facts: dict[str, str]
    source: str
    kind: Kind = "tested"
    safety: bool = False
    momentary: bool = False
    part_of: str | None = None


class RenderContext(Protocol):
    """What a question may look at when it is put into words.

    `days` and `runs` are frames of DAYS and RUNS, `as_of` is the last day the page tells of, `pooled` what people have
    in common.
    """

    @property
    def say(self) -> Translator:
        """Return the words."""

    @property
    def days(self) -> pl.DataFrame:
        """Return the days, sorted by date."""

    @property
    def runs(self) -> pl.DataFrame:
        """Return the runs."""

    @property
    def as_of(self) -> dt.date:
        """Return the last day of the page."""

    @property
    def pooled(self) -> Mapping[str, PooledEffect]:
        """Return what the people of a cohort have in common, by question; empty where the person does not ask."""


class ShareContext(Protocol):
    """What a question may look at when it is worded for a shared page: the words, and what the person ticked."""

    @property
    def say(self) -> Translator:
        """Return the words."""

    def near(self, day: dt.date) -> str:
        """Return a day as the page's last day sees it."""

    def ticked(self, what: str) -> bool:
        """Return whether the person ticked this, such as "distance"."""

    def name(self, kind: str, word: str, otherwise: str) -> str:
        """Return how a choice of that kind is called; a word of the person's own only where they ticked that."""


class PageWording(Protocol):
    """How a page tells what a question came to: in full, in a line, or not at all."""

    def view(self, code: str, findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:
        """Word the answer in full; `findings` are what is on screen, of all questions, sorted by question and night."""

    def line(self, finding: FindingRow, say: Translator) -> FindingLine | None:
        """Word the answer in a line."""


@dataclass(frozen=True, slots=True)
class YesInFull:
    """A yes is worded in full; every other answer in a line: what is missing, or what would have shown."""

    render: Callable[[FindingRow, RenderContext], FindingView]

    def view(self, code: str, findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:
        """Word a yes; None for every other answer."""
        latest = latest_of(findings, code)
        return replace(self.render(latest, context), codes=(code,)) if latest and latest.seen else None

    def line(self, finding: FindingRow, say: Translator) -> FindingLine | None:
        """Word what is no yes; None for one."""
        if finding.seen:
            return None
        return _lacking_line(say, finding) or _line(say, finding, label(say, finding.state), _not_seen(say, finding))


@dataclass(frozen=True, slots=True)
class AllInFull:
    """Every answer is worded in full, from the latest answers of all questions, and has no line.

    `joined`, where it is there, returns the codes of all questions that share the answer.
    """

    compose: Callable[[Sequence[FindingRow], RenderContext], FindingView | None]
    joined: Callable[[Sequence[FindingRow]], tuple[str, ...]] | None = None

    def view(self, code: str, findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:  # noqa: ARG002 - the rows hold it
        """Word the answer; None where another question's answer tells it."""
        return self.compose(findings, context)

    def line(self, finding: FindingRow, say: Translator) -> FindingLine | None:  # noqa: ARG002 - there is none
        """Return None."""
        return None


@dataclass(frozen=True, slots=True)
class FiguresInLine:
    """The figures of a question of context, which claims nothing, stand in a line."""

    figures: Callable[[Translator, FindingRow], str]

    def view(self, code: str, findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:  # noqa: ARG002 - there is none
        """Return None."""
        return None

    def line(self, finding: FindingRow, say: Translator) -> FindingLine | None:
        """Word the figures, or what is missing."""
        return _lacking_line(say, finding) or _line(say, finding, say("also.to_look_at"), self.figures(say, finding))


@dataclass(frozen=True, slots=True)
class Question:
    """A specification with what evaluates it and words it.

    `share` words a yes on a shared page, `share_otherwise` the other explanations there (`<code>.share.otherwise` if
    left out), `page` any answer on the page (None: that of `spec.part_of` tells it), `good` what did the person good,
    to stand beside a caution.
    """

    spec: Specification
    evaluate: Callable[[EvaluationContext], pl.DataFrame | TestedHypothesis]
    share: Callable[[FindingRow, ShareContext], str]
    page: PageWording | None = None
    share_otherwise: Callable[[Translator, FindingRow], str] | None = None
    good: Callable[[Translator, FindingRow], str] | None = None

    @property
    def code(self) -> str:
        """Return the name of the question in tables and commands."""
        return self.spec.code

    def view(self, findings: Sequence[FindingRow], context: RenderContext) -> FindingView | None:
        """Word the answer in full, as the page tells it; None where a line tells it, or another question's answer.

        Args:
            findings: what is on screen, of all questions, sorted by question and night.
            context: what the words are made from.

        Returns:
            The answer, with the codes of the questions that it answers.
        """
        return self.page.view(self.code, findings, context) if self.page else None

    def line(self, finding: FindingRow, say: Translator) -> FindingLine | None:
        """Word the answer in a line: what is missing, what would have shown, or figures; None if it has no line."""
        return self.page.line(finding, say) if self.page else None

    def answered_together(self, findings: Sequence[FindingRow]) -> tuple[str, ...]:
        """Return the codes of the questions that share the answer of this one, its own among them."""
        joined = self.page.joined if isinstance(self.page, AllInFull) else None
        return joined(findings) if joined else (self.code,)

    def explain_otherwise(self, say: Translator, finding: FindingRow) -> str:
        """Word the other explanations of a yes, for a shared page."""
        if self.share_otherwise:
            return self.share_otherwise(say, finding)
        return say(f"questions.{self.code}.share.otherwise")


def _line(say: Translator, finding: FindingRow, state: str, words: str) -> FindingLine:
    return FindingLine(say(f"questions.{finding.question}.called"), state, words, (finding.question,))


def _lacking_line(say: Translator, finding: FindingRow) -> FindingLine | None:
    """Word what is missing; None where nothing is."""
    lacking = _lacking(say, finding)
    return _line(say, finding, label(say, FindingState.NOT_ENOUGH_EVIDENCE), lacking) if lacking else None


def _lacking(say: Translator, finding: FindingRow) -> str:
    """Word of what there is too little, by the question's own words or those of all; empty where of nothing."""
    lacking, code = finding.facts.get("lacking") or {}, finding.question
    if lacking and f"questions.{code}.lacking" in say.words:
        return say(f"questions.{code}.lacking")
    things = []
    for name in lacking:
        own = f"questions.{code}.missing.{name}"
        things.append(say(own if own in say.words else f"missing.{name}"))
    return describe_missing(say, things)


def _not_seen(say: Translator, finding: FindingRow) -> str:
    detectable = finding.facts.get("detectable")
    if finding.state == FindingState.CONFOUNDED:
        return say(f"questions.{finding.question}.confounded")
    return say("also.not_shown") if detectable is None else say("also.would_have_shown", points=float(detectable))
