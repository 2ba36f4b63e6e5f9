"""A small grammar of phrases, and where one stands among the words of a clause.

`(a|b)` is one of them, `[a|b]` may be left out, `{a}` is a class of words, `*` stands for up to three words but a
negation, `^` and `$` for the ends of a clause, and `a & b` for both, near each other in whichever order.
"""

from __future__ import annotations

import itertools
import re
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from runmood.support.tables import read_tables, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


_TOKENS = re.compile(r"\{\w+\}|[()\[\]|*^$&]|[^\W_]+")
_OPENS, _CLOSES = ("(", "["), (")", "]")
_FREE_WORDS = 3  # at most for a star, and none of those that turn round
_WORDS_BETWEEN = 6  # at most between two parts that may stand in any order, and none of those that turn round


class Place(NamedTuple):
    """Where a phrase stands among the words of a clause: its first word, and the word behind it."""

    start: int
    end: int


class _OneOf:
    """A part of a phrase that may read in several ways, which are read when a word first stands before it."""

    def __init__(self, tokens: Sequence[str], language: str, *, may_be_absent: bool) -> None:
        self._tokens, self._language, self.may_be_absent = tokens, language, may_be_absent

    @cached_property
    def by_first_word(self) -> dict[str, list[Phrase]]:
        """The ways, by the words with which they may begin."""
        return index_phrases(_ways(self._tokens, self._language))


Phrase = tuple["str | _OneOf | _InAnyOrder", ...]
ANY_WORD = "*"  # the index's name for phrases that may begin with any word, or nowhere but at an end


class _InAnyOrder:
    """Phrases that stand near each other in a clause, whichever comes first."""

    def __init__(self, phrases: Sequence[Phrase]) -> None:
        self._phrases = phrases

    @cached_property
    def indexes(self) -> list[dict[str, list[Phrase]]]:
        """Each of them by the words with which it may begin."""
        return [index_phrases([phrase]) for phrase in self._phrases]

    def places(self, words: list[str]) -> Iterator[Place]:
        """Yield where all of them stand, from the first word of the first to behind the last."""
        turns = [word in words_of("turns_round") for word in words]
        found: list[dict[int, int]] = []  # of each phrase: behind which word it ends, by its first word
        for index in self.indexes:
            found.append(dict(find_places(index, words)))
            if not found[-1]:
                return
        for order in itertools.permutations(found):
            for start, end in order[0].items():
                for last in _ends_behind(order[1:], end, turns):
                    yield Place(start, last)


def _ends_behind(phrases: Sequence[dict[int, int]], at: int, turns: list[bool]) -> Iterator[int]:
    """Yield behind which words the last of some phrases ends that follow each other, each near the one before."""
    if not phrases:
        yield at
        return
    for start in range(at, at + _WORDS_BETWEEN + 1):
        if start in phrases[0]:
            yield from _ends_behind(phrases[1:], phrases[0][start], turns)
        if start >= len(turns) or turns[start]:
            return


def index_phrases(phrases: Iterable[Phrase]) -> dict[str, list[Phrase]]:
    """Phrases by the words with which they may begin."""
    index: dict[str, list[Phrase]] = {}
    for phrase in phrases:
        for word in _first_words(phrase):
            index.setdefault(word, []).append(phrase)
    return index


def _first_words(phrase: Phrase) -> set[str]:
    found: set[str] = set()
    for part in phrase:
        if isinstance(part, _InAnyOrder):
            return found | part.indexes[0].keys()
        if isinstance(part, str):
            if part != "^":
                return found | {ANY_WORD if part in "*$" else part}
        else:
            found |= part.by_first_word.keys()
            if not part.may_be_absent:
                return found
    return found | {ANY_WORD}


def find_places(index: dict[str, list[Phrase]], words: list[str]) -> Iterator[Place]:
    """Yield where phrases stand among the words."""
    in_any_order: dict[_InAnyOrder, None] = {}  # each is looked for once
    for start, word in enumerate(words):
        for phrase in (*index.get(word, ()), *index.get(ANY_WORD, ())):
            if phrase and isinstance(phrase[0], _InAnyOrder):
                in_any_order[phrase[0]] = None
            elif (end := next(find_ends(phrase, words, start), start)) > start:
                yield Place(start, end)
    for each in in_any_order:
        yield from each.places(words)


def find_ends(phrase: Phrase, words: list[str], at: int, part: int = 0) -> Iterator[int]:
    """Yield behind which words a phrase that begins at a word may end, the longest way first."""
    if part == len(phrase):
        yield at
        return
    for behind in _behind(phrase[part], words, at):
        yield from find_ends(phrase, words, behind, part + 1)


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
    return at < len(words) and words[at] not in words_of("turns_round")


def _behind_one_of(part: _OneOf, words: list[str], at: int) -> Iterator[int]:
    for first in (*words[at : at + 1], ANY_WORD):
        for way in part.by_first_word.get(first, ()):
            yield from find_ends(way, words, at)
    if part.may_be_absent:
        yield at


@cache
def _word_class(name: str, language: str) -> _OneOf:
    """Read a class of words, of the table `words` of a language."""
    ways = read_tables()["words"].get(language, {}).get(name, "")
    return _OneOf(_TOKENS.findall(ways), language, may_be_absent=False)


def read_phrase(folded: str, language: str = "") -> Phrase:
    """Read a phrase: a part in round brackets is one of several, in square ones it may be absent, in braces a class."""
    tokens = _TOKENS.findall(folded)
    near = [_one(part, language) for part in _split(tokens, "&")]
    return near[0] if len(near) == 1 else (_InAnyOrder(tuple(near)),)


def _one(tokens: Sequence[str], language: str) -> Phrase:
    ways = _ways(tokens, language)
    return ways[0] if len(ways) == 1 else (_OneOf(tokens, language, may_be_absent=False),)


def _ways(tokens: Sequence[str], language: str) -> list[Phrase]:
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
