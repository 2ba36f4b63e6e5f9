"""Words of distress, and the panel that follows them."""

from __future__ import annotations

import ast
import datetime as dt
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from runmood import support
from runmood.cli import support as command
from runmood.core.catalogue import languages
from runmood.core.i18n import translator
from runmood.home.home import open_home
from runmood.support import classifier, grammar, tables
from runmood.support.help_lines import all_help_lines, help_lines
from runmood.support.phrases import needs_a_doctor, offered_support, touches_on_distress

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = Path(support.__file__).parent
LISTS = tables.read_tables()


@pytest.mark.parametrize(
    "words",
    [
        "Some days I just want to die.",
        "I don't want to live like this",
        "I don\u2019t want to be alive",
        "SELF-HARM again",
        "they would be better off without me...",
        "Ich möchte sterben",
        "ich moechte sterben.",
        "Je n'ai plus ENVIE DE MOURIR? si.",
        "não quero viver",
        "nao   quero\nviver",
        "no quiero vivir así",
    ],
)
def test_words_after_which_the_panel_is_shown(words: str) -> None:
    """Phrases of five languages, whatever the capitals, accents, apostrophes and signs between them."""
    assert touches_on_distress(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "the hill killed me",
        "dead legs, dying battery",
        "good life, long run",
        "finished my life's best race",
        "die Treppe",
    ],
)
def test_everyday_words(words: str) -> None:
    """Single words and a runner's ways of speaking show nothing."""
    assert not touches_on_distress(words, mood=0)


@pytest.mark.parametrize(("mood", "shown"), [(None, False), (0, True), (1, True), (3, True), (4, False), (7, False)])
def test_hopeless_words_count_beside_a_low_mood(mood: float | None, shown: bool) -> None:
    """Hopeless words bring up the panel beside a mood of 3 or lower, and only there."""
    assert touches_on_distress("No hope left today.", mood) is shown


@pytest.mark.parametrize(("mood", "shown"), [(None, False), (0, True), (1, True), (2, False), (7, False)])
@pytest.mark.parametrize("words", ["", "tired", "heavy legs"])
def test_every_very_low_mood_names_someone_to_talk_to(mood: float | None, shown: bool, words: str) -> None:
    """After each mood of 0 or 1, whatever the words, there is one quiet line; the panel takes words."""
    offered = offered_support(words, mood)
    assert (offered.someone, offered.panel) == (shown, False)


SENTENCES = {
    name: tomllib.loads((Path(__file__).parent / f"phrases_{name}.toml").read_text(encoding="utf-8"))
    for name in (
        *("development", "held_out", "reported", "unseen", "second", "third", "fourth", "fifth"),
        *("sixth", "seventh", "eighth", "ninth", "ordinary"),
    )
}
TUNED = ("development", "held_out", "third", "fourth", "fifth")


def share_shown(name: str, group: str, language: str) -> float:
    """The share of a list after which the panel, or medical help, is shown; the count is printed."""
    shows = needs_a_doctor if group.endswith("medical") else touches_on_distress
    lines = SENTENCES[name][group][language]["lines"]
    shown = sum(map(shows, lines))
    print(f"{name}: {group} ({language}): {shown} of {len(lines)}")  # noqa: T201 - the counts are the benchmark
    return shown / len(lines)


LISTS_OF = [(name, language) for name in TUNED for language in SENTENCES[name]["present"]]


@pytest.mark.parametrize(("name", "language"), LISTS_OF)
def test_plain_statements_of_present_danger_open_the_panel(name: str, language: str) -> None:
    """At least 95 % do, without any mood beside them, in each language and on both lists."""
    assert share_shown(name, "present", language) >= 0.95


@pytest.mark.parametrize(
    ("name", "language", "group"),
    [(*of, group) for of in LISTS_OF for group in ("negated", "harmless") if group in SENTENCES[of[0]]],
)
def test_negated_and_harmless_sentences_rarely_do(name: str, language: str, group: str) -> None:
    """At most 10 % do: good news, times long gone, and a runner's ways of speaking."""
    assert share_shown(name, group, language) <= 0.10


@pytest.mark.parametrize("language", ["en", "de", "nl"])
@pytest.mark.parametrize(
    ("name", "plain", "negated"), [("unseen", 0.94, 0.1), ("reported", 0.89, 0.1), ("second", 0.84, 0.1)]
)
def test_sentences_that_nobody_tuned_on(name: str, plain: float, negated: float, language: str) -> None:
    """Of plain ones so many open the panel, of negated ones so many at most, of harmless ones one in ten."""
    assert share_shown(name, "present", language) >= plain
    assert share_shown(name, "negated", language) <= negated
    assert share_shown(name, "harmless", language) <= 0.1


@pytest.mark.parametrize(("language", "plain"), [("en", 0.85), ("de", 0.93), ("nl", 0.86)])
def test_sentences_that_nothing_was_made_from(language: str, plain: float) -> None:
    """By somebody who knew neither phrases nor code: so many open the panel, of others one in ten at most."""
    assert share_shown("ninth", "present", language) >= plain
    assert share_shown("ninth", "other", language) <= 0.1


@pytest.mark.parametrize("language", SENTENCES["ordinary"]["other"])
def test_short_notes_of_ordinary_days_open_nothing(language: str) -> None:
    """Tired, sad or short is no danger, in any language."""
    assert share_shown("ordinary", "other", language) == 0


def test_what_is_said_in_one_sentence_of_a_long_entry_is_met() -> None:
    """The rest of an entry hides nothing: the window that says most counts as much as the whole."""
    day = "Ten easy kilometres along the canal after work with Tom, windy on the way back, soup and an early night. "
    said = "Honestly I would rather not be around any longer and nobody needs to know. "
    assert not touches_on_distress(day * 2)
    assert touches_on_distress(day + said + day)


def test_the_weights_fit_the_pieces() -> None:
    """A weight for each bucket of both kinds, and the offset: weights of another size would be read askew."""
    offset, weights = classifier.read_weights()
    assert len(weights) == 2 * classifier.BUCKETS
    assert -classifier.SCALE < offset < classifier.SCALE
    assert max(classifier.pieces(["so", "tired", "today"])) < len(weights)


@pytest.mark.parametrize(
    ("name", "language"),
    [(name, language) for name in (*TUNED, "reported") for language in SENTENCES[name].get("medical", ())],
)
def test_chest_pain_and_fainting_name_medical_help(name: str, language: str) -> None:
    """At least nine in ten such sentences do, and at most one in eight that only sound so."""
    assert share_shown(name, "medical", language) >= 0.90
    assert share_shown(name, "not_medical", language) <= 1 / 8


@pytest.mark.parametrize(
    ("words", "fainted"),
    [
        ("Fast in Ohnmacht gefallen, als ich den Preis sah", False),
        ("nearly fainted when I saw the entry fee", False),
        ("bijna flauwgevallen toen ik de rekening zag", False),
        ("nearly fainted at km 8, heart racing", True),
        ("Ohnmacht nach dem Lauf. Später die Rechnung gesehen.", True),
    ],
)
def test_a_price_makes_nobody_faint(words: str, fainted: bool) -> None:
    """What one nearly does at a price is a way of speaking, wherever in the note the price stands."""
    assert needs_a_doctor(words) is fainted


def test_a_note_is_read_in_its_own_languages_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in the languages that they show, as many plain statements are met as in all, and no more of the others."""

    def counts() -> tuple[int, int]:
        shown = {
            plain: sum(
                touches_on_distress(line) or needs_a_doctor(line)
                for name in TUNED
                for group, of_languages in SENTENCES[name].items()
                if (group in {"present", "medical"}) is plain
                for of_language in of_languages.values()
                for line in of_language["lines"]
            )
            for plain in (True, False)
        }
        return shown[True], shown[False]

    met, mistaken = counts()
    monkeypatch.setattr(tables, "everyday", dict)
    met_in_all, mistaken_in_all = counts()
    assert met >= met_in_all
    assert mistaken <= mistaken_in_all


@pytest.mark.parametrize("words", ["sleep wake up not tomorrow ", "stay alive hard ", "the a and i my "])
def test_a_long_note_without_a_full_stop_is_read_word_by_word(monkeypatch: pytest.MonkeyPatch, words: str) -> None:
    """Twice as many words take twice as many looks, and not four or eight times: ideas in any order are many pairs."""
    looks = 0
    behind = grammar.find_ends

    def counted(*at: Any) -> Iterator[int]:
        nonlocal looks
        looks += 1
        return behind(*at)

    monkeypatch.setattr(grammar, "find_ends", counted)
    taken = []
    for times in (20, 40):
        looks = 0
        touches_on_distress(words * times, 2)
        taken.append(looks)
    assert 0 < taken[1] < 2.5 * taken[0]


def test_phrases_stand_as_notes_are_compared() -> None:
    """No capital, accent or apostrophe, and of each word the one spelling: a phrase otherwise would never be met."""
    named = ("words", "always", "when_low", "medical", "guards")
    lists = [LISTS[name] for name in named]
    held = [phrase for each in lists for of_language in each.values() for phrase in _phrases_in(of_language)]
    assert len(held) > 900
    assert [phrase for phrase in held if tables.folded(phrase) != phrase] == []


def _phrases_in(table: list[str] | dict[str, Any]) -> list[str]:
    if isinstance(table, list):
        return table
    return [phrase for value in table.values() for phrase in ([value] if isinstance(value, str) else value)]


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("the pills are all ready", True),
        ("ready are the pills", True),
        ("trying not to kill myself", True),
        ("my brother wants to die", False),
        ("my brother left and I want to die", True),
        ("die Lust zu sterben ist weg", False),
        ("better off dead - not at all", False),
        ("suizit", True),
        ("ich mog nimma leben", True),
        ("kwil ni meer leven", True),
        ("wanted to die? No.", False),
        ("the letters are written", True),
        ("Die Briefe sind geschrieben.", True),
        ("de brieven zijn geschreven", True),
        ("\u201eIch will sterben\u201c, das Lied ging mir nicht aus dem Kopf", False),
        ("\u201eIch will sterben\u201c ist alles, was ich denke", True),
        ("in 2019 wollte ich nicht mehr leben", False),
    ],
)
def test_how_a_clause_is_read(words: str, meant: bool) -> None:
    """Parts in any order, spellings, whose words they are, and answers: each turns a match round or lets it stand."""
    assert touches_on_distress(words) is meant


def test_the_tag_chest_pain_names_medical_help() -> None:
    """The tag is enough, without a word beside it."""
    assert offered_support("", 7, ("chest pain",)).doctor
    assert not offered_support("", 7, ("injured",)).doctor


def test_a_very_low_mood_takes_no_sentence_for_a_way_of_speaking() -> None:
    """Beside a mood of 0 or 1, what would be a runner's idiom on another day opens the panel."""
    assert not touches_on_distress("wanted to die on that last climb", mood=7)
    assert touches_on_distress("wanted to die on that last climb", mood=0)


def test_phrases_of_ones_own() -> None:
    """A person adds phrases, and leaves one out with a minus before it."""
    own = ("the black dog", "-self-harm")
    assert touches_on_distress("The black dog is back", own=own)
    assert not touches_on_distress("a talk about self harm", own=own)
    assert touches_on_distress("I want to die", own=("-self-harm", "", "-"))


def test_every_language_has_phrases() -> None:
    """Six languages have both lists; those in which the pages speak also have medical words."""
    for when in ("always", "when_low"):
        assert set(LISTS[when]) == {*languages(), "pt", "es", "fr"}
    assert set(LISTS["medical"]) == {*languages()}


@pytest.mark.parametrize(
    "words",
    [
        "2026 was hard and I want to die",
        "my head says it is not over, I want to kill myself",
        "no sleep, I do not see why I should keep living",
        "Ich kann nicht mehr, wozu lebe ich",
        "ik ben alleen maar tot last en wil dood",
    ],
)
def test_what_looks_like_good_news_beside_a_danger_does_not_hide_it(words: str) -> None:
    """A year, an end or a negation elsewhere in the sentence turns no plain statement round."""
    assert touches_on_distress(words)


@pytest.mark.parametrize(
    "words",
    [
        "in 2015 I was suicidal",
        "the urge to hurt myself is gone",
        "de zelfmoordgedachten zijn weg",
        "seit Monaten nie an den Tod gedacht",
    ],
)
def test_what_is_over_opens_nothing(words: str) -> None:
    """A time long gone, an urge that is gone and a negation between the words of a phrase are good news."""
    assert not touches_on_distress(words)


@pytest.mark.parametrize(
    "words", ["ich mochte nicht mehr leben", "wurde gern tot sein", "ich will nich mehr leben", "im sucidal"]
)
def test_words_as_people_type_them(words: str) -> None:
    """An umlaut may lack its dots, and some misspellings are known."""
    assert touches_on_distress(words)


NAMED = ("always", "when_low", "medical")


def test_every_class_that_a_phrase_names_exists() -> None:
    """A class of words that no table has would make a phrase match nothing, silently."""
    for language, classes in LISTS["words"].items():
        phrases = [*classes.values(), *(phrase for name in NAMED for phrase in LISTS[name][language])]
        assert set(re.findall(r"{(\w+)}", " ".join(phrases))) <= set(classes)
    others = [phrase for name in LISTS["always"] if name not in LISTS["words"] for phrase in LISTS["always"][name]]
    assert "{" not in " ".join([*others, *(phrase for own in LISTS["guards"].values() for phrase in _phrases_in(own))])


@pytest.mark.parametrize("own", ["(", "[", "a|", "{no_such}", "^", ")x(", "*"])
def test_a_phrase_of_ones_own_may_hold_any_sign(own: str) -> None:
    """Brackets that do not close, or signs alone, open nothing and stop nothing."""
    assert not touches_on_distress("an easy run", own=(own,))
    assert touches_on_distress("I want to die", own=(own,))


def shown(home: Path, country: str, language: str = "en") -> str:
    """The panel of a home in a language."""
    (home / "settings.toml").write_text(f'time_zone = "UTC"\nlanguage = "{language}"\n', encoding="utf-8")
    return command.panel_text(open_home(home), country or None)


def test_the_panel_is_calm_and_always_the_same(tmp_path: Path) -> None:
    """It acknowledges, says that nobody sees it, names the country's lines, and judges nothing."""
    text = shown(tmp_path, "GB")
    assert text == shown(tmp_path, "gb")
    say = translator("en", "metric")
    assert say("cli.support.acknowledged") in text
    assert say("cli.support.nobody_sees") in text
    assert all(number in text for number in ("999", "116 123", "85258", "call 111", "findahelpline.com"))
    assert "988" not in text
    for word in ("suicid", "commit", "risk", "severe", "warning", "!", "must", "should"):
        assert word not in text.lower()


def test_the_panel_speaks_german(tmp_path: Path) -> None:
    """In a German home the words around the numbers are German."""
    text = shown(tmp_path, "DE", "de")
    assert "Deutschland: im Notfall 112" in text
    assert "in an emergency" not in text
    assert "ruf 0800 1110111 oder 116 123 an (kostenlos, Tag und Nacht)" in text


@pytest.mark.parametrize("language", ["de", "nl"])
def test_no_line_of_the_panel_is_left_in_english(tmp_path: Path, language: str) -> None:
    """What to do and what a line offers is said in the language of the home, whichever country's line it is."""
    say = translator(language, "metric")
    for country in all_help_lines():
        assert country.country == "elsewhere" or country.country.casefold() not in shown(tmp_path, "XX", language)
        for line in country.lines:
            how = say.choice("cli.support.how", line.how)
            assert how != line.how or line.how.endswith(".com")
            assert not line.more or say.choice("cli.support.more", line.more) != line.more


@pytest.mark.parametrize(
    ("country", "number"),
    [
        ("PT", "1411"),
        ("AT", "142"),
        ("CH", "143"),
        ("NL", "0800 0113"),
        ("BE", "1813"),
        ("SE", "116 123"),
        ("US", "988"),
        ("DE", "0800 1110111"),
        ("", "findahelpline.com"),
    ],
)
def test_whose_lines_are_shown(tmp_path: Path, country: str, number: str) -> None:
    """A country's own; the European number in the rest of the Union; one short list where no country is known."""
    text = shown(tmp_path, country)
    assert number in text
    assert "findahelpline.com" in text
    assert len(help_lines(country)) == (2 if country else 1)


def test_an_unknown_country_gets_the_short_panel(tmp_path: Path) -> None:
    """Without a country that is known the panel is short, and says how to see the numbers of one."""
    text = shown(tmp_path, "XX")
    assert text == shown(tmp_path, "")
    assert len(text.splitlines()) < 10
    assert "--country" in text


def test_every_line_says_when_and_where_it_was_looked_up() -> None:
    """Each country has an emergency number, a line with something to open, a source, and a day that is not to come."""
    for country in all_help_lines():
        assert country.source
        assert country.emergency
        assert dt.date(2026, 1, 1) <= country.checked <= dt.date(2026, 12, 31)
        for line in country.lines:
            assert line.link.startswith(("tel:", "sms:", "https://"))
            digits = "".join(filter(str.isdigit, line.link))
            assert digits in "".join(filter(str.isdigit, line.how))


def test_nothing_is_kept_or_told() -> None:
    """The package reads its lists and weights alone: it opens no other file, writes, logs and asks no network."""
    allowed = {"__future__", "collections.abc", "dataclasses", "datetime", "functools", "itertools", "pathlib", "re"}
    allowed |= {"array", "math", "tomllib", "typing", "unicodedata", "zlib"}
    allowed |= {f"runmood.support.{name}" for name in ("classifier", "grammar", "help_lines", "phrases", "tables")}
    for path in ROOM.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(code)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert set(names) <= allowed
        assert not any(verb in code for verb in (".write", "open(", "print(", "logging"))
