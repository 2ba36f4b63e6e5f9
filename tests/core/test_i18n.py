"""Sentences, figures, dates and distances in every language."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections import Counter
from itertools import chain
from pathlib import Path
from string import Formatter

import pytest

import pipelines
import runmood
from runmood.core.catalogue import FIRST_FILES, LOCALE, catalogue, flatten, languages, plural_form
from runmood.core.i18n import Translator, translator

# Built from a word of the data or of the code: months and weekdays, figures, words that a form or a message names.
BUILT = ("message.", "month.", "month_short.", "weekday.", "weekday_short.", "small.", "tags.", "measure.")
BESIDE_THE_CODE = "cli.help."  # English help stands with the commands: tests/cli/test_localize.py
OTHERS = [language for language in languages() if language != "en"]
ENGLISH, GERMAN = (translator(language, "metric") for language in ("en", "de"))


def saying(sentence: str, like: Translator = ENGLISH) -> Translator:
    """A translator with one more sentence."""
    return Translator(like.language, like.units, {**like.words, "it": sentence})


def blanks(text: str) -> set[str]:
    """What is filled in, be it within the forms of something else."""
    parts = [(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name]
    return {name for name, _ in parts} | {name for _, spec in parts for name in blanks(spec)}


@pytest.mark.parametrize("language", OTHERS)
def test_every_shipped_language_is_complete(language: str) -> None:
    """Each sentence of English is in the language's own files, no other is, and the same things are filled in."""
    english, other = (
        {name: words for name, words in catalogue(each).own().items() if not name.startswith(BESIDE_THE_CODE)}
        for each in ("en", language)
    )
    names = english.keys()
    assert sorted(names - other.keys()) == []
    assert sorted(other.keys() - names) == []
    assert [name for name in names if blanks(english[name]) != blanks(other[name])] == []


@pytest.mark.parametrize("language", languages())
def test_no_name_is_given_twice(language: str) -> None:
    """Two files of a language never mean different sentences by one name."""
    folder = LOCALE / language
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in folder.glob("*.toml")]
    names = Counter(chain.from_iterable(map(flatten, tables)))
    assert [name for name, count in names.items() if count > 1] == []


@pytest.mark.parametrize("language", languages())
def test_a_table_of_the_first_files_stands_in_no_other(language: str) -> None:
    """A word of a person's own, which no file has, is looked for in one of the first files alone."""
    tables = {path.stem: {*tomllib.loads(path.read_text("utf-8"))} for path in (LOCALE / language).glob("*.toml")}
    first = set[str]().union(*(tables.pop(name) for name in FIRST_FILES))
    assert first & set[str]().union(*tables.values()) == set()


def test_no_sentence_is_left_over() -> None:
    """Every text is asked for somewhere: a name that nothing needs would be translated in vain."""
    packages = [Path(package.__file__).parent for package in (runmood, pipelines) if package.__file__]
    files = [path for folder in packages for end in ("*.py", "*.j2", "*.html") for path in folder.rglob(end)]
    code = "".join(path.read_text(encoding="utf-8") for path in files)
    asked = set(re.findall(r"""["']([a-z_]+(?:\.[A-Za-z_0-9]+)*)["']""", code))
    begun = set(re.findall(r"""f["']([a-z_]+\.[a-z_.]*)\{""", code)) | set(re.findall(r'"([a-z_.]+)"\s*~', code))
    begun |= {f"{kind}." for kind in re.findall(r"""(?:choice|Term)\(\s*["']([a-z_.]+)["']""", code)}
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


# Languages beside the shipped ones: a folder is enough.

POLISH = """
language_name = "polski"
thousands = "\N{NO-BREAK SPACE}"
decimal = ","
plural = '''
one: i = 1 and v = 0;
few: v = 0 and i % 10 = 2..4 and i % 100 != 12..14;
many: v = 0 and i != 1 and i % 10 = 0..1 or v = 0 and i % 10 = 5..9 or v = 0 and i % 100 = 12..14
'''
ran = "{runs:bieg|biegi|biegów|biegu}"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Languages: a little English, less Polish."""
    for language, content in (("en", ENGLISH_FIGURES), ("pl", POLISH)):
        (tmp_path / language).mkdir()
        (tmp_path / language / "figures.toml").write_text(content, encoding="utf-8")
    (tmp_path / "en" / "cli").mkdir()
    (tmp_path / "en" / "cli" / "goals.toml").write_text('kept = "{goals:goal|goals} kept"\n', encoding="utf-8")
    (tmp_path / "en" / "choices.toml").write_text('tags.ill = "ill"\n', encoding="utf-8")
    (tmp_path / "en" / "other.toml").write_text("not TOML", encoding="utf-8")
    return tmp_path


ENGLISH_FIGURES = """
thousands = ","
decimal = "."
plural = "one: i = 1 and v = 0"
ran = "{runs:run|runs}"
rest = "a rest day"
"""


@pytest.mark.parametrize(
    ("runs", "sentence"),
    [(1, "1 bieg"), (2, "2 biegi"), (5, "5 biegów"), (12, "12 biegów"), (22, "22 biegi"), (112, "112 biegów"),
     (0, "0 biegów"), (1002, "1\xa0002 biegi"), (1.5, "1,5 biegu"), (1.04, "1 bieg")],
)  # fmt: skip
def test_a_language_may_have_more_plural_forms(folder: Path, runs: float, sentence: str) -> None:
    """Polish writes one, few, many and a part of one in four ways; its own folder says which is when."""
    assert translator("pl", "metric", folder)("ran", runs=runs) == sentence


def test_a_sentence_that_a_language_lacks_is_english(folder: Path) -> None:
    """Sentence by sentence: the others stay in the language."""
    say = translator("pl", "metric", folder)
    assert [say("rest"), say("ran", runs=2), say("cli.goals.kept", goals=2)] == [
        "a rest day",
        "2 biegi",
        "2 goals kept",
    ]


def test_a_language_is_found_by_its_folder(folder: Path) -> None:
    """English comes first; the rest by name."""
    assert languages(folder) == ("en", "pl")


def test_a_file_is_read_when_it_is_needed(folder: Path) -> None:
    """A sentence of a file that is found does not depend on files that hold others."""
    say = translator("en", "metric", folder)
    assert say("cli.goals.kept", goals=1) == "1 goal kept"
    assert say.choice("tags", "a word of one's own") == "a word of one's own"
    with pytest.raises(tomllib.TOMLDecodeError):
        say("nowhere")


@pytest.mark.parametrize(
    ("rule", "fits", "other"),
    [
        ("n = 1", ["1", "1.0"], ["0", "1.1", "2"]),
        ("i = 0,1", ["0", "0.5", "1.9"], ["2"]),
        ("v = 1 and f = 1..3", ["7.2"], ["2", "7.4", "7.25"]),
        ("t != 0 and w = 1", ["1.50"], ["1.0", "1.25"]),
        ("e = 0 and i != 0 and i % 1000000 = 0", ["2000000"], ["0", "1"]),
    ],
)
def test_rules_are_read_as_cldr_writes_them(rule: str, fits: list[str], other: list[str]) -> None:
    """Operands n, i, v, w, f, t and e, a modulus, lists and ranges."""
    assert {plural_form(shown, f"one: {rule}") for shown in fits} == {0}
    assert {plural_form(shown, f"one: {rule}") for shown in other} == {1}


def test_a_rule_that_cannot_be_read_is_named() -> None:
    """A wrong rule is a fault in the language's folder."""
    with pytest.raises(ValueError, match="i is 1"):
        plural_form("1", "one: i is 1")
