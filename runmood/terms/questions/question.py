"""What a question is: written down before looking, with what it needs and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["tested", "rule", "context"]

OF_EVERY_QUESTION = {
    "shown_from": "the night from which what is seen may stand on screen: at most two new ones a week, safety at once",
}
"""Facts that a question may have beside its own."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question asked of a person's notes every night.

    A *tested* one weighs evidence against chance; a *rule* tells a fact and carries no such evidence; *context* is
    there to look at beside the others and claims nothing by itself. `safety` is not held back from the screen.
    """

    code: str
    asks: str
    needs: str
    rule: str
    facts: dict[str, str]
    source: str
    kind: Kind = "tested"
    safety: bool = False
