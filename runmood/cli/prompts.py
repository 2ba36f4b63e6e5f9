"""What is asked at a terminal, and in which order: mood and energy, then only what the person wants to add."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import typer

from runmood.cli.entries import OWN
from runmood.cli.numbers import read_score
from runmood.core.checkin_items import BY_MOMENT, MOST, WORDED, CheckInItem
from runmood.core.enums import DAY_TAGS, HELPED, RUN_TAGS, SKIP_REASONS, CheckInKind, ItemKind
from runmood.core.errors import UserError, spoken
from runmood.journal.custom_questions import answer_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from runmood.core.checkins import CustomQuestion
    from runmood.core.i18n import Translator

    Answers = dict[str, object]


TEN, OTHER_KIND = "x", "k"
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Terminal:
    """Where a person answers."""

    def __init__(self, instead: str) -> None:
        """Open the terminal; where there is none, raise `UserError` with the sentence `instead`."""
        if not sys.stdin.isatty():
            raise UserError(instead)

    def tell(self, sentence: str) -> None:
        """Show a line."""
        typer.echo(sentence)

    def line(self, question: str) -> str:
        """Return a line of words; empty for Enter alone."""
        answer: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
        return answer.strip()


def confirm(say: Translator, question: str) -> bool:
    """Return whether the person says yes, in the words of their language; Enter alone is no."""
    while True:
        asked = f"{question} [{say('cli.words.yes_or_no')}]: "
        typed: str = typer.prompt(asked, default="", show_default=False, prompt_suffix="").strip()
        if not typed or typed.casefold() in say("cli.words.no").split():
            return False
        if typed.casefold() in say("cli.words.yes").split():
            return True
        typer.echo(say("cli.words.neither", typed=typed))


class PromptIO(Protocol):
    """Whoever answers: a terminal, or a test."""

    def tell(self, sentence: str) -> None:
        """Show a line."""

    def line(self, question: str) -> str:
        """Return the line that answers; empty for Enter alone."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question: the item it fills, its words, how an answer is read, and when it is asked."""

    item: str
    question: str
    read: Callable[[str], object]
    needed: bool = False
    at_once: bool = False


def ask_check_in(
    asker: PromptIO,
    items: Sequence[CustomQuestion],
    known: Mapping[str, object],
    *,
    say: Translator,
    again: bool = False,
) -> Answers:
    """Ask for the answers, as fields of a check-in, beside those known: at least the kind, which may be changed.

    What is known is not asked, or, to be changed, asked `again`: then it is shown, and Enter leaves it as it is.

    Returns:
        The answers by field, those to questions of one's own by `answers.NAME`.
    """
    answers: Answers = dict(known)
    asker.tell(_header(say, str(known["kind"])))
    _ask_each(say, asker, [_rating(say, item) for item in BY_MOMENT if item.required], answers, again=again)
    more = [ask for ask in _more(say, str(answers["kind"]), items) if again or ask.item not in answers]
    at_once = [ask for ask in more if ask.at_once]
    _ask_each(say, asker, at_once, answers, again=again)
    later = [ask for ask in more if ask not in at_once]
    names = [ask.item.removeprefix(OWN) if ask.item.startswith(OWN) else say(f"field.{ask.item}") for ask in later]
    more_words = asker.line(say("cli.checkin.ask.more", items=", ".join(names))).strip()
    if len(more_words) > len(say("cli.checkin.ask.longest_yes")):
        answers["note"] = more_words  # whoever writes a sentence here has begun the note
        asker.tell(say("cli.checkin.ask.as_note"))
    elif more_words and more_words.lower() not in say("cli.words.no").split():
        _ask_each(say, asker, later, answers, again=again)
    return answers


def _ask_each(say: Translator, asker: PromptIO, asks: Iterable[Prompt], answers: Answers, *, again: bool) -> None:
    for ask in asks:
        idle = ask.item == "pain_where" and not answers.get("pain")
        if not idle and (again or ask.item not in answers):
            _answer(say, asker, ask, answers)


def _header(say: Translator, kind: str) -> str:
    return say(f"cli.checkin.ask.header.{kind.replace('-', '_')}", other=OTHER_KIND)


def _answer(say: Translator, asker: PromptIO, ask: Prompt, answers: Answers) -> None:
    """Ask until the answer can be read; Enter passes over what is not needed, or is known."""
    known = answers.get(ask.item)
    shown = ask.question if known in (None, ()) else f"{ask.question} ({_shown(known)})"
    while True:
        said = asker.line(shown).strip()
        if said.lower() == OTHER_KIND and ask.needed:
            answers["kind"] = _next_kind(str(answers["kind"]))
            asker.tell(_header(say, str(answers["kind"])))
        elif said:
            try:
                answers[ask.item] = ask.read(said)
            except ValueError as fault:
                asker.tell(say("cli.checkin.ask.please", fault=spoken(say, fault)))
            else:
                return
        elif known is not None or not ask.needed:
            return


def _next_kind(kind: str) -> str:
    return CheckInKind(kind).following


def _shown(known: object) -> str:
    if isinstance(known, float | int):
        return f"{known:g}"
    return ", ".join(map(str, known)) if isinstance(known, tuple) else str(known)


def _more(say: Translator, kind: str, items: Sequence[CustomQuestion]) -> Iterable[Prompt]:
    """Yield what a kind of check-in may ask beside mood and energy."""
    yield from (_rating(say, item) for item in BY_MOMENT if item.kind == kind or not (item.kind or item.required))
    if kind == CheckInKind.AFTER_RUN:
        yield Prompt("pain_where", say("cli.checkin.ask.pain_where"), str)
    if kind == CheckInKind.EVENING:
        yield _several(say, "helped", HELPED)
        yield _one(say, "skip_reason", say("cli.checkin.ask.skip_reason"), SKIP_REASONS)
    yield _several(say, "tags", RUN_TAGS if kind == CheckInKind.AFTER_RUN else DAY_TAGS)
    yield from (_own(say, item) for item in items if kind in item.when or not item.when)
    yield Prompt("note", say("cli.checkin.ask.note"), str)


def _rating(say: Translator, item: CheckInItem) -> Prompt:
    words = " · ".join(f"{step} {say(f'scale.{item.name}.{step}')}" for step in WORDED)
    return Prompt(
        item.name,
        f"{say(f'asks.{item.name}')}  {words}:",
        lambda typed: _score(say, typed),
        needed=item.required,
        at_once=item.first and not item.required,
    )


def _own(say: Translator, item: CustomQuestion) -> Prompt:
    name = f"{OWN}{item.name}"
    if item.kind == ItemKind.SCALE:
        return Prompt(name, f"{item.question}  {say('cli.checkin.ask.scale')}", lambda typed: _score(say, typed))
    if item.kind == ItemKind.YES_NO:
        return Prompt(name, f"{item.question}  {say('cli.checkin.ask.yes_no')}", lambda said: answer_to(item, said))
    return _one(say, name, item.question, item.choices)


def _one(say: Translator, item: str, question: str, choices: Sequence[str]) -> Prompt:
    return Prompt(
        item, f"{question}  {_lettered(say, item, choices)}:", lambda typed: _choose_one(say, item, typed, choices)
    )


def _several(say: Translator, item: str, choices: Sequence[str]) -> Prompt:
    question = f"{say(f'cli.checkin.ask.{item}')}  {_lettered(say, item, choices)}:"
    return Prompt(item, question, lambda typed: _choose(say, item, typed, choices))


def _lettered(say: Translator, item: str, choices: Sequence[str]) -> str:
    return "  ".join(f"{letter} {say.choice(item, choice)}" for letter, choice in zip(LETTERS, choices, strict=False))


def _choose_one(say: Translator, item: str, typed: str, choices: Sequence[str]) -> str:
    chosen = _choose(say, item, typed, choices)
    if len(chosen) != 1:
        raise ValueError(say("cli.checkin.ask.one_letter", typed=typed))
    return chosen[0]


def _choose(say: Translator, item: str, typed: str, choices: Sequence[str]) -> tuple[str, ...]:
    """Return the choices that words or letters name: "injured, ill", "a, c" or "ac".

    Letters in a row count only where they rise, so that a word that happens to consist of them is not taken for them.

    Raises:
        ValueError: a part is neither a word nor letters of a choice; the sentence says which.
    """
    by_letter = dict(zip(LETTERS, choices, strict=False))
    by_word = {each.casefold(): choice for choice in choices for each in (choice, say.choice(item, choice))}
    if whole := by_word.get(typed.casefold()):
        return (whole,)
    chosen: list[str] = []
    for part in typed.replace(",", " , ").split(",") if "," in typed else typed.split():
        word = part.strip().casefold()
        letters = word.split() if " " in word else list(word)
        if word in by_word:
            chosen.append(by_word[word])
        elif letters == sorted(set(letters)) and set(letters) <= by_letter.keys():
            chosen += [by_letter[letter] for letter in letters]
        else:
            raise ValueError(say("cli.checkin.ask.letters", typed=part.strip(), letters=", ".join(by_letter)))
    return tuple(dict.fromkeys(chosen))


def _score(say: Translator, said: str) -> float:
    if said.lower() == TEN:
        return float(MOST)
    try:
        return read_score(said)
    except ValueError as fault:
        raise ValueError(say("cli.checkin.ask.number", typed=said)) from fault
