"""Whether words touch on distress, or on what needs a doctor: phrases, clause by clause. No score comes of it."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING

from runmood.support.classifier import resemblance
from runmood.support.grammar import ANY_WORD, Phrase, Place, find_ends, find_places, index_phrases, read_phrase
from runmood.support.tables import clauses_of, folded, languages_of, plain, read_tables, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_Languages = tuple[str, ...]  # those that a note shows
_NEGATION_REACHES = 4  # words that are no fillers
_YEAR = re.compile(r"(?:19|20)\d\d")
_YEAR_FOLLOWS = 3  # words behind a match
VERY_LOW, LOW = 1, 3  # of mood, 0 to 10
CHEST_PAIN = "chest pain"  # a tag
LEFT_OUT = "-"
RESEMBLES = 0.6  # log-odds of the classifier; chosen by writers left out, so that of others one in ten opens the panel
RESEMBLES_WHEN_LOW = 0.0


@dataclass(frozen=True, slots=True)
class OfferedSupport:
    """What is shown after words or a mood: the panel, one quiet line about someone to talk to, medical help."""

    panel: bool = False
    someone: bool = False
    doctor: bool = False


def offered_support(
    text: str, mood: float | None = None, tags: Iterable[str] = (), own: Iterable[str] = ()
) -> OfferedSupport:
    """Return what is shown to the person who wrote. After every mood of 0 or 1 it names someone to talk to."""
    return OfferedSupport(
        panel=touches_on_distress(text, mood, own), someone=is_very_low(mood), doctor=needs_a_doctor(text, tags)
    )


def is_very_low(mood: float | None) -> bool:
    """Return whether a mood is so low that people to talk to are named, whatever the words."""
    return mood is not None and mood <= VERY_LOW


def touches_on_distress(text: str, mood: float | None = None, own: Iterable[str] = ()) -> bool:
    """Return whether a clause holds a phrase after which the panel is shown, neither negated nor of long ago.

    It will miss much, and meet much that was meant otherwise. Where no phrase stands the note as a whole is weighed
    against what others wrote. Hopeless words count beside a low mood; beside a very low one no match is taken for a way
    of speaking. `own` are phrases that a person adds; one that begins with a minus is left out.
    """
    clauses = list(clauses_of(text))
    if not clauses:
        return False  # most check-ins are without a note
    own = list(own)
    added = index_phrases(
        read_phrase(folded(phrase)) for phrase in own if plain(phrase) and not phrase.startswith(LEFT_OUT)
    )
    left_out = [f" {words} " for phrase in own if phrase.startswith(LEFT_OUT) and (words := plain(phrase))]
    if any(True for words in clauses for _ in find_places(added, words)):
        return True
    low = mood is not None and mood <= LOW
    languages = languages_of(clauses)
    clauses = [clause for clause in clauses if not any(phrase in f" {' '.join(clause)} " for phrase in left_out)]
    for clause in clauses:
        places = {place for name in ("always", "when_low")[: 1 + low] for place in _places_of(name, languages, clause)}
        if any(_is_meant(clause, place, languages, idioms=not is_very_low(mood)) for place in places):
            return True
    note = [word for clause in clauses for word in clause]
    return bool(note) and resemblance(note) > (RESEMBLES_WHEN_LOW if low else RESEMBLES)


def needs_a_doctor(text: str, tags: Iterable[str] = ()) -> bool:
    """Return whether words or tags of a check-in say chest pain, fainting or the like: medical help is named then."""
    if CHEST_PAIN in tags:
        return True
    if not (clauses := list(clauses_of(text))):
        return False
    languages = languages_of(clauses)
    startled = _found("startled", [word for clause in clauses for word in clause], languages)
    return any(
        _is_meant(clause, place, languages, idioms=False)
        and not _found("not_medical", clause, languages)
        and not (startled and _found("nearly", clause, languages))
        for clause in clauses
        for place in _places_of("medical", languages, clause)
    )


def _is_meant(clause: list[str], place: Place, languages: _Languages, *, idioms: bool) -> bool:
    """Return whether a match counts: not negated, not of long ago, not somebody else's, not a figure of speech."""
    before, inside, after = clause[: place.start], clause[place.start : place.end], clause[place.end :]
    if _is_negated(before, languages) or _is_of_another(before, inside, languages):
        return False
    found, begins = partial(_found, languages=languages), partial(_begins, languages=languages)
    if found("of_others", clause) or found("is_over", after):
        return False
    said = _since_joint(before) + inside
    if found("past", clause) or _is_of_a_year(said + after[:_YEAR_FOLLOWS]):
        return found("goes_on", clause) or found("present", said + _until_joint(after))
    if not idioms or found("on_purpose", clause):
        return True
    return not (begins("idiom_after", after) or found("idiom_before", before) or found("idiom_before", inside))


def _is_negated(before: list[str], languages: _Languages) -> bool:
    if _found("turned_round", before, languages):
        return True
    near = before[_reach_of_negation(before, languages) :]
    for place in range(len(near) - 1, -1, -1):
        if near[place] in words_of("ends_negation"):
            near = near[place + 1 :]
            break
    return _found("negated", near, languages) and not _found("not_negated", before, languages)


def _reach_of_negation(before: list[str], languages: _Languages) -> int:
    """Return from which word on a negation may stand: so many words before a match, fillers not counted."""
    counted = [place for place, word in enumerate(before) if word not in _fillers(languages)]
    return counted[-_NEGATION_REACHES] if len(counted) >= _NEGATION_REACHES else 0


def _is_of_another(before: list[str], inside: list[str], languages: _Languages) -> bool:
    """Return whether a clause speaks of another up to a match, and not of who writes: "my brother wanted to die"."""
    said = _since_joint(before)
    others = list(find_places(_guards_by_first_word("another", languages), said))
    named = {place for start, end in others for place in range(start, end)}
    of_oneself = [word for place, word in enumerate(said) if place not in named]
    return bool(others) and not _found("oneself", [*of_oneself, *inside], languages)


def _is_of_a_year(words: list[str]) -> bool:
    """Return whether words name a year and speak of it as gone by."""
    return not words_of("went").isdisjoint(words) and any(map(_YEAR.fullmatch, words))


def _since_joint(words: list[str]) -> list[str]:
    joint = max((place for place, word in enumerate(words) if word in words_of("joins")), default=-1)
    return words[joint + 1 :]


def _until_joint(words: list[str]) -> list[str]:
    return list(itertools.takewhile(lambda word: word not in words_of("joins"), words))


def _found(name: str, words: list[str], languages: _Languages) -> bool:
    return _found_in(_guards_by_first_word(name, languages), words)


def _found_in(index: dict[str, list[Phrase]], words: list[str]) -> bool:
    return any(True for _ in find_places(index, words))


def _begins(name: str, words: list[str], languages: _Languages) -> bool:
    """Return whether words begin with a phrase."""
    index = _guards_by_first_word(name, languages)
    phrases = [phrase for first in (*words[:1], ANY_WORD) for phrase in index.get(first, ())]
    return any(next(find_ends(phrase, words, 0), 0) for phrase in phrases)


def _places_of(name: str, languages: Iterable[str], words: list[str]) -> Iterator[Place]:
    for language in languages:
        yield from find_places(_by_first_word(name, language), words)


@cache
def _by_first_word(name: str, language: str) -> dict[str, list[Phrase]]:
    return index_phrases(read_phrase(phrase, language) for phrase in read_tables()[name].get(language, ()))


@cache
def _fillers(languages: _Languages) -> frozenset[str]:
    """Words between a negation and what it turns round, which are not counted: "niet meer de neiging om …"."""
    return frozenset(word for phrase in _guards("fillers", languages) for word in phrase.split())


@cache
def _guards_by_first_word(name: str, languages: _Languages) -> dict[str, list[Phrase]]:
    return index_phrases(read_phrase(phrase) for phrase in _guards(name, languages))


def _guards(name: str, languages: _Languages) -> Iterator[str]:
    """Yield the guards of a name in the languages of a note: "er" is "he" in German and "there" in Dutch."""
    guards = read_tables()["guards"]
    return itertools.chain.from_iterable(guards.get(language, {}).get(name, ()) for language in languages)
