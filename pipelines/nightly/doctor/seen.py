"""What the doctor says of one thing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing looked at; where it asks for something, the sentence says what to do."""

    name: str
    sentence: str
    asks: bool = False

    def as_text(self) -> str:
        """A line for the terminal."""
        return f"{'!' if self.asks else ' '} {self.name:11} {self.sentence}"
