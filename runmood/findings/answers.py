"""A finding with its facts read, how an answer is laid out, and the words that all answers share."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.core.enums import EvidenceStrength
from runmood.core.i18n import capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polars as pl

    from runmood.core.i18n import Translator
    from runmood.findings.question import RenderContext
    from runmood.reports.models import Dots


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


OTHER_SIDE = {"lower": "higher", "higher": "lower"}
NEARLY_NONE = 0.05  # mood points: shown as 0
TIMES_SHOWN = 1000  # beyond it a figure would promise more than it can


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One row of FINDINGS, its facts read."""

    question: str
    night: dt.date
    state: str
    strength: str | None
    since: dt.date | None
    growing: bool | None
    e_value_best: float | None
    effect: float | None
    effect_least: float | None
    effect_most: float | None
    facts: dict[str, Any]

    @property
    def seen(self) -> bool:
        """Return whether the answer is yes."""
        return self.state == "seen"

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


def format_difference(say: Translator, finding: FindingRow, side: str) -> str:
    """Word a difference with its range, to be followed by what it is compared with.

    Args:
        say: the words.
        finding: whose effect and range, in mood points, are worded: "about 1.1 points lower (range 0.3 to 1.9) than".
        side: lower or higher, on which the effect is counted as positive.

    Returns:
        The words, as after `finding` above.
    """
    return _difference(say, finding.effect, finding.effect_least, finding.effect_most, side)


def describe_effect(
    say: Translator, effect: float | None, least: float | None, most: float | None
) -> dict[str, object]:
    """Return how an effect in mood points is told, on the side on which it is.

    Returns:
        `side` is higher or lower, `points` its size, `range` its range in the direction of the size, and `gap` all of
        it in words that go before what it is compared with.
    """
    size = effect or 0.0
    side = "higher" if size >= 0 else "lower"
    gap = (
        _difference(say, effect, least, most, side)
        if size >= 0
        else _difference(say, -size, *_turned(least, most), side)
    )
    return {"side": side, "points": abs(size), "range": _range_of_size(say, least, most), "gap": gap}


def _turned(least: float | None, most: float | None) -> tuple[float | None, float | None]:
    """Return the ends of a range as seen from the other side."""
    return None if most is None else -most, None if least is None else -least


def _range_of_size(say: Translator, least: float | None, most: float | None) -> str:
    """Word the range in the direction of the figure before it."""
    if least is None or most is None:
        return ""
    low, high = sorted((abs(least), abs(most)))
    if least * most >= 0:
        return say("range.same_side", least=low, most=high)
    return say("range.both_from_lower", other=abs(least), most=abs(most))


def _difference(say: Translator, effect: float | None, least: float | None, most: float | None, side: str) -> str:
    if effect is None:
        return say(f"gap.{side}_unsized")
    span = _range(say, least, most, side)
    if abs(effect) < NEARLY_NONE:
        return say("gap.none", range=span)
    if effect < 0:
        return say(f"gap.{OTHER_SIDE[side]}_now", points=-effect, range=span)
    return say(f"gap.{side}", points=effect, range=span)


def _range(say: Translator, least: float | None, most: float | None, side: str) -> str:
    if least is None or most is None:
        return ""
    if least >= 0:
        return say("range.same_side", least=least, most=most)
    other = OTHER_SIDE[side]
    if most < 0:
        return say(f"range.{other}", least=-most, most=-least)
    return say(f"range.both_from_{other}", other=-least, most=most)


def format_evidence_strength(
    finding: FindingRow, context: RenderContext, held: str = "sure.evenings"
) -> tuple[str, ...]:
    """Word how strong the evidence is, since when, and what the comparison allows for.

    Args:
        finding: a finding that is seen.
        context: the words and the page's last day.
        held: the name among the words of what was held equal.

    Returns:
        Up to four sentences; some may be empty.
    """
    say = context.say
    strength = capital(say.choice("strength", finding.strength or EvidenceStrength.SOME))
    morning = "_and_morning" if finding.facts.get("morning_used") else ""
    return (
        say("sure.strength_since", strength=strength, since=say.date_near(finding.since, context.as_of))
        if finding.since
        else say("sure.strength", strength=strength),
        "" if finding.e_value_best is None else _times(say, finding.e_value_best),
        say("sure.no_longer") if finding.growing is False else "",
        say(f"sure.held{morning}", held=say(held)),
    )


def _times(say: Translator, e_value: float) -> str:
    """Word how many times better than chance, in two figures."""
    if e_value >= TIMES_SHOWN:
        return say("sure.times_many")
    return say("sure.times", times=f"{float(f'{e_value:.2g}'):.0f}")


def describe_missing(say: Translator, things: Sequence[str]) -> str:
    """Word what is missing, as one sentence; empty where nothing is."""
    return say("missing.are", things=things) if things else ""


def seen_view(say: Translator, title: str, codes: tuple[str, ...] = (), **parts: Iterable[str]) -> FindingView:
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


def open_view(say: Translator, title: str, state: str, *sentences: str, codes: tuple[str, ...] = ()) -> FindingView:
    """Return an answer without a yes, and where it stands."""
    passage = Section(say("part.stands"), tuple(filter(None, sentences)))
    return FindingView(say(title), label(say, state), seen=False, passages=(passage,), codes=codes)
