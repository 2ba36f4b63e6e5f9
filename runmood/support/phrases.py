"""Whether words touch on distress, or on what needs a doctor: phrases, clause by clause. No score comes of it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_FILE = Path(__file__).parent / "phrases.toml"
_APOSTROPHES = re.compile("['\u2019\u02bc\u0060\u00b4]")
_NO_LETTERS = re.compile(r"[\W_]+")
_CLAUSES = re.compile(
    r"[.!?;:,\u2026()]+|\n\s*\n|\s[-\u2013\u2014]+\s|\b(?:but|although|though|yet"
    r"|aber|doch|sondern|obwohl|(?<!alleen )maar|hoewel)\b"
)
_GOES_ON = re.compile(
    r",\s*(?=(?:mich|mir|mein|dass|that|das|ich w\u00e4re|ob|wenn|if|because|weil|schluss|zu"
    r"|dat|omdat|mezelf|einfach|gewoon|wof\u00fcr|wie ich)\b)"
)
_UMLAUTS = str.maketrans({"\u00e4": "ae", "\u00f6": "oe", "\u00fc": "ue"})
_PARTS = re.compile(r"\(([^)]*)\)|\[([^]]*)\]|(\*)|(\^)|(\$)|([^\s()\[\]*^$]+)")
_NEGATION_REACHES = 4  # words
_ENDS_NEGATION = {"and", "because", "so", "that", "i", "und", "weil", "ich", "dass", "en", "omdat", "ik", "dat"}
_YEAR_GONE = re.compile(r" (?:19|20)\d\d (?:(?:i|ich|ik) )?(?:was|war|wanted|wollte|wilde)(?: i| ich| ik)?$")
_TURNS_ROUND = "not|never|no|nicht|nie|niemals|kein|keine|keinen|niet|nooit|geen"  # which no word of three may be
VERY_LOW, LOW = 1, 3  # of mood, 0 to 10
CHEST_PAIN = "chest pain"  # a tag
LEFT_OUT = "-"


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
    """Whether a mood is so low that people to talk to are named, whatever the words."""
    return mood is not None and mood <= VERY_LOW


def touches_on_distress(text: str, mood: float | None = None, own: Iterable[str] = ()) -> bool:
    """Return whether a clause holds a phrase after which the panel is shown, neither negated nor of long ago.

    It will miss much, and meet much that was meant otherwise. Hopeless words count beside a low mood; beside a very low
    one no match is taken for a way of speaking. `own` are phrases that a person adds; one that begins with a minus is
    left out.
    """
    clauses = list(_clauses(text))
    if not clauses:
        return False  # and no phrase is read, since most check-ins are without a note
    added = [_pattern(phrase) for phrase in own if _plain(phrase).strip() and not phrase.startswith(LEFT_OUT)]
    left_out = {_plain(phrase) for phrase in own if phrase.startswith(LEFT_OUT)}
    low = mood is not None and mood <= LOW
    patterns = [*_lists("always"), *(_lists("when_low") if low else ())]
    for clause in clauses:
        if any(pattern.search(clause) for pattern in added):
            return True
        for match in (match for pattern in patterns for match in pattern.finditer(clause)):
            excluded = any(phrase.strip() and phrase in clause for phrase in left_out)
            if not excluded and _is_meant(clause, match, idioms=not is_very_low(mood)):
                return True
    return False


def needs_a_doctor(text: str, tags: Iterable[str] = ()) -> bool:
    """Whether words or tags of a check-in say chest pain, fainting or the like: medical help is named then."""
    if CHEST_PAIN in tags:
        return True
    return any(
        _is_meant(clause, match, idioms=False) and not _found("not_medical", clause)
        for clause in _clauses(text)
        for pattern in _lists("medical")
        for match in pattern.finditer(clause)
    )


def _is_meant(clause: str, match: re.Match[str], *, idioms: bool) -> bool:
    """Whether a match stands for itself: not negated, not of long ago, not somebody else's, not a way of speaking."""
    before, after = clause[: match.start()], clause[match.end() :]
    if _is_negated(before) or _found("of_others", clause) or _found("is_over", after):
        return False
    if (_found("past", clause) or _YEAR_GONE.search(before)) and not _found("present", clause):
        return False
    if not idioms or _found("on_purpose", clause):
        return True
    beside = any(pattern.match(f" {after.lstrip()}") for pattern in _guards("idiom_after"))
    inside = clause[match.start() : match.end()]
    return not (beside or _found("idiom_before", before) or _found("idiom_before", inside))


def _is_negated(before: str) -> bool:
    near = before.split()[-_NEGATION_REACHES:]
    for place in range(len(near) - 1, -1, -1):
        if near[place] in _ENDS_NEGATION:
            near = near[place + 1 :]
            break
    words = f" {' '.join(near)} "
    return _found("negated", words) and not _found("not_negated", f"{before} ")


def _found(name: str, text: str) -> bool:
    return any(pattern.search(text) for pattern in _guards(name))


def _clauses(text: str) -> Iterator[str]:
    """Yield the clauses of a text, in plain letters."""
    joined = _GOES_ON.sub(" ", unicodedata.normalize("NFC", text.casefold()))
    for clause in _CLAUSES.split(joined):
        plain = _plain(clause)
        if plain.strip():
            yield plain


@cache
def _lists(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(phrase) for phrases in _read()[name].values() for phrase in phrases)


@cache
def _guards(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(_pattern(phrase) for phrase in _read()["guards"][name])


@cache
def _read() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _pattern(phrase: str) -> re.Pattern[str]:
    """Compile a phrase: a part in round brackets is one of several, in square brackets it may be absent."""
    made = ""
    for one_of, optional, any_words, start, end, word in _PARTS.findall(phrase):
        if one_of or optional:
            ways = "|".join(re.escape(_plain(way).strip()) for way in (one_of or optional).split("|"))
            made += f"(?: (?:{ways})(?= ))" + "?" * bool(optional)
        elif any_words:
            made += rf"(?: (?!(?:{_TURNS_ROUND}) )\w+){{0,3}}"
        elif start or end:
            made += "^" if start else " $"
        else:
            made += f" {re.escape(_plain(word).strip())}(?= )" if _plain(word).strip() else ""
    return re.compile(made)


def _plain(text: str) -> str:
    """Small letters without accents, umlauts written out, one blank around each word; an apostrophe is nothing."""
    folded = unicodedata.normalize("NFC", _APOSTROPHES.sub("", text.casefold())).translate(_UMLAUTS)
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(letter))
    return f" {_NO_LETTERS.sub(' ', bare).strip()} "
