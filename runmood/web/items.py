"""What the form asks and in which words; the items are our own (CC0), whole numbers from 0 to 10."""

from __future__ import annotations

from dataclasses import dataclass

from runmood.terms.choices import SKIP_REASONS, TAGS

__all__ = ["ALWAYS", "KINDS", "NOTE_LIMIT", "SKIP_REASONS", "SOMETIMES", "STEPS", "TAGS", "Scale"]

STEPS = tuple(str(step) for step in range(11))
NOTE_LIMIT = 2000


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


KINDS = {"morning": "Morning", "before-run": "Before a run", "after-run": "After a run", "evening": "Evening"}

ALWAYS = (
    Scale("mood", "Right now, how do you feel?", ("very bad", "neither", "very good")),
    Scale("energy", "Right now, how much energy do you have?", ("none", "half", "full")),
)

_HOW_MUCH = ("not at all", "somewhat", "as much as can be")
SOMETIMES = (
    Scale("sleep", "How did you sleep last night?", ("very badly", "so-so", "very well"), "morning"),
    Scale("stress", "How stressful was today?", _HOW_MUCH, "evening"),
    Scale("tiredness", "How tired is your body?", _HOW_MUCH, "evening"),
    Scale("soreness", "How sore are you?", _HOW_MUCH, "evening"),
    Scale("effort", "Overall, how hard was that run?", ("no effort", "hard-ish", "as hard as I can go"), "after-run"),
)
