"""The scales of a check-in. The items and their words are our own (CC0); whole numbers from 0 to 10, none preset."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """A question answered from 0 to 10: the words at 0, 5 and 10, and the kind of check-in it belongs to."""

    name: str
    asks: str
    words: tuple[str, str, str]
    kind: str = ""

    def word(self, step: str) -> str:
        """The word that stands at a step; empty between them."""
        return dict(zip(("0", "5", "10"), self.words, strict=True)).get(step, "")


_HOW_MUCH = ("not at all", "somewhat", "as much as can be")
ALWAYS = (
    Scale("mood", "Right now, how do you feel?", ("very bad", "neither", "very good")),
    Scale("energy", "Right now, how much energy do you have?", ("none", "half", "full")),
)
SOMETIMES = (
    Scale("sleep", "How did you sleep last night?", ("very badly", "so-so", "very well"), "morning"),
    Scale("stress", "How stressful was today?", _HOW_MUCH, "evening"),
    Scale("tiredness", "How tired is your body?", _HOW_MUCH, "evening"),
    Scale("soreness", "How sore are you?", _HOW_MUCH, "evening"),
    Scale("effort", "Overall, how hard was that run?", ("no effort", "hard-ish", "as hard as I can go"), "after-run"),
    Scale("pain", "How much did anything hurt?", _HOW_MUCH, "after-run"),
)
