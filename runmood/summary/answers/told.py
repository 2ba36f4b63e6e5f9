"""A finding with its facts unpacked, and the phrases that findings share."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from runmood.summary.parts import Passage
from runmood.summary.words.phrases import capital, date_near, figure, points

if TYPE_CHECKING:
    import polars as pl

SAW, SURE, OTHERS, SOME_DO = "What was seen", "How sure", "Other explanations", "What some people do"
STANDS = "Where it stands"
EVENINGS_HELD = "the weekday, the season and how the days around it felt"
LABELS = {
    "seen": "seen in your notes",
    "not seen so far": "not seen so far",
    "not enough evidence yet": "not enough evidence yet",
    "cannot be told apart": "cannot be told apart",
}
OTHER_SIDE = {"lower": "higher", "higher": "lower"}
NEARLY_NONE = 0.05  # mood points: shown as 0
TIMES_SHOWN = 1000  # beyond it a figure would promise more than it can


@dataclass(frozen=True, slots=True)
class Told:
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
        """Whether the answer is yes."""
        return self.state == "seen"

    def count(self, fact: str) -> int:
        """A count among the facts; 0 where the finding has none."""
        return int(self.facts.get(fact) or 0)


def told(findings: pl.DataFrame) -> list[Told]:
    """The findings in order of night."""
    names = [name for name in Told.__slots__ if name != "facts"]
    rows = findings.sort("question", "night").select(*names, "facts").iter_rows(named=True)
    return [Told(**{**row, "facts": json.loads(row["facts"])}) for row in rows]


def on_screen(findings: list[Told], as_of: dt.date) -> list[Told]:
    """The findings of nights up to a day, without those that are new and wait for their turn."""
    return [
        finding
        for finding in findings
        if finding.night <= as_of and dt.date.fromisoformat(finding.facts.get("shown_from", "0001-01-01")) <= as_of
    ]


def gap(finding: Told, side: str) -> str:
    """A difference with its range: about 1.1 points lower (range 0.3 to 1.9) than. `side` is lower or higher."""
    effect = finding.effect
    if effect is None:
        return f"{side} than"
    if abs(effect) < NEARLY_NONE:
        return f"about the same by now{_range(finding, side)} as"
    if effect < 0:
        return f"about {points(effect)} {OTHER_SIDE[side]} by now{_range(finding, side)} than"
    return f"about {points(effect)} {side}{_range(finding, side)} than"


def _range(finding: Told, side: str) -> str:
    least, most = finding.effect_least, finding.effect_most
    if least is None or most is None:
        return ""
    if least >= 0:
        return f" (range {figure(least)} to {figure(most)})"
    other = OTHER_SIDE[side]
    if most < 0:
        return f" (range {figure(-most)} to {figure(-least)} {other})"
    return f" (range from {figure(-least)} {other} to {figure(most)} {side})"


def _times(e_value: float) -> str:
    """How many times better, in two figures."""
    return f"about {float(f'{e_value:.2g}'):.0f} times" if e_value < TIMES_SHOWN else "over a thousand times"


def how_sure(finding: Told, seen_from: dt.date, held: str = EVENINGS_HELD) -> Passage:
    """The strength in words, when it was first seen, and what was held equal."""
    first = f", first seen on {date_near(finding.since, seen_from)}" if finding.since else ""
    sentences = [f"{capital(finding.strength or 'some evidence')}{first}."]
    if finding.e_value_best is not None:
        sentences.append(
            f"At their clearest, your notes fitted a difference {_times(finding.e_value_best)} better than chance."
        )
    if finding.growing is False:
        sentences.append("The newest notes add nothing to it.")
    morning = ", and the mood of the same morning" if finding.facts.get("morning_used") else ""
    sentences.append(f"The comparison allows for {held}{morning}; the range allows for looking every night.")
    return Passage(SURE, tuple(sentences))
