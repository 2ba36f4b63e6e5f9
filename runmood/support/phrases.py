"""Whether words touch on distress, or on what needs a doctor: phrases, clause by clause. No score comes of it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_FILE = Path(__file__).parent / "phrases.toml"
_APOSTROPHES = re.compile("['\u2019\u02bc\u0060\u00b4]")
_NO_LETTERS = re.compile(r"[\W_]+")
_CLAUSES = re.compile(
    r"[.!?;:,\u2026()]+|\n\s*\n|\s[-\u2013\u2014]+\s|\b(?:but|although|though|yet"
    r"|aber|(?<!ich )doch|sondern|obwohl|(?<!alleen )(?<!nog )(?<!was )(?<!liever )maar|hoewel)\b"
)
_GOES_ON = re.compile(
    r",\s*(?=(?:mich|mir|mein|dass|that|das|ich w\u00e4re|ob|wenn|if|because|weil|schluss|zu"
    r"|dat|omdat|mezelf|einfach|gewoon|wof\u00fcr|wie ich|om|nicht mehr|nie wieder"
    r"|alles zu|allem|es zu|von der|vor (?:den|einen?|das|die)|hier zu|am leben zu|da zu|alle w\u00e4ren"
    r"|(?:ist|sind|is|are|zijn) (?:jetzt |now |nu )?(?:weg|vorbei|gone|over|voorbij|verschwunden|verdwenen))\b)"
)
_E_OF_UMLAUT = re.compile("(?<=[aou])e")
_TOKENS = re.compile(r"\{\w+\}|[()\[\]|*^$]|[^\s()\[\]|*^${}]+")
_NEGATION_REACHES = 4  # words
_ENDS_NEGATION = {"and", "because", "so", "that", "i", "und", "weil", "ich", "dass", "en", "omdat", "ik", "dat"}
_YEAR_GONE = re.compile(r" (?:19|20)\d\d (?:(?:i|ich|ik) )?(?:was|war|wanted|wollte|wilde)(?: i| ich| ik)?$")
_TURNS_ROUND = {
    *("not", "never", "no", "nobody", "nicht", "nie", "niemals", "kein", "keine", "keinen", "niemand"),
    *("niet", "nooit", "geen"),
}
_FREE_WORDS = 3  # at most for a star, and none of those that turn round
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
    added = [_phrase(phrase) for phrase in own if _plain(phrase) and not phrase.startswith(LEFT_OUT)]
    left_out = [f" {plain} " for phrase in own if phrase.startswith(LEFT_OUT) and (plain := _plain(phrase))]
    low = mood is not None and mood <= LOW
    lists = [_by_first_word("always"), *([_by_first_word("when_low")] if low else [])]
    for clause in clauses:
        if any(_holds(phrase, clause) for phrase in added):
            return True
        if any(phrase in f" {' '.join(clause)} " for phrase in left_out):
            continue
        for start, end in {place for phrases in lists for place in _places(phrases, clause)}:
            if _is_meant(clause, start, end, idioms=not is_very_low(mood)):
                return True
    return False


def needs_a_doctor(text: str, tags: Iterable[str] = ()) -> bool:
    """Whether words or tags of a check-in say chest pain, fainting or the like: medical help is named then."""
    if CHEST_PAIN in tags:
        return True
    return any(
        _is_meant(clause, start, end, idioms=False) and not _found("not_medical", clause)
        for clause in _clauses(text)
        for start, end in _places(_by_first_word("medical"), clause)
    )


def _is_meant(clause: list[str], start: int, end: int, *, idioms: bool) -> bool:
    """Whether a match stands for itself: not negated, not of long ago, not somebody else's, not a way of speaking."""
    before, inside, after = clause[:start], clause[start:end], clause[end:]
    if _is_negated(before) or _found("of_others", clause) or _found("is_over", after):
        return False
    if (_found("past", clause) or _YEAR_GONE.search(f" {' '.join(before)}")) and not _found("present", clause):
        return False
    if not idioms or _found("on_purpose", clause):
        return True
    beside = any(next(_ends(phrase, after, 0), 0) for phrase in _guards("idiom_after"))
    return not (beside or _found("idiom_before", before) or _found("idiom_before", inside))


def _is_negated(before: list[str]) -> bool:
    near = before[-_NEGATION_REACHES:]
    for place in range(len(near) - 1, -1, -1):
        if near[place] in _ENDS_NEGATION:
            near = near[place + 1 :]
            break
    return _found("negated", near) and not _found("not_negated", before)


def _found(name: str, words: list[str]) -> bool:
    return any(True for _ in _places(_guards_by_first_word(name), words))


def _clauses(text: str) -> Iterator[list[str]]:
    """Yield the clauses of a text, as words in plain letters."""
    joined = _GOES_ON.sub(" ", unicodedata.normalize("NFC", text.casefold()))
    for clause in _CLAUSES.split(joined):
        if words := _plain(clause).split():
            yield [_read()["spellings"].get(word, word) for word in words]


@dataclass(frozen=True, slots=True)
class _OneOf:
    """A part of a phrase that may read in several ways: by the first word, which of them may follow."""

    by_first_word: dict[str, list[_Phrase]]
    may_be_absent: bool

    @classmethod
    def of(cls, ways: tuple[_Phrase, ...], *, may_be_absent: bool) -> _OneOf:
        return cls(_index(ways), may_be_absent)


_Phrase = tuple["str | _OneOf", ...]
_ANY_WORD = "*"  # the index's name for phrases that may begin with any word, or nowhere but at an end


def _index(phrases: Iterable[_Phrase]) -> dict[str, list[_Phrase]]:
    """Phrases by the words with which they may begin."""
    index: dict[str, list[_Phrase]] = {}
    for phrase in phrases:
        for word in _first_words(phrase):
            index.setdefault(word, []).append(phrase)
    return index


def _first_words(phrase: _Phrase) -> set[str]:
    found: set[str] = set()
    for part in phrase:
        if isinstance(part, str):
            if part != "^":
                return found | {_ANY_WORD if part in "*$" else part}
        else:
            found |= part.by_first_word.keys()
            if not part.may_be_absent:
                return found
    return found | {_ANY_WORD}


def _places(index: dict[str, list[_Phrase]], words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where phrases stand among the words: the first word of each, and the word behind it."""
    for start, word in enumerate(words):
        for phrase in (*index.get(word, ()), *index.get(_ANY_WORD, ())):
            end = next(_ends(phrase, words, start), start)
            if end > start:
                yield start, end


def _holds(phrase: _Phrase, words: list[str]) -> bool:
    return any(next(_ends(phrase, words, start), start) > start for start in range(len(words)))


def _ends(phrase: _Phrase, words: list[str], at: int, part: int = 0) -> Iterator[int]:
    """Yield behind which words a phrase that begins at a word may end, the longest way first."""
    if part == len(phrase):
        yield at
        return
    for behind in _behind(phrase[part], words, at):
        yield from _ends(phrase, words, behind, part + 1)


def _behind(part: str | _OneOf, words: list[str], at: int) -> Iterable[int]:
    """Behind which words one part of a phrase may end."""
    if isinstance(part, _OneOf):
        return _behind_one_of(part, words, at)
    if part == "*":
        most = next((free for free in range(_FREE_WORDS) if not _is_free(words, at + free)), _FREE_WORDS)
        return range(at + most, at - 1, -1)
    if part in "^$":
        return (at,) if at == (0 if part == "^" else len(words)) else ()
    return (at + 1,) if words[at : at + 1] == [part] else ()


def _is_free(words: list[str], at: int) -> bool:
    return at < len(words) and words[at] not in _TURNS_ROUND


def _behind_one_of(part: _OneOf, words: list[str], at: int) -> Iterator[int]:
    for first in (*words[at : at + 1], _ANY_WORD):
        for way in part.by_first_word.get(first, ()):
            yield from _ends(way, words, at)
    if part.may_be_absent:
        yield at


@cache
def _by_first_word(name: str) -> dict[str, list[_Phrase]]:
    lists = _read()[name]
    return _index(_phrase(phrase, language) for language, phrases in lists.items() for phrase in phrases)


@cache
def _guards(name: str) -> tuple[_Phrase, ...]:
    return tuple(_phrase(phrase) for phrase in _read()["guards"][name])


@cache
def _guards_by_first_word(name: str) -> dict[str, list[_Phrase]]:
    return _index(_guards(name))


@cache
def _read() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _word_class(name: str, language: str) -> tuple[_Phrase, ...]:
    """Read a class of words, of the table `words` of a language."""
    return _ways(_TOKENS.findall(_read()["words"].get(language, {}).get(name, "")), language)


def _phrase(phrase: str, language: str = "") -> _Phrase:
    """Read a phrase: a part in round brackets is one of several, in square ones it may be absent, in braces a class."""
    ways = _ways(_TOKENS.findall(phrase), language)
    return ways[0] if len(ways) == 1 else (_OneOf.of(ways, may_be_absent=False),)


def _ways(tokens: list[str], language: str) -> tuple[_Phrase, ...]:
    """Take the ways up to a closing bracket, or to the end, from the front of the tokens."""
    ways: list[_Phrase] = []
    parts: list[str | _OneOf] = []
    while tokens and (sign := tokens.pop(0)) not in {")", "]"}:
        if sign in {"(", "["}:
            parts.append(_OneOf.of(_ways(tokens, language), may_be_absent=sign == "["))
        elif sign == "|":
            ways.append(tuple(parts))
            parts = []
        elif sign.startswith("{"):
            parts.append(_OneOf.of(_word_class(sign[1:-1], language), may_be_absent=False))
        else:
            parts += [sign] if sign in "*^$" else _plain(sign).split()
    return (*ways, tuple(parts))


def _plain(text: str) -> str:
    """Return small letters without accents, one blank between words; an apostrophe is nothing.

    Who has no key for an umlaut writes oe or o, so the e goes from every ae, oe and ue.
    """
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return _E_OF_UMLAUT.sub("", _NO_LETTERS.sub(" ", bare).strip())
