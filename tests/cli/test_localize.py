"""Help and usage errors are in the language of the home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import typer
from typer.core import TyperArgument, TyperGroup
from typer.main import get_group

from runmood.cli.localize import LABELS, ROOT, SCORE, USAGE_ERRORS, placeholder, table_of
from runmood.cli.main import app
from runmood.cli.prompts import confirm
from runmood.core.catalogue import catalogue, languages
from runmood.core.checkin_items import NAMES
from runmood.core.i18n import translator
from runmood.core.locked import LOCKED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from conftest import Typed
    from typer._click.core import Command, Context

    from runmood.core.i18n import Translator

OTHERS = [language for language in languages() if language != "en"]
GERMAN, DUTCH, ENGLISH = (translator(language, "metric") for language in ("de", "nl", "en"))
FOR_ALL = {"ID", "ID|last", "[ID|last]", "KM", "SQL", "HH:MM"}  # typed or read the same in every language


def commands() -> Iterator[tuple[Command, Context]]:
    """Every command with its context, `runmood` itself first."""
    group = get_group(app)
    waiting: list[tuple[Command, Context]] = [(group, typer.Context(group, info_name="runmood"))]
    while waiting:
        command, context = waiting.pop(0)
        yield command, context
        if isinstance(command, TyperGroup):
            below = [(name, command.get_command(context, name)) for name in command.list_commands(context)]
            waiting += [(each, typer.Context(each, info_name=name, parent=context)) for name, each in below if each]


def named() -> Iterator[str]:
    """The name of every text that help shows in English, as the other languages name it."""
    for command, context in commands():
        table = table_of(context)
        if table != ROOT:
            yield f"{table}.about"
        for each in command.params:
            if getattr(each, "help", None) and not getattr(each, "hidden", False):
                yield f"{table}.{SCORE if table == 'check-in' and each.name in NAMES else each.name}"


def home_with(folder: Path, settings: str) -> None:
    """Make a home with these settings."""
    folder.mkdir()
    (folder / "settings.toml").write_text(settings, encoding="utf-8")


@pytest.mark.parametrize("language", OTHERS)
def test_every_command_argument_and_option_has_its_words(language: str) -> None:
    """Every command, argument and option with English help has words in the language, and no words are left over."""
    own = {name.removeprefix("cli.help.") for name in catalogue(language).own() if name.startswith("cli.help.")}
    words = {name for name in own if not name.startswith("placeholder.")}
    assert sorted({*named()} - words) == []
    assert sorted(words - {*named()} - {f"{ROOT}.install_completion", f"{ROOT}.show_completion"}) == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_placeholder_has_its_word(language: str) -> None:
    """What stands for a value in help has a word in the language, unless all languages share it; none is left over."""
    say = translator(language, "metric")
    used = set()
    for command, _ in commands():
        for each in command.params:
            if each.metavar in FOR_ALL or getattr(each, "is_flag", False) or each.type.name == "choice":
                continue
            name = each.metavar or (each.name if isinstance(each, TyperArgument) else each.type.name.replace(" ", "_"))
            used.add(name)
            assert placeholder(say, each), name
    begin = "cli.help.placeholder."
    assert {name.removeprefix(begin) for name in catalogue(language).own() if name.startswith(begin)} == used


def test_no_option_is_named_by_a_type_of_the_code(cli: Callable[..., Typed]) -> None:
    """In English too a value stands in help as a person says it: text, a number, 0 to 10."""
    for words in (("goal", "add"), ("check-in",), ("log",), ("share",), ("schedule",)):
        options = cli(*words, "--help").written.partition("─ Options ─")[2]
        assert options, words
        assert not {"<str>", "<score>", "<amount>", "<int range>", "<path>"} & {*re.findall(r"<[^>]*>", options)}, words


@pytest.mark.parametrize("say", [GERMAN, DUTCH])
def test_help_is_in_the_language_of_the_home(cli: Callable[..., Typed], tmp_path: Path, say: Translator) -> None:
    """Help of runmood, of a command and of a group is in the home's language, its labels too."""
    home_with(tmp_path / "home", f'language = "{say.language}"\ntime_zone = "UTC"\n')
    for words, name in (
        (("check-in", "-h"), "check-in"),
        (("goal", "add", "--help"), "goal.add"),
        (("cohort",), "cohort"),
    ):
        shown = " ".join(cli(*words).written.replace("│", " ").split())
        assert say.words[f"cli.help.{name}.about"] in shown
        assert say("cli.main.label.usage") in shown
        assert f" {say('cli.main.label.options')} " in shown
    shown = cli("--help").written
    assert all(say(f"cli.main.group.{group}") in shown for group in ("every_day", "bring_in", "analysts"))
    assert "Options" not in shown


@pytest.mark.parametrize(
    ("settings", "language"),
    [(None, "en"), ('language = "xx"\n', "en"), ('language = "de"\nunits = 3\nname = \n', "de")],
)
def test_help_never_fails(cli: Callable[..., Typed], tmp_path: Path, settings: str | None, language: str) -> None:
    """Without a home, or with settings that cannot be read, help is in the language that can be read, or English."""
    if settings is not None:
        home_with(tmp_path / "home", settings)
    answer = cli("check-in", "--help")
    assert (answer.status, translator(language, "metric")("cli.main.label.usage") in answer.written) == (0, True)
    assert answer.complained == ""


def test_help_of_a_locked_home_is_english(cli: Callable[..., Typed], tmp_path: Path) -> None:
    """What language a locked home speaks is sealed with it."""
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / LOCKED).write_bytes(b"sealed")
    answer = cli("unlock", "--help")
    assert (answer.status, "Open a locked home" in answer.written) == (0, True)


MISTYPED = {
    "no_such_option": ("log", "--weather"),
    "near_option": ("--hom",),
    "takes_no_value": ("runs", "--all=3"),
    "needs_value": ("log", "--last"),
    "no_command": ("cohort", "--"),
    "no_such_command": ("xyzzy",),
    "near_command": ("goal", "ad"),
    "extra": ("log", "much", "more"),
    "no_whole_number": ("log", "--last", "many"),
    "no_number": ("check-in", "--mood", "fine"),
    "out_of_range": ("check-in", "--mood", "11"),
    "too_small": ("log", "--last", "0"),
    "no_choice": ("check-in", "--kind", "noon"),
    "missing": ("goal", "add", "--kind", "fitness"),
    "no_file": ("journal", "import", "/nowhere/moods.csv"),
    "a_folder": ("restore", "/"),
    "not_readable": ("restore", "/dev/null"),
}


@pytest.mark.parametrize("name", MISTYPED)
def test_what_was_mistyped_is_told_in_the_language_of_the_home(
    cli: Callable[..., Typed], tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each kind of slip is told in the home's language, with exit status 2; so a Typer with other words is noticed."""
    home_with(tmp_path / "home", 'language = "de"\ntime_zone = "UTC"\n')
    if name == "not_readable":  # whoever runs the tests may read everything
        monkeypatch.setattr("os.access", lambda *_: False)
    answer = cli(*MISTYPED[name])
    shown = " ".join(answer.complained.replace("│", " ").split())
    pieces = GERMAN.words[f"cli.main.usage.{name}"].replace("}", "{").split("{")[::2]
    assert [piece.strip() for piece in pieces if piece.strip() not in shown] == []
    assert (answer.status, GERMAN("cli.main.label.error") in shown) == (2, True)


def test_every_kind_of_slip_is_tried() -> None:
    """Each sentence on what was mistyped is told of some words above."""
    begin = "cli.main.usage."
    assert {name.removeprefix(begin) for name in catalogue("en").own() if name.startswith(begin)} == MISTYPED.keys()
    assert {*USAGE_ERRORS.values()} <= MISTYPED.keys()


def test_english_labels_come_back(cli: Callable[..., Typed], tmp_path: Path) -> None:
    """After help in German, help in an English home is English again: nothing stays set."""
    home_with(tmp_path / "home", 'language = "de"\n')
    assert GERMAN("cli.main.label.options") in cli("log", "-h").written
    (tmp_path / "home/settings.toml").write_text('language = "en"\n', encoding="utf-8")
    assert "Options" in cli("log", "-h").written
    assert LABELS.keys() <= {name.removeprefix("cli.main.label.") for name in ENGLISH.words}


@pytest.mark.parametrize("language", languages())
def test_yes_and_no_are_words_of_the_language(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    """A question takes a yes and a no as the language has them; what is neither is asked again, and Enter is no."""
    say = translator(language, "metric")
    for typed, meant in (("yes", True), ("no", False)):
        for word in say(f"cli.words.{typed}").split():
            answers = ["perhaps", word.upper()]
            monkeypatch.setattr("typer._click.termui.visible_prompt_func", lambda _, answers=answers: answers.pop(0))
            assert confirm(say, "?") is meant
    monkeypatch.setattr("typer._click.termui.visible_prompt_func", lambda _: "")
    assert confirm(say, "?") is False
    written = capsys.readouterr().out
    assert say("cli.words.neither", typed="perhaps") in written
    assert f"? [{say('cli.words.yes_or_no')}]:" in written


def test_what_is_stopped_is_told_in_the_language_of_the_home(
    cli: Callable[..., Typed], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a person ends a question without an answer, Typer's own word for it is in their language."""
    home_with(tmp_path / "home", 'language = "de"\ntime_zone = "UTC"\n')

    def stop(*_: object) -> str:
        raise EOFError

    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("typer._click.termui.visible_prompt_func", stop)
    assert GERMAN("cli.main.label.aborted") in cli("check-in").complained
