"""A claim: one hypothesis on one night with direction, size, range and evidence; words are made from it alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from runmood.core.enums import EvidenceStrength
from runmood.core.i18n import capital

if TYPE_CHECKING:
    import datetime as dt

    from runmood.core.i18n import Translator

Side = Literal["lower", "higher"]
OTHER_SIDE: dict[Side, Side] = {"lower": "higher", "higher": "lower"}
NEARLY_NONE = 0.05  # mood points: shown as 0
TIMES_SHOWN = 1000  # beyond it a figure would promise more than it can
HARDLY_BETTER = 1.5  # an e-value below it would be shown as 1 time better
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
