"""Whether a session is a run, a rest or neither, by what the file and the person say, and else by its words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

from runmood.journal.plans import words
from runmood.journal.plans.models import Sport
from runmood.journal.plans.words import (
    DISTANCE,
    DISTANCE_NAMES,
    DURATION_NAMES,
    HOURS,
    MINUTES,
    distance_of,
    duration_of,
    has_repetitions,
    labelled,
    pattern,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from runmood.journal.plans.models import Session


ENOUGH = 2
LETTERS = re.compile(r"[^\W\d_]+")
SERIES = re.compile(r"[\W\d_]+")
STRUCK_OUT = re.compile(r"^\W*[❌✖✗🚫⛔]|^\s*(~+)\S.*\1\s*$|\u0336")  # signs with which people cancel a session
COMPANION = re.compile(r"\b(?:with|w/|mit|avec|con|com|met)\s+(?!the\b|my\b|new\b|der\b|die\b)\w+(?:\s+\w+)?\W*$")


_RUN = pattern(words.RUNS + words.PERHAPS_RUNS, before="", after=r"(?!\w)").pattern
_DENIED = pattern(words.NONE_OF, after=rf"[ -]{_RUN}")


class Classification(Enum):
    """What a session was taken for."""

    RUN = "run"
    REST = "rest"
    OTHER = "neither"
    UNSURE = "unsure"
    CALLED_OFF = "cancelled"


BY_COLUMN = {Sport.RUN: Classification.RUN, Sport.REST: Classification.REST, Sport.OTHER: Classification.OTHER}
BY_WORD = {"run": Classification.RUN, "rest": Classification.REST, "neither": Classification.OTHER}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person says of a file: that all are runs but rests and other sports, or those with a word; its name.

    `decided` is what they said before of a series, by its title (see `series_of`): a key of `BY_WORD`.
    """

    all_runs: bool = False
    match: tuple[str, ...] = ()
    calendar: str | None = None
    decided: Mapping[str, str] = field(default_factory=dict)


def series_of(title: str) -> str:
    """Return by what a series is known: its title without figures and signs, which change from week to week."""
    return SERIES.sub(" ", plain(title)).strip()


def verdict_of(session: Session, choice: Choice) -> Classification:
    """Return what a session is: by the person's word, then by the file's column, then by its own words."""
    title = plain(f"{session.title} {session.labels}")
    decided = choice.decided.get(series_of(session.title))
    if decided in BY_WORD:
        return BY_WORD[decided]
    if is_called_off(title) or STRUCK_OUT.search(session.title[: words.LONGEST]):
        return Classification.CALLED_OFF
    if any(_finds(plain(word), title) for word in choice.match):
        verdict = Classification.RUN
    elif session.sport is not None:
        return BY_COLUMN[session.sport]
    else:
        verdict = _by_words(title, choice.all_runs)
    spread = session.days > 1  # a run of several days is on none of them for sure
    doubtful = spread or _finds(words.PERHAPS, title) or title.rstrip().endswith("?")
    return Classification.UNSURE if verdict is Classification.RUN and doubtful else verdict


def is_called_off(title: str) -> bool:
    """Return whether a plain title says that its session is cancelled, skipped, or moved to another day."""
    if _finds(words.CALLED_OFF, title):
        return True
    moved = _pattern(words.MOVED).search(title)
    return moved is not None and not _pattern(words.MOVED_HERE, before=r"^\s+").match(title[moved.end() :])


def mentions_two_sports(session: Session) -> bool:
    """Return whether an amount in its words may be that of a ride or a swim."""
    return _finds(words.OTHER_DISTANCES, plain(f"{session.title} {session.labels}"))


def _by_words(title: str, all_runs: bool) -> Classification:
    rest = _finds(words.RESTS, title) or _finds_at_an_edge(title)
    other = _finds(words.OTHER_DISTANCES, title) or _finds(words.OTHERS, title)
    if _DENIED.search(title):
        return Classification.UNSURE if DISTANCE.search(title) or has_repetitions(title) else Classification.REST
    certain, perhaps = _finds(words.RUNS, title), _names_a_run(title, other=other)
    if (certain or perhaps) and not _finds(words.NOT_A_RUN, title):
        if rest or _finds(words.ABOUT_RUNNING, title):
            return Classification.UNSURE
        clear = certain or DISTANCE.search(title) or has_repetitions(title) or _speaks_of_running_alone(title)
        return Classification.RUN if clear else Classification.UNSURE
    if rest:
        return Classification.UNSURE if _hints(title) and not other else Classification.REST
    if other or certain or perhaps:  # an everyday thing by its words; with an amount it may be a run all the same
        doubtful = not other and (certain or _hints(title))
        return Classification.UNSURE if doubtful else Classification.OTHER
    return Classification.RUN if all_runs else _by_hints(title)


def _names_a_run(title: str, *, other: bool) -> bool:
    """Return whether a word may mean a run, or the name of a workout alone, as there are intervals on a bicycle too."""
    found = {match.group() for match in _pattern(words.PERHAPS_RUNS).finditer(title)}
    return bool(found - words.STYLES if other else found)


def _speaks_of_running_alone(title: str) -> bool:
    """Return whether every word of a title is one of plans; whom one runs with may stand at its end."""
    return all(word in _known_words() or len(word) == 1 for word in LETTERS.findall(COMPANION.sub("", title)))


@cache
def _known_words() -> frozenset[str]:
    lists = (
        words.RUNS, words.PERHAPS_RUNS, words.EFFORTS, words.TRAINING, words.OTHER_DISTANCES, words.OTHERS,
        words.BESIDE_RUNS,
    )  # fmt: skip
    return frozenset(part for each in lists for word in each.split() for part in word.rstrip("*").split("-"))


def _by_hints(title: str) -> Classification:
    hints = _hints(title)
    if hints >= ENOUGH:
        return Classification.RUN
    lasting_only = hints == 1 and _lasts(title) and not _finds(words.TRAINING, title)
    unsure = (hints and not lasting_only) or _finds(words.TRAINING, title)
    return Classification.UNSURE if unsure else Classification.OTHER


def _hints(title: str) -> int:
    """Return how many of effort, distance, repetition and duration a title names."""
    return _finds(words.EFFORTS, title) + bool(DISTANCE.search(title)) + has_repetitions(title) + _lasts(title)


def _lasts(title: str) -> bool:
    return bool(MINUTES.search(title) or HOURS.search(title))


def _finds(listed: str, title: str) -> bool:
    return bool(_pattern(listed).search(title))


def _finds_at_an_edge(title: str) -> bool:
    """Return whether a title begins with a word for rest, or is one that means something else in a sentence."""
    begins = _pattern(words.RESTS_AT_THE_START, before=r"^\W*")
    alone = _pattern(words.RESTS_ALONE, before=r"^\W*", after=r"\W*$")
    return bool(begins.search(title) or alone.search(title))


_pattern = cache(pattern)


LEAST_SLOT_S, LONGEST_SLOT_S = 600, 12 * 3600
LONGEST_DETAIL = 5000  # characters of a description that is looked through
PIECES = re.compile(
    r"warm|cool|einlauf|auslauf|echauff|calent|aquec|riscald|inlop"
)  # an amount beside them is a piece's


@dataclass(frozen=True, slots=True)
class SessionClass:
    """What a session was taken for, and, of a run, how far and how long; null where the plan does not say."""

    verdict: Classification
    distance_m: float | None = None
    planned_s: float | None = None


def classify_session(session: Session, choice: Choice) -> SessionClass:
    """Return what a session means.

    What a file says in columns made for it goes before words; the title before the description; and how long the
    calendar keeps free comes last.
    """
    verdict = verdict_of(session, choice)
    if verdict is not Classification.RUN:
        return SessionClass(verdict)
    return SessionClass(verdict, _distance(session), _duration(session))


def _distance(session: Session) -> float | None:
    if session.distance_m or mentions_two_sports(session):
        return session.distance_m
    return _said_of_the_whole(session, distance_of, DISTANCE_NAMES)


def _duration(session: Session) -> float | None:
    if session.planned_s or mentions_two_sports(session):
        return session.planned_s
    return _said_of_the_whole(session, duration_of, DURATION_NAMES) or _slot(session)


def _said_of_the_whole(session: Session, amount_of: Callable[[str], float | None], names: str) -> float | None:
    """Return what the title says, else a line of the description made for it, else the description's first line."""
    title, detail = plain(session.title), plain(session.detail, LONGEST_DETAIL)
    first_line, *_ = [*detail.splitlines(), ""]
    piecewise = has_repetitions(title) or PIECES.search(first_line)
    said = amount_of(title) or amount_of(labelled(detail, names))
    return said or (None if piecewise else amount_of(first_line))


def _slot(session: Session) -> float | None:
    """Return how long the calendar keeps free, if a run can take as long."""
    return session.slot_s if session.slot_s and LEAST_SLOT_S <= session.slot_s <= LONGEST_SLOT_S else None
