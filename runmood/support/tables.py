"""The lists of words of distress, from the folders of the languages, and the form in which notes meet them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_FILE = Path(__file__).parent / "phrases.toml"
_OF_A_LANGUAGE = Path(__file__).parents[1] / "locale"
_APOSTROPHES = re.compile("['\u2019\u02bc\u0060\u00b4]")
_NO_LETTERS = re.compile(r"[\W_]+")
_E_OF_UMLAUT = re.compile("(?<=[aou])e")
_QUOTED = re.compile('["\u201c\u201d\u201e\u00ab\u00bb][^"\u201c\u201d\u201e\u00ab\u00bb]*["\u201c\u201d\u00ab\u00bb]')
_SIGNS = r"[.!?;:,()]+|\n\s*\n|\s[-\u2013\u2014]+\s"


@cache
def read_tables() -> dict[str, dict[str, Any]]:
    """Return every table by name and then by language; `spellings` are of all languages together."""
    merged: dict[str, dict[str, Any]] = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    spellings = merged.pop("spellings")
    merged["spellings"] = {}
    for path in sorted(_OF_A_LANGUAGE.glob("*/support/phrases.toml")):
        own = tomllib.loads(path.read_text(encoding="utf-8"))
        merged["spellings"] |= own.pop("spellings")
        for name, table in own.items():
            merged.setdefault(name, {})[path.parts[-3]] = table
    merged["spellings"] |= spellings
    return merged


@cache
def words_of(name: str) -> frozenset[str]:
    """Return the words of a table, of all languages."""
    return frozenset(word for words in read_tables()[name].values() for word in words.split())


@cache
def everyday() -> dict[str, frozenset[str]]:
    """Return the words of every day by language."""
    return {language: frozenset(words.split()) for language, words in read_tables()["everyday"].items()}


def languages_of(clauses: Iterable[list[str]]) -> tuple[str, ...]:
    """Return in which languages words may be; those whose words of every day are not known are always among them.

    A language that knows only words that another knows too, and two fewer, is not theirs: "tot" in Dutch is "until".
    """
    words = {word for clause in clauses for word in clause}
    every, known = read_tables()["always"], everyday()
    shows = {language: known[language] & words for language in known}
    shown = tuple(
        language
        for language in every
        if language not in known
        or (
            shows[language]
            and not any(shows[language] < more and len(more - shows[language]) > 1 for more in shows.values())
        )
    )
    return shown if known.keys() & shown else tuple(every)


def clauses_of(text: str) -> Iterator[list[str]]:
    """Yield the clauses of a text, as words in plain letters; without a text no phrase is read."""
    if not text:
        return
    begins, goes_on = _clause_patterns()
    for clause in begins.split(goes_on.sub(" ", folded(_without_quotations(text)))):
        if words := _NO_LETTERS.sub(" ", clause).split():
            yield words


def _without_quotations(text: str) -> str:
    """Return a text without what it quotes where it says that this is a song or a quotation, else all of it."""
    own = _QUOTED.sub(" ", text)
    return text if own == text or words_of("quotable").isdisjoint(plain(own).split()) else own


@cache
def _clause_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what parts two clauses, and what only looks so: a comma before "that", a full stop before "not at all"."""
    tables = read_tables()["clauses"].values()
    part, after_comma, answers, gone, it_is, says = (
        "|".join(filter(None, (table.get(name) for table in tables)))
        for name in ("part", "after_comma", "answers", "gone", "it_is", "says")
    )
    quotes = "|".join(rf"(?<={word})[:,]\s*" for word in says.split("|"))
    return (
        re.compile(rf"{_SIGNS}|\b(?:{part})\b"),
        re.compile(
            rf"(?:,\s*(?=(?:{after_comma})\b)|{quotes}|\?\s*(?=(?:{answers})\b)"
            rf"|[?,:;.-]+\s*(?:(?:{part})\s+)?(?=(?:{answers})\s*(?:[.!]|$)"
            rf"|(?:(?:{it_is})\s)?(?:[\w ]{{0,20}}\s)?(?:{gone})\s*(?:[.!]|$)))"
        ),
    )


@cache
def _spellings() -> re.Pattern[str]:
    """Return one pattern of every way a word is written, each a group by the word's place in the table."""
    ways = read_tables()["spellings"].values()
    return re.compile(r"\b(?:" + "|".join(f"({way})" for way in ways) + r")\b")


def folded(text: str) -> str:
    """Return small letters without accents and apostrophes, each word as it stands in the phrases; signs stay.

    Who has no key for an umlaut writes oe or o, so the e goes from every ae, oe and ue.
    """
    apart = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold()))
    bare = apart if apart.isascii() else "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = list(read_tables()["spellings"])
    return _spellings().sub(lambda found: words[(found.lastindex or 1) - 1], _E_OF_UMLAUT.sub("", bare))


def plain(text: str) -> str:
    """Return words alone, one blank between them."""
    return _NO_LETTERS.sub(" ", folded(text)).strip()
