"""What a session of a plan means: a run, a rest, something else, or not sure; how far, and how long.

sense_of(session, choice)   -> a Sense: what it was taken for, and what it plans
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.journal.plans.meaning.amounts import distance_of, duration_of, has_repetitions
from runmood.journal.plans.meaning.verdict import Choice, Verdict, tells_of_two_sports, verdict_of
from runmood.journal.plans.meaning.words import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.journal.plans.files.session import Session

LEAST_SLOT_S, LONGEST_SLOT_S = 600, 12 * 3600
PIECES = re.compile(
    r"warm|cool|einlauf|auslauf|echauff|calent|aquec|riscald|inlop"
)  # an amount beside them is a piece's

__all__ = ["Choice", "Sense", "Verdict", "sense_of"]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a session was taken for, and, of a run, how far and how long; null where the plan does not say."""

    verdict: Verdict
    distance_m: float | None = None
    planned_s: float | None = None


def sense_of(session: Session, choice: Choice) -> Sense:
    """What a session means.

    What a file says in columns made for it goes before words; the title before the description; and how long the
    calendar keeps free comes last.
    """
    verdict = verdict_of(session, choice)
    if verdict is not Verdict.RUN:
        return Sense(verdict)
    return Sense(verdict, _distance(session), _duration(session))


def _distance(session: Session) -> float | None:
    if session.distance_m or tells_of_two_sports(session):
        return session.distance_m
    return _said_of_the_whole(session, distance_of)


def _duration(session: Session) -> float | None:
    if session.planned_s or tells_of_two_sports(session):
        return session.planned_s
    return _said_of_the_whole(session, duration_of) or _slot(session)


def _said_of_the_whole(session: Session, amount_of: Callable[[str], float | None]) -> float | None:
    """What the title says, or the first line of the description where the title says nothing of it."""
    title, (first_line, *_) = plain(session.title), [*plain(session.detail).splitlines(), ""]
    piecewise = has_repetitions(title) or PIECES.search(first_line)
    return amount_of(title) or (None if piecewise else amount_of(first_line))


def _slot(session: Session) -> float | None:
    """How long the calendar keeps free, if a run can take as long."""
    return session.slot_s if session.slot_s and LEAST_SLOT_S <= session.slot_s <= LONGEST_SLOT_S else None
