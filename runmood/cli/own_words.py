"""Tags, reasons and what helped, as typed: offered words are understood, an unknown one is asked about."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn
from runmood.core.enums import HELPED, SKIP_REASONS, TAGS
from runmood.core.errors import UserError
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from runmood.core.i18n import Translator
    from runmood.home.home import Home


OFFERED: Mapping[str, Sequence[str]] = {"tags": TAGS, "helped": HELPED, "skip_reason": SKIP_REASONS}
FLAGS = {"tags": "--tag", "helped": "--helped", "skip_reason": "--skip-reason"}
ALIKE = 0.7  # of difflib's ratio, from which on a word may be a slip of another


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word that is neither offered nor used before; `near` is the offered word that it looks like, if any."""

    item: str
    typed: str
    near: str | None


def offered_word(say: Translator, item: str, typed: str) -> str | None:
    """Return the word offered by `core.enums` that is meant, in its own letters or in the person's language."""
    return _by_spelling(say, item).get(_spelling(typed))


def unknown_words(home: Home, check_ins: Iterable[CheckIn]) -> list[UnknownWord]:
    """Return the words of check-ins that are neither offered, nor named in the settings, nor in the journal so far."""
    found = [(item, word) for each in check_ins for item in OFFERED for word in _words(each, item)]
    strange = [(item, word) for item, word in dict.fromkeys(found) if offered_word(home.say, item, word) is None]
    if not strange:
        return []
    used = {(item, word) for each in _check_ins(home) for item in OFFERED for word in _words(each, item)}
    used |= {("tags", tag) for tag in home.settings.tracked_tags}
    return [UnknownWord(item, word, _near(home.say, item, word)) for item, word in strange if (item, word) not in used]


def understand_words(home: Home, check_in: CheckIn) -> dict[str, object]:
    """Return tags, what helped and the reason as they are meant; ask about each word that nobody knows.

    Without a terminal to ask in, a word like an offered one is refused, and any other one kept.

    Raises:
        UserError: names the word, the one it looks like, and what to type instead.
    """
    meant = {}
    for unknown in unknown_words(home, [check_in]):
        if sys.stdin.isatty():
            meant[unknown.item, unknown.typed] = _ask(home.say, unknown)
        elif unknown.near:
            raise UserError(_sentence(home.say, "refused", unknown))
    words: dict[str, object] = {}
    for item in OFFERED:
        typed = _words(check_in, item)
        known = [meant.get((item, word), offered_word(home.say, item, word) or word) for word in typed]
        kept = tuple(dict.fromkeys(word for word in known if word))
        if typed:
            words[item] = next(iter(kept), None) if item == "skip_reason" else kept
    return words


def new_words(say: Translator, unknown: Iterable[UnknownWord]) -> list[str]:
    """Return a sentence for each word that was kept although nobody knows it."""
    return [_sentence(say, "kept_like" if each.near else "kept", each) for each in unknown]


def _ask(say: Translator, unknown: UnknownWord) -> str | None:
    """Return the word that is meant, or nothing where it is to be left out."""
    import typer

    while True:
        question = _sentence(say, "ask_near" if unknown.near else "ask_new", unknown)
        answer = typer.prompt(question, default="", show_default=False, prompt_suffix=" ").strip()
        if answer.lower() in ("", *say("cli.words.yes").split()):
            return unknown.near or unknown.typed
        if answer.lower() in say("cli.words.no").split():
            return unknown.typed if unknown.near else None
        if word := offered_word(say, unknown.item, answer):
            return word


def _sentence(say: Translator, name: str, unknown: UnknownWord) -> str:
    near = say.choice(unknown.item, unknown.near) if unknown.near else ""
    kind = say(f"field.{unknown.item}")
    return say(f"cli.words.{name}", typed=unknown.typed, near=near, kind=kind, flag=FLAGS[unknown.item])


def _near(say: Translator, item: str, typed: str) -> str | None:
    spellings = _by_spelling(say, item)
    from difflib import get_close_matches

    close = get_close_matches(_spelling(typed), spellings, n=1, cutoff=ALIKE)
    return spellings[close[0]] if close else None


def _by_spelling(say: Translator, item: str) -> dict[str, str]:
    """Return each offered word by the ways to write it."""
    return {_spelling(way): word for word in OFFERED[item] for way in (word, say.choice(item, word))}


def _spelling(word: str) -> str:
    return " ".join(word.casefold().replace("_", " ").replace("-", " ").split())


def _words(check_in: CheckIn, item: str) -> tuple[str, ...]:
    said = getattr(check_in, item)
    return (said,) if isinstance(said, str) else tuple(said or ())


def _check_ins(home: Home) -> Iterable[CheckIn]:
    return (each.entry for each in effective_entries(read(home.journal).records) if isinstance(each.entry, CheckIn))
