"""Whether a session is a run, a rest or neither, by what the file and the person say, and else by its words.

A word that only runners use is enough. Words of effort, distances, durations and repetitions are enough together, two
of them. One alone, or words that contradict each other, is unsure: nothing is planned by it, and the person is told.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from runmood.journal.plans.files.session import Sport
from runmood.journal.plans.meaning import words
from runmood.journal.plans.meaning.amounts import DISTANCE, HOURS, MINUTES, has_repetitions
from runmood.journal.plans.meaning.words import plain

if TYPE_CHECKING:
    from runmood.journal.plans.files.session import Session

ENOUGH = 2


class Verdict(Enum):
    """What a session was taken for."""

    RUN = "run"
    REST = "rest"
    OTHER = "neither"
    UNSURE = "unsure"


BY_COLUMN = {Sport.RUN: Verdict.RUN, Sport.REST: Verdict.REST, Sport.OTHER: Verdict.OTHER}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of a file: that all are runs but rests and other sports, or those with a word; its name."""

    all_runs: bool = False
    match: tuple[str, ...] = ()
    calendar: str | None = None


def verdict_of(session: Session, choice: Choice) -> Verdict:
    """What a session is: by the person's word, then by the file's column, then by its own words."""
    title = plain(f"{session.title} {session.labels}")
    if any(_finds(plain(word), title) for word in choice.match):
        verdict = Verdict.RUN
    elif session.sport is not None:
        return BY_COLUMN[session.sport]
    else:
        verdict = _by_words(title, choice.all_runs)
    spread = verdict is Verdict.RUN and session.days > 1  # a run of several days is on none of them for sure
    return Verdict.UNSURE if spread else verdict


def tells_of_two_sports(session: Session) -> bool:
    """Whether an amount in its words may be that of a ride or a swim."""
    return _finds(words.OTHER_DISTANCES, plain(f"{session.title} {session.labels}"))


def _by_words(title: str, all_runs: bool) -> Verdict:
    rest = _finds(words.RESTS, title) or _finds_at_an_edge(title)
    other = _finds(words.OTHER_DISTANCES, title) or _finds(words.OTHERS, title)
    style = _finds(words.STYLES, title) and not other  # there are intervals on a bicycle too
    if (_finds(words.RUNS, title) or style) and not _finds(words.NOT_A_RUN, title):
        return Verdict.UNSURE if rest or _finds(words.ABOUT_RUNNING, title) else Verdict.RUN
    if rest:
        return Verdict.UNSURE if _hints(title) and not other else Verdict.REST
    if other:
        return Verdict.OTHER
    return Verdict.RUN if all_runs else _by_hints(title)


def _by_hints(title: str) -> Verdict:
    hints = _hints(title)
    if hints >= ENOUGH:
        return Verdict.RUN
    lasting_only = hints == 1 and _lasts(title) and not _finds(words.TRAINING, title)
    unsure = (hints and not lasting_only) or _finds(words.TRAINING, title)
    return Verdict.UNSURE if unsure else Verdict.OTHER


def _hints(title: str) -> int:
    """How many of effort, distance, repetition and duration a title names."""
    return _finds(words.EFFORTS, title) + bool(DISTANCE.search(title)) + has_repetitions(title) + _lasts(title)


def _lasts(title: str) -> bool:
    return bool(MINUTES.search(title) or HOURS.search(title))


def _finds(listed: str, title: str) -> bool:
    return bool(_pattern(listed).search(title))


def _finds_at_an_edge(title: str) -> bool:
    """Whether a title begins with a word for rest, or is one that means something else in a sentence."""
    begins = _pattern(words.RESTS_AT_THE_START, before=r"^\W*")
    alone = _pattern(words.RESTS_ALONE, before=r"^\W*", after=r"\W*$")
    return bool(begins.search(title) or alone.search(title))


_pattern = cache(words.pattern)
