"""Sentences, figures, dates and distances in every language."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from importlib.resources import files
from itertools import chain
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest

import runmood
from runmood.core.enums import LANGUAGES
from runmood.core.i18n import Translator, translator

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


# Built from a word of the data or of the code: months and weekdays, figures, words that a form or a message names.
BUILT = ("message.", "month.", "month_short.", "weekday.", "weekday_short.", "small.", "tags.", "measure.")
OTHERS = [language for language in LANGUAGES if language != "en"]
ENGLISH, GERMAN = (translator(language, "metric") for language in ("en", "de"))


def saying(sentence: str, like: Translator = ENGLISH) -> Translator:
    """A speech of one sentence."""
    return Translator(like.language, like.units, {**like.words, "it": sentence})


def blanks(text: str) -> set[str]:
    """What is filled in, be it within the forms of something else."""
    parts = [(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name]
    return {name for name, _ in parts} | {name for _, spec in parts for name in blanks(spec)}


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_says_everything(language: str) -> None:
    """Each text of the one is in the other, and the same things are filled in."""
    english, other = (translator(each, "metric").words for each in ("en", language))
    assert english.keys() == other.keys()
    assert [name for name in english if blanks(english[name]) != blanks(other[name])] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_name_is_given_twice(language: str) -> None:
    """Two files of a language never mean different sentences by one name."""
    folder = files("runmood.locale").joinpath(language)
    tables = [tomllib.loads(file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    names = Counter(chain.from_iterable(map(flat, tables)))
    assert [name for name, count in names.items() if count > 1] == []


def flat(table: Mapping[str, object], above: str = "") -> Iterator[str]:
    """The full names of its texts."""
    for name, value in table.items():
        yield from flat(value, f"{above}{name}.") if isinstance(value, dict) else (above + name,)


def test_no_sentence_is_left_over() -> None:
    """Every text is asked for somewhere: a name that nothing needs would be translated in vain."""
    package = Path(runmood.__file__).parent
    code = "".join(
        path.read_text(encoding="utf-8") for end in ("*.py", "*.j2", "*.html") for path in package.rglob(end)
    )
    asked = set(re.findall(r"""["']([a-z_]+(?:\.[A-Za-z_0-9]+)*)["']""", code))
    begun = set(re.findall(r"""f["']([a-z_]+\.[a-z_.]*)\{""", code)) | set(re.findall(r'"([a-z_.]+)"\s*~', code))
    begun |= {f"{kind}." for kind in re.findall(r"""choice\(\s*["']([a-z_.]+)["']""", code)}
    shared = translator("en", "metric").words
    assert [name for name in shared if name not in asked and not name.startswith((*begun, *BUILT))] == []


@pytest.mark.parametrize(
    ("sentence", "value", "said"),
    [
        ("{it}", 1234, "1,234"),
        ("{it}", 6.40, "6.4"),
        ("{it}", 7.0, "7"),
        ("{it}", -0.01, "0"),
        ("{it}", dt.date(2026, 11, 22), "22 November 2026"),
        ("{it}", ["a", "b", "c"], "a, b and c"),
        ("{it:run|runs}", 1, "1 run"),
        ("{it:run|runs}", 0, "0 runs"),
        ("{it:point|points}", 1.04, "1 point"),
        ("{it:point|points}", 1.06, "1.1 points"),
        ("{it:=was|were}", 1, "was"),
        ("{it:=was|were}", 2, "were"),
        ("{it:=One run|{it} runs}", 2, "2 runs"),
        ("{it:~week|weeks}", 6, "six weeks"),
        ("{it:~week|weeks}", 13, "13 weeks"),
        ("{it:~}", 3, "three"),
        ("{it:%}", 0.624, "62%"),
    ],
)
def test_what_stands_in_braces(sentence: str, value: object, said: str) -> None:
    """Figures, days, lists and the forms that go with a count are written as the language writes them."""
    assert saying(sentence)("it", it=value) == said


def test_what_a_person_wrote_is_left_as_it_is() -> None:
    """Braces in a person's words fill nothing in."""
    assert saying("You wrote {it}.")("it", it="{mood:%}") == "You wrote {mood:%}."


def test_what_cannot_be_said_is_a_fault_in_the_code() -> None:
    """A sentence holds nothing that has no words."""
    with pytest.raises(TypeError, match="and not None"):
        saying("{it}")("it", it=None)


def test_german_has_its_own_marks() -> None:
    """Decimals take a comma, thousands a point."""
    assert [GERMAN.figure(6.4), GERMAN.figure(1234), GERMAN.share(0.62)] == ["6,4", "1.234", "62\xa0%"]
