"""What is asked, in which order: mood and energy, then only what the person wants to add."""

from __future__ import annotations

import os
import sys
import termios
import tty
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import typer

from runmood.cli.entries import OWN
from runmood.core.checkin_items import BY_MOMENT, LEAST, MOST, WORDED, CheckInItem
from runmood.core.enums import DAY_TAGS, HELPED, RUN_TAGS, SKIP_REASONS, CheckInKind, ItemKind
from runmood.core.errors import UserError
from runmood.journal.custom_questions import answer_to

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from runmood.core.i18n import Translator
    from runmood.core.models import CustomQuestion


if TYPE_CHECKING:
    Answers = dict[str, object]

TEN, OTHER_KIND = "x", "k"
MORE = "More? m for {}; Enter to finish:"
CALLED = {"helped": "what helped", "skip_reason": "why no run", "pain_where": "where"}
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class PromptIO(Protocol):
    """Whoever answers: a terminal, or a test."""

    def tell(self, sentence: str) -> None:
        """Show a line."""

    def key(self, question: str) -> str:
        """Return the key that answers, or a line where there are no keys; empty for Enter."""

    def line(self, question: str) -> str:
        """Return a line of words."""


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question: the item it fills, its words, how an answer is read, and whether it takes a line or a key."""

    item: str
    question: str
    read: Callable[[str], object]
    by_line: bool = False
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
    """
    answers: Answers = dict(known)
    asker.tell(f"{_titled(str(known['kind']))}. ({OTHER_KIND}: another kind; {TEN} is 10)")
    _ask_each(asker, (_rating(item, say) for item in BY_MOMENT if item.required), answers, again=again)
    more = [ask for ask in _more(str(answers["kind"]), items, say) if again or ask.item not in answers]
    at_once = [ask for ask in more if ask.at_once]
    _ask_each(asker, at_once, answers, again=again)
    later = [ask for ask in more if ask not in at_once]
    if asker.key(MORE.format(", ".join(CALLED.get(ask.item, ask.item.removeprefix(OWN)) for ask in later))).strip():
        _ask_each(asker, later, answers, again=again)
    return answers


def _ask_each(asker: PromptIO, asks: Iterable[Prompt], answers: Answers, *, again: bool) -> None:
    for ask in asks:
        idle = ask.item == "pain_where" and not answers.get("pain")
        if not idle and (again or ask.item not in answers):
            _answer(asker, ask, answers)


def _titled(kind: str) -> str:
    return kind.replace("-", " a ").capitalize()


def _answer(asker: PromptIO, ask: Prompt, answers: Answers) -> None:
    """Ask until the answer can be read; Enter passes over what is not needed, or is known."""
    known = answers.get(ask.item)
    shown = ask.question if known in (None, ()) else f"{ask.question} ({_shown(known)})"
    while True:
        said = (asker.line if ask.by_line else asker.key)(shown).strip()
        if said == OTHER_KIND and ask.needed:
            answers["kind"] = _next_kind(str(answers["kind"]))
            asker.tell(f"{_titled(str(answers['kind']))}.")
        elif said:
            try:
                answers[ask.item] = ask.read(said)
            except ValueError as fault:
                asker.tell(f"{fault}, please")
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


def _more(kind: str, items: Sequence[CustomQuestion], say: Translator) -> Iterable[Prompt]:
    """Yield what a kind of check-in may ask beside mood and energy."""
    yield from (_rating(item, say) for item in BY_MOMENT if item.kind == kind or not (item.kind or item.required))
    if kind == CheckInKind.AFTER_RUN:
        yield Prompt("pain_where", "Where did it hurt?", str, by_line=True)
    if kind == CheckInKind.EVENING:
        yield _several("helped", "What helped today?", HELPED)
        yield _one("skip_reason", "If a planned run did not happen, why?", SKIP_REASONS)
    yield _several("tags", "Tags?", RUN_TAGS if kind == CheckInKind.AFTER_RUN else DAY_TAGS)
    yield from (_own(item) for item in items if kind in item.when or not item.when)
    yield Prompt("note", "A note?", str, by_line=True)


def _rating(item: CheckInItem, say: Translator) -> Prompt:
    words = " · ".join(f"{step} {say(f'scale.{item.name}.{step}')}" for step in WORDED)
    question = f"{say(f'asks.{item.name}')}  {words}:"
    return Prompt(item.name, question, _score, needed=item.required, at_once=item.first and not item.required)


def _own(item: CustomQuestion) -> Prompt:
    name = f"{OWN}{item.name}"
    if item.kind == ItemKind.SCALE:
        return Prompt(name, f"{item.question}  0 to 10:", _score)
    if item.kind == ItemKind.YES_NO:
        return Prompt(name, f"{item.question}  y or n:", lambda said: answer_to(item, said))
    return _one(name, item.question, item.choices)


def _one(item: str, question: str, choices: Sequence[str]) -> Prompt:
    return Prompt(item, f"{question}  {_lettered(choices)}:", lambda said: _chosen(said, choices)[0])


def _several(item: str, question: str, choices: Sequence[str]) -> Prompt:
    return Prompt(item, f"{question}  {_lettered(choices)}:", lambda said: _chosen(said, choices), by_line=True)


def _lettered(choices: Sequence[str]) -> str:
    return "  ".join(f"{letter} {choice}" for letter, choice in zip(LETTERS, choices, strict=False))


def _chosen(said: str, choices: Sequence[str]) -> tuple[str, ...]:
    """Return the choices that the letters name."""
    by_letter = dict(zip(LETTERS, choices, strict=False))
    letters = [letter for letter in said.lower() if letter not in " ,"]
    if strange := [letter for letter in letters if letter not in by_letter]:
        raise ValueError(f"{strange[0]} is none of the letters: only {', '.join(by_letter)}")
    return tuple(dict.fromkeys(by_letter[letter] for letter in letters))


def _score(said: str) -> float:
    if said.lower() == TEN:
        return float(MOST)
    try:
        score = float(said.replace(",", "."))
    except ValueError as fault:
        raise ValueError(f"a number from 0 to 10 ({TEN} is 10)") from fault
    if not LEAST <= score <= MOST:
        raise ValueError("from 0 to 10")
    return score


# --- The person's terminal: a key at a time where it can, else lines.

ENTER = ("\r", "\n")
GONE = ("\x03", "\x04")  # Ctrl-C and Ctrl-D, where they come as keys


class Terminal:
    """Where a person answers; `by_key` says whether one key is an answer. `instead`: what to do where nobody sits."""

    def __init__(self, instead: str) -> None:
        if not sys.stdin.isatty():
            raise UserError(f"There is nobody to ask here: {instead}.")
        self.by_key = sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"

    def tell(self, sentence: str) -> None:
        """Show a line."""
        typer.echo(sentence)

    def key(self, question: str) -> str:
        """Return the key that answers, shown as it is typed, or a line where there are no keys; empty for Enter."""
        if not self.by_key:
            return self.line(question)
        typer.echo(f"{question} ", nl=False)
        key = _one_key()
        typer.echo(key)
        return key

    def line(self, question: str) -> str:
        """Return a line of words; empty for Enter alone."""
        answer: str = typer.prompt(question, default="", show_default=False, prompt_suffix=" ")
        return answer.strip()


def _one_key() -> str:
    """One key, read at once; Ctrl-C ends the command as ever."""
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard, termios.TCSADRAIN)  # what was typed ahead stays
        key = os.read(keyboard, 1).decode(errors="replace")
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    if key in GONE or not key:
        raise typer.Abort
    return "" if key in ENTER else key
