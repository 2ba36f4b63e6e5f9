"""Whether words touch on distress, or on what needs a doctor: phrases, clause by clause. No score comes of it."""

from __future__ import annotations

import itertools
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_FILE = Path(__file__).parent / "phrases.toml"
_APOSTROPHES = re.compile("['\u2019\u02bc\u0060\u00b4]")
_NO_LETTERS = re.compile(r"[\W_]+")
_E_OF_UMLAUT = re.compile("(?<=[aou])e")
_CLAUSES = re.compile(
    r"[.!?;:,()]+|\n\s*\n|\s[-\u2013\u2014]+\s|\b(?:(?<!do )(?<!left )(?<!nothing )but|although|though|yet"
    r"|aber|(?<!ich )doch|sondern|obwohl|(?<!alleen )(?<!nog )(?<!was )(?<!ik )(?<!liever )maar|hoewel)\b"
)
_GOES_ON = re.compile(
    r"(?:,\s*(?=(?:mich|mir|mein|dass|that|das|ich ware|ob|wenn|if|because|weil|schluss|zu"
    r"|dat|omdat|mezelf|einfach|gewoon|wofur|wie ich|om|nicht mehr|nicht zu|nie wieder"
    r"|hatte ich|id (?:be|have)|dan was ik|was ich|wat ik|ist sterben|is doodgaan|nicht zu springen"
    r"|alles zu|allem|es zu|von der|vor (?:den|ein(?:en?)?|das|die)|hier zu|am leben zu|da zu|alle waren"
    r"|(?:ist|sind|is|are|zijn) (?:jetzt |now |nu )?(?:weg|vorbei|gone|over|voorbij|verschwunden|verdwenen))\b)"
    r"|[?,:;.-]+\s*(?=(?:no|none|nope|not at all|nein|keine|gar nicht|nee|geen)\s*(?:[.!]|$)"
    r"|(?:(?:it|that|this|das|es|dat|het)\s(?:is|was|ist|war|has|hat|liegt|heeft)\s)?(?:[\w ]{0,20}\s)?"
    r"(?:ago|her|geleden|hinter mir|behind me|achter me|passed|vorbei|voorbij)\s*(?:[.!]|$)))"
)
_TOKENS = re.compile(r"\{\w+\}|[()\[\]|*^$&]|[^\W_]+")
_OPENS, _CLOSES = ("(", "["), (")", "]")
_NEGATION_REACHES = 4  # words
_ENDS_NEGATION = {"and", "because", "so", "that", "i", "und", "weil", "ich", "dass", "en", "omdat", "ik", "dat"}
_JOINS = {"and", "und", "en", "because", "weil", "omdat", "so"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_WENT = {"was", "had", "wanted", "tried", "thought", "war", "hatte", "wollte", "dachte", "wilde", "wou", "dacht"}
_TURNS_ROUND = {
    *("not", "never", "no", "nobody", "nicht", "nie", "niemals", "kein", "keine", "keinen", "niemand"),
    *("niet", "nooit", "geen", "nothing", "nichts", "nix", "niets", "niks"),
}
_FREE_WORDS = 3  # at most for a star, and none of those that turn round
_WORDS_BETWEEN = 6  # at most between two parts that may stand in any order, and none of those that turn round
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
        return False  # most check-ins are without a note
    own = list(own)
    added = _index(_phrase(folded(phrase)) for phrase in own if _plain(phrase) and not phrase.startswith(LEFT_OUT))
    left_out = [f" {plain} " for phrase in own if phrase.startswith(LEFT_OUT) and (plain := _plain(phrase))]
    lists = ["always", "when_low"] if mood is not None and mood <= LOW else ["always"]
    languages = _languages(clauses)
    for clause in clauses:
        if any(True for _ in _places(added, clause)):
            return True
        if any(phrase in f" {' '.join(clause)} " for phrase in left_out):
            continue
        for place in {place for name in lists for place in _places_of(name, languages, clause)}:
            if _is_meant(clause, place, idioms=not is_very_low(mood)):
                return True
    whole = [word for clause in clauses for word in clause]
    return any(_is_meant(whole, place, idioms=True) for place in _places_of("across_clauses", languages, whole))


def needs_a_doctor(text: str, tags: Iterable[str] = ()) -> bool:
    """Whether words or tags of a check-in say chest pain, fainting or the like: medical help is named then."""
    if CHEST_PAIN in tags:
        return True
    if not (clauses := list(_clauses(text))):
        return False
    languages = _languages(clauses)
    return any(
        _is_meant(clause, place, idioms=False) and not _found("not_medical", clause)
        for clause in clauses
        for place in _places_of("medical", languages, clause)
    )


class _Place(NamedTuple):
    """Where a phrase stands among the words of a clause: its first word, and the word behind it."""

    start: int
    end: int


def _is_meant(clause: list[str], place: _Place, *, idioms: bool) -> bool:
    """Whether a match stands for itself: not negated, not of long ago, not somebody else's, not a way of speaking."""
    before, inside, after = clause[: place.start], clause[place.start : place.end], clause[place.end :]
    if _is_negated(before) or _found("of_others", clause) or _found("is_over", after) or _is_of_another(before, inside):
        return False
    if (_found("past", clause) or _is_of_a_year(_since_joint(before) + inside)) and not _found("present", clause):
        return False
    if not idioms or _found("on_purpose", clause):
        return True
    return not (_begins("idiom_after", after) or _found("idiom_before", before) or _found("idiom_before", inside))


def _is_negated(before: list[str]) -> bool:
    near = before[-_NEGATION_REACHES:]
    for place in range(len(near) - 1, -1, -1):
        if near[place] in _ENDS_NEGATION:
            near = near[place + 1 :]
            break
    return _found("negated", near) and not _found("not_negated", before)


def _is_of_another(before: list[str], inside: list[str]) -> bool:
    """Whether a clause speaks of another up to a match, and not of who writes: "my brother wanted to die"."""
    said = _since_joint(before)
    others = list(_places(_guards_by_first_word("another"), said))
    named = {place for start, end in others for place in range(start, end)}
    of_oneself = [word for place, word in enumerate(said) if place not in named]
    return bool(others) and not _found("oneself", [*of_oneself, *inside])


def _is_of_a_year(words: list[str]) -> bool:
    """Whether words name a year and speak of it as gone by."""
    return not _WENT.isdisjoint(words) and any(map(_YEAR.fullmatch, words))


def _since_joint(words: list[str]) -> list[str]:
    joint = max((place for place, word in enumerate(words) if word in _JOINS), default=-1)
    return words[joint + 1 :]


def _found(name: str, words: list[str]) -> bool:
    return any(True for _ in _places(_guards_by_first_word(name), words))


def _begins(name: str, words: list[str]) -> bool:
    """Whether words begin with a phrase."""
    index = _guards_by_first_word(name)
    phrases = [phrase for first in (*words[:1], _ANY_WORD) for phrase in index.get(first, ())]
    return any(next(_ends(phrase, words, 0), 0) for phrase in phrases)


def _clauses(text: str) -> Iterator[list[str]]:
    """Yield the clauses of a text, as words in plain letters; without a text no phrase is read."""
    if not text:
        return
    for clause in _CLAUSES.split(_GOES_ON.sub(" ", folded(text))):
        if words := _NO_LETTERS.sub(" ", clause).split():
            yield words


def _languages(clauses: Iterable[list[str]]) -> list[str]:
    """Return in which languages words may be; those whose words of every day are not known are always among them."""
    words = {word for clause in clauses for word in clause}
    every, known = _read()["always"], _everyday()
    shown = [language for language in every if language not in known or known[language] & words]
    return shown if known.keys() & shown else list(every)


def _places_of(name: str, languages: Iterable[str], words: list[str]) -> Iterator[_Place]:
    for language in languages:
        yield from _places(_by_first_word(name, language), words)


class _OneOf:
    """A part of a phrase that may read in several ways, which are read when a word first stands before it."""

    def __init__(self, tokens: Sequence[str], language: str, *, may_be_absent: bool) -> None:
        self._tokens, self._language, self.may_be_absent = tokens, language, may_be_absent

    @cached_property
    def by_first_word(self) -> dict[str, list[_Phrase]]:
        """The ways, by the words with which they may begin."""
        return _index(_ways(self._tokens, self._language))


_Phrase = tuple["str | _OneOf | _InAnyOrder", ...]
_ANY_WORD = "*"  # the index's name for phrases that may begin with any word, or nowhere but at an end


class _InAnyOrder(NamedTuple):
    """Phrases that stand near each other in a clause, whichever comes first."""

    phrases: tuple[_Phrase, ...]

    def places(self, words: list[str]) -> Iterator[_Place]:
        """Yield where all of them stand, from the first word of the first to behind the last."""
        each = [[place for place in _everywhere(phrase, words) if place.end > place.start] for phrase in self.phrases]
        for chosen in itertools.product(*each):
            ordered = sorted(chosen)
            if all(_is_near(words, one, other) for one, other in itertools.pairwise(ordered)):
                yield _Place(ordered[0].start, ordered[-1].end)


def _is_near(words: list[str], one: _Place, other: _Place) -> bool:
    between = words[one.end : other.start]
    return one.end <= other.start and len(between) <= _WORDS_BETWEEN and not _TURNS_ROUND.intersection(between)


def _everywhere(phrase: _Phrase, words: list[str]) -> Iterator[_Place]:
    return (_Place(start, next(_ends(phrase, words, start), start)) for start in range(len(words)))


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
        if isinstance(part, _InAnyOrder):
            return found | _first_words(part.phrases[0])
        if isinstance(part, str):
            if part != "^":
                return found | {_ANY_WORD if part in "*$" else part}
        else:
            found |= part.by_first_word.keys()
            if not part.may_be_absent:
                return found
    return found | {_ANY_WORD}


def _places(index: dict[str, list[_Phrase]], words: list[str]) -> Iterator[_Place]:
    """Yield where phrases stand among the words."""
    for start, word in enumerate(words):
        for phrase in (*index.get(word, ()), *index.get(_ANY_WORD, ())):
            if phrase and isinstance(phrase[0], _InAnyOrder):
                yield from phrase[0].places(words)
            elif (end := next(_ends(phrase, words, start), start)) > start:
                yield _Place(start, end)


def _ends(phrase: _Phrase, words: list[str], at: int, part: int = 0) -> Iterator[int]:
    """Yield behind which words a phrase that begins at a word may end, the longest way first."""
    if part == len(phrase):
        yield at
        return
    for behind in _behind(phrase[part], words, at):
        yield from _ends(phrase, words, behind, part + 1)


def _behind(part: str | _OneOf | _InAnyOrder, words: list[str], at: int) -> Iterable[int]:
    """Behind which words one part of a phrase may end."""
    if isinstance(part, _OneOf):
        return _behind_one_of(part, words, at)
    if isinstance(part, _InAnyOrder):
        return ()  # it is found in a clause as a whole
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
def _by_first_word(name: str, language: str) -> dict[str, list[_Phrase]]:
    return _index(_phrase(phrase, language) for phrase in _read()[name].get(language, ()))


@cache
def _everyday() -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in _read()["everyday"].items()}


@cache
def _guards_by_first_word(name: str) -> dict[str, list[_Phrase]]:
    return _index(_phrase(phrase) for phrase in _read()["guards"][name])


@cache
def _read() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _word_class(name: str, language: str) -> _OneOf:
    """Read a class of words, of the table `words` of a language."""
    ways = _read()["words"].get(language, {}).get(name, "")
    return _OneOf(_TOKENS.findall(ways), language, may_be_absent=False)


def _phrase(folded: str, language: str = "") -> _Phrase:
    """Read a phrase: a part in round brackets is one of several, in square ones it may be absent, in braces a class."""
    tokens = _TOKENS.findall(folded)
    near = [_one(part, language) for part in _split(tokens, "&")]
    return near[0] if len(near) == 1 else (_InAnyOrder(tuple(near)),)


def _one(tokens: Sequence[str], language: str) -> _Phrase:
    ways = _ways(tokens, language)
    return ways[0] if len(ways) == 1 else (_OneOf(tokens, language, may_be_absent=False),)


def _ways(tokens: Sequence[str], language: str) -> list[_Phrase]:
    return [tuple(_parts(way, language)) for way in _split(tokens, "|")]


def _split(tokens: Sequence[str], sign: str) -> list[Sequence[str]]:
    """Split tokens at a sign that stands in no brackets."""
    if sign not in tokens:
        return [tokens]
    start, parts = 0, []
    for place, end in _outside_brackets(tokens):
        if end == place + 1 and tokens[place] == sign:
            parts.append(tokens[start:place])
            start = end
    return [*parts, tokens[start:]]


def _parts(tokens: Sequence[str], language: str) -> Iterator[str | _OneOf]:
    """Yield the parts of one way, what stands in brackets unread; a bracket that closes nothing is no part."""
    for start, end in _outside_brackets(tokens):
        sign = tokens[start]
        if sign in _OPENS:
            closes = tokens[end - 1] in _CLOSES
            yield _OneOf(tokens[start + 1 : end - closes], language, may_be_absent=sign == "[")
        elif sign[0] == "{":
            yield _word_class(sign[1:-1], language)
        elif sign not in _CLOSES and sign != "&":
            yield sign


def _outside_brackets(tokens: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each token, or each pair of brackets with what it holds, begins and ends."""
    start, depth = 0, 0
    for place, token in enumerate(tokens):
        if token in _OPENS:
            start = start if depth else place
            depth += 1
        elif depth:
            depth -= token in _CLOSES
            if not depth:
                yield start, place + 1
        else:
            yield place, place + 1
    if depth:
        yield start, len(tokens)


@cache
def _spellings() -> re.Pattern[str]:
    """One pattern of every way a word is written, each a group by the word's place in the table."""
    ways = _read()["spellings"].values()
    return re.compile(r"\b(?:" + "|".join(f"({way})" for way in ways) + r")\b")


def folded(text: str) -> str:
    """Return small letters without accents and apostrophes, each word as it stands in the phrases; signs stay.

    Who has no key for an umlaut writes oe or o, so the e goes from every ae, oe and ue.
    """
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    bare = apart if apart.isascii() else "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = list(_read()["spellings"])
    return _spellings().sub(lambda found: words[(found.lastindex or 1) - 1], _E_OF_UMLAUT.sub("", bare))


def _plain(text: str) -> str:
    """Return words alone, one blank between them."""
    return _NO_LETTERS.sub(" ", folded(text)).strip()
