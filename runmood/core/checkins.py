"""What a person says of a moment and of what they said before: all that a check-in needs, so that it starts at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from runmood.core.checkin_items import NAMES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from runmood.core.entries import Entry
    from runmood.core.enums import ItemKind

NOTE_LIMIT = 2000  # letters


@dataclass(frozen=True, slots=True, init=False)
class CheckIn:
    """What a person said at a moment; None is unsaid.

    `scores` holds the ratings by the name of their item, and each is an attribute too: `check_in.energy`. `answers`
    are those to questions of the person's own, by name.
    """

    at: dt.datetime
    kind: str
    mood: float
    scores: Mapping[str, float] = field(default_factory=dict, hash=False)
    pain_where: str | None = None
    tags: tuple[str, ...] = ()
    helped: tuple[str, ...] = ()
    skip_reason: str | None = None
    note: str | None = None
    source: str = "hand"
    raw: str | None = None
    answers: tuple[tuple[str, float | str], ...] = ()

    def __init__(  # noqa: PLR0913 - the fields of a check-in
        self,
        at: dt.datetime,
        kind: str,
        mood: float,
        *,
        scores: Mapping[str, float | None] = MappingProxyType({}),
        pain_where: str | None = None,
        tags: tuple[str, ...] = (),
        helped: tuple[str, ...] = (),
        skip_reason: str | None = None,
        note: str | None = None,
        source: str = "hand",
        raw: str | None = None,
        answers: tuple[tuple[str, float | str], ...] = (),
        **items: float | None,
    ) -> None:
        """Take the ratings by their items' names, as keywords or in `scores`; a keyword goes first.

        Raises:
            TypeError: a keyword is no item of a check-in.
        """
        rated = {**scores, **items, "mood": mood}
        if strange := rated.keys() - set(NAMES):
            raise TypeError(f"a check-in has no {', '.join(sorted(strange))}")
        kept = {name: score for name in NAMES if (score := rated.get(name)) is not None}
        values = (at, kind, mood, kept, pain_where, tags, helped, skip_reason, note, source, raw, answers)
        for name, value in zip(self.__dataclass_fields__, values, strict=True):
            object.__setattr__(self, name, value)

    def __getattr__(self, name: str) -> float | None:
        """Return the rating of an item; None where it is unsaid."""
        if name not in NAMES:
            raise AttributeError(f"a check-in has no {name}")
        return self.scores.get(name)


@dataclass(frozen=True, slots=True)
class EntryEdited:
    """A check-in as the person would rather have said it; `of` names the one it stands in for."""

    of: str
    check_in: CheckIn


@dataclass(frozen=True, slots=True)
class EntryDeleted:
    """An entry, by its id, that the person takes back."""

    of: str


@dataclass(frozen=True, slots=True)
class EntriesForgotten:
    """Entries, by their ids, whose lines are gone from the journal for good; a copy that turns up is not read."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry for the journal and the moment it was said."""

    said_at: dt.datetime
    entry: Entry


@dataclass(frozen=True, slots=True)
class CustomQuestion:
    """A question of the person's own, as settings.toml has it: what may answer it, and at which kinds of check-in.

    `kind` is one of choices.ItemKind; `choices` are the words of a choice; no `when` is every kind.
    """

    name: str
    question: str
    kind: ItemKind
    choices: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
