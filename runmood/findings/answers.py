"""A finding with its facts read, what it claims, how an answer is laid out, and the words that all answers share.

A claim is one hypothesis on one night with direction, size, range and evidence; words are made from it alone.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from runmood.core.enums import EvidenceStrength
from runmood.core.i18n import capital
from runmood.findings.stats.pooling import shrink_estimates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.question import RenderContext
    from runmood.findings.stats.pooling import PooledEffect
    from runmood.reports.models import Dots


Side = Literal["lower", "higher"]
OTHER_SIDE: dict[Side, Side] = {"lower": "higher", "higher": "lower"}
NEARLY_NONE = 0.05  # mood points: shown as 0
TIMES_SHOWN = 1000  # beyond it a figure would promise more than it can
HARDLY_BETTER = 1.5  # an e-value below it would be shown as 1 time better
TENTHS = 10  # of a mood point, to which the range of a shrunken estimate is rounded outwards
CLEARER = 2.0  # times: how much more an earlier night must have held to be told


@dataclass(frozen=True, slots=True)
class Claim:
    """What one hypothesis came to on one night.

    `estimate` in mood points and its range count as positive on `side`; where the hypothesis looks on `both_sides`,
    words tell the side on which the estimate lies. `e_value` is tonight's, `best` the largest so far on the same side.
    """

    hypothesis: str
    night: dt.date
    side: Side
    estimate: float | None
    least: float | None
    most: float | None
    e_value: float | None
    strength: EvidenceStrength
    since: dt.date | None = None
    best: float | None = None
    both_sides: bool = False

    @property
    def direction(self) -> Side:
        """Return the side on which tonight's estimate lies."""
        return OTHER_SIDE[self.side] if (self.estimate or 0.0) < 0 else self.side

    @property
    def faded(self) -> bool:
        """Return whether tonight's notes no longer bear it."""
        return self.strength is EvidenceStrength.FADED

    @property
    def points(self) -> float:
        """Return the size of the estimate in mood points, in its direction."""
        return abs(self.estimate or 0.0)

    def gap(self, say: Translator) -> str:
        """Word the difference with its range: "about 1.1 points lower (range 0.3 to 1.9) than"."""
        if self.estimate is None:
            return say(f"gap.{self.side}_unsized")
        if self.points < NEARLY_NONE:
            return say("gap.none", range=self.range(say))
        turned = self.direction != self.side and not self.both_sides
        return say(f"gap.{self.direction}_now" if turned else f"gap.{self.direction}", points=self.points,
                   range=self.range(say))  # fmt: skip

    def range(self, say: Translator) -> str:
        """Word the range, seen in the direction of the estimate; empty where there is none."""
        if self.least is None or self.most is None:
            return ""
        side = self.direction if self.both_sides else self.side
        turn = side != self.side
        least, most = (-self.most, -self.least) if turn else (self.least, self.most)
        other = OTHER_SIDE[side]
        if least >= 0:
            return say("range.same_side", least=least, most=most)
        if most < 0:
            return say(f"range.{other}", least=-most, most=-least)
        return say(f"range.both_from_{other}", other=-least, most=most)

    def values(self, say: Translator) -> dict[str, object]:
        """Return what a sentence about the difference may hold: `side`, `points`, `range`, `gap`."""
        return {"side": self.direction, "points": self.points, "range": self.range(say), "gap": self.gap(say)}

    def sure(self, say: Translator, since: str = "") -> tuple[str, ...]:
        """Word how strong tonight's evidence is and what an earlier night held; `since` is the first night, worded."""
        strength = capital(say.choice("strength", self.strength))
        name = "sure.strength_since" if since else "sure.strength"
        return say(name, strength=strength, since=since), self._times(say), self._clearest(say)

    def _times(self, say: Translator) -> str:
        if self.e_value is None:
            return ""
        if self.e_value < HARDLY_BETTER:
            return say("sure.times_none")
        return (
            say("sure.times_many") if self.e_value >= TIMES_SHOWN else say("sure.times", times=_rounded(self.e_value))
        )

    def _clearest(self, say: Translator) -> str:
        """Word what the clearest night so far held, where tonight holds much less."""
        if self.best is None or self.e_value is None or self.best < CLEARER * max(self.e_value, 1.0):
            return ""
        many = self.best >= TIMES_SHOWN
        return say("sure.clearest_many") if many else say("sure.clearest", times=_rounded(self.best))


def _rounded(e_value: float) -> str:
    """Return an e-value in two figures."""
    return f"{float(f'{e_value:.2g}'):.0f}"


@dataclass(frozen=True, slots=True)
class Section:
    """Sentences under a small heading; `listed` when each is a point of its own."""

    heading: str
    sentences: tuple[str, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class FindingView:
    """What the notes say to one question, or to two that are told as one; `codes` names them."""

    title: str
    state: str
    seen: bool
    passages: tuple[Section, ...]
    dots: Dots | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A question without a yes, in a line: where it stands, and what is missing or would have shown."""

    title: str
    state: str
    words: str
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row of FINDINGS, its facts read."""

    question: str
    night: dt.date
    state: str
    strength: str | None
    since: dt.date | None
    growing: bool | None
    e_value: float | None
    e_value_best: float | None
    effect: float | None
    effect_least: float | None
    effect_most: float | None
    facts: dict[str, Any]
    estimate: float | None = None
    standard_error: float | None = None
    sigma: float | None = None

    @property
    def seen(self) -> bool:
        """Return whether the answer is yes."""
        return self.state == "seen"

    def claim(self, side: Side, *, both_sides: bool = False) -> Claim:
        """Return what the row claims, as one object; `side` is the one on which its effect counts as positive."""
        return Claim(
            hypothesis=self.question,
            night=self.night,
            side=side,
            estimate=self.effect,
            least=self.effect_least,
            most=self.effect_most,
            e_value=self.e_value,
            strength=EvidenceStrength(self.strength or EvidenceStrength.SOME),
            since=self.since,
            best=self.e_value_best,
            both_sides=both_sides,
        )

    def count(self, fact: str) -> int:
        """Return a count among the facts; 0 where the finding has none."""
        return int(self.facts.get(fact) or 0)


def read_findings(findings: pl.DataFrame) -> list[FindingRow]:
    """Return the rows of a frame of FINDINGS with their facts read, by question and night."""
    names = [name for name in FindingRow.__slots__ if name != "facts"]
    rows = findings.sort("question", "night").select(*names, "facts").iter_rows(named=True)
    return [FindingRow(**{**row, "facts": json.loads(row["facts"])}) for row in rows]


def on_screen(findings: list[FindingRow], as_of: dt.date) -> list[FindingRow]:
    """Return the findings of nights up to a day, without those that are new and wait for their turn."""
    return [
        finding
        for finding in findings
        if finding.night <= as_of and dt.date.fromisoformat(finding.facts.get("shown_from", "0001-01-01")) <= as_of
    ]


def label(say: Translator, state: str) -> str:
    """Return how a state is called on the page."""
    return say.choice("state", state)


def latest_of(findings: Sequence[FindingRow], code: str) -> FindingRow | None:
    """Return the last of the findings of one question; None where it was not asked."""
    return next((finding for finding in reversed(findings) if finding.question == code), None)


def format_evidence_strength(
    claim: Claim, context: RenderContext, finding: FindingRow, held: str = "sure.evenings"
) -> tuple[str, ...]:
    """Word how strong tonight's evidence is, since when it was seen, and what the comparison allows for.

    Args:
        claim: what is seen.
        context: the words and the page's last day.
        finding: the row of the claim.
        held: the name among the words of what was held equal.

    Returns:
        Sentences; some may be empty.
    """
    say = context.say
    morning = "_and_morning" if finding.facts.get("morning_used") else ""
    return (
        *claim.sure(say, say.date_near(claim.since, context.as_of) if claim.since else ""),
        say("sure.no_longer") if finding.growing is False else "",
        say(f"sure.held{morning}", held=say(held)),
        say("sure.sleep_held") if finding.facts.get("sleep_used") else "",
        format_together(say, finding, context.pooled),
    )


def format_together(say: Translator, finding: FindingRow, pooled: Mapping[str, PooledEffect]) -> str:
    """Word where a difference lies once what people have in common is known too, beside the figure of the notes alone.

    Args:
        say: the words.
        finding: its state, evidence and size stay as they are.
        pooled: what people have in common, by question.

    Returns:
        A sentence; empty where nothing is seen, or nothing known of others.
    """
    effect = pooled.get(finding.question)
    if not finding.seen or effect is None or finding.effect is None or finding.estimate is None:
        return ""
    own = np.array([finding.estimate, finding.standard_error, finding.sigma], dtype=float)
    if not (own[1:] > 0).all():
        return ""
    middle, width = map(float, shrink_estimates(own[0], own[1], own[2], effect))
    towards = -1 if finding.effect < 0 else 1  # the direction that is shown counts as positive
    points, shown = towards * middle, abs(finding.effect)
    least, most = math.floor(TENTHS * (points - width)) / TENTHS, math.ceil(TENTHS * (points + width)) / TENTHS
    return say(
        f"together.{_compared(say, shown, points)}",
        people=effect.people,
        difference=say(f"together.difference.{finding.question}"),
        points=abs(points),
        shown=shown,
        range=say("range.same_side", least=least, most=most),
    )


def _compared(say: Translator, shown: float, points: float) -> str:
    """Return which sentence tells of a difference that is shown as so large and lies at so many points together."""
    if points <= -NEARLY_NONE:
        return "other_way"
    if say.figure(abs(points)) == say.figure(shown):
        return "same"
    return "none" if points < NEARLY_NONE else "nearer"


def describe_missing(say: Translator, things: Sequence[str]) -> str:
    """Word of what there is too little, and never how much: that would count what somebody owes."""
    return say("missing.are", things=things) if things else ""


def answered_view(say: Translator, title: str, codes: tuple[str, ...] = (), **parts: Iterable[str]) -> FindingView:
    """Build an answer of yes, its parts in the order given, each under its heading; empty sentences are left out.

    Args:
        say: the words.
        title: the name of the title among the words.
        codes: the questions that it answers, where they are not that of its row alone.
        **parts: sentences by the name of their part.

    Returns:
        The answer, to be laid out.
    """
    passages = [
        Section(say(f"part.{part}"), tuple(filter(None, sentences)), listed=part == "others")
        for part, sentences in parts.items()
    ]
    return FindingView(say(title), label(say, "seen"), seen=True, passages=tuple(passages), codes=codes)


def unanswered_view(
    say: Translator, title: str, state: str, *sentences: str, codes: tuple[str, ...] = ()
) -> FindingView:
    """Return an answer without a yes, and where it stands."""
    passage = Section(say("part.stands"), tuple(filter(None, sentences)))
    return FindingView(say(title), label(say, state), seen=False, passages=(passage,), codes=codes)
