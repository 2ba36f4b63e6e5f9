"""What stands behind the answer to a question on one night."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class EvidenceTerm:
    """One coefficient, in mood points; where it is a kind of day, beside the day of a planned run."""

    name: str
    effect: float
    error: float  # standard error


@dataclass(frozen=True, slots=True)
class EvidenceDay:
    """One day of a kind that was asked for, and whether its evening counted."""

    date: dt.date
    kind: str
    mood: float | None
    counted: bool
    reason: str | None  # why it did not: nothing said, said late, excluded


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands behind one answer of one night. Without enough days there are no terms."""

    question: str
    night: dt.date
    days: tuple[EvidenceDay, ...]
    terms: tuple[EvidenceTerm, ...]
    memory: float | None  # how much of a day's mood lasts to the next, 0 to 1
    noise_share: float | None  # how much of a rating is of its moment only, 0 to 1
    scale: float | None  # mood points in one standard deviation
    morning_used: bool
    e_value: float | None
    e_value_next: float  # what the evidence would have to reach for the next word: some, then good evidence
    detectable: float | None  # the difference that would probably have shown by now
    lacking: dict[str, int]  # days by name
    comparable: bool  # false: silence, or a plan too regular, forbids an answer
