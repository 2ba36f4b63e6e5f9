"""What was typed in the form, and what it says."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from runmood.terms.records import CheckIn
from runmood.web.items import ALWAYS, KINDS, NOTE_LIMIT, SKIP_REASONS, SOMETIMES, STEPS, TAGS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping, Sequence

_SHOWN = 30  # as much of a strange value as a sentence can carry
_OPTIONAL = (*(scale.name for scale in SOMETIMES), "tags", "skip_reason", "note")


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it was sent, nothing judged, so that it can be shown again as it was."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """What was typed in a field; of several the last, empty where it was left alone."""
        return self.fields.get(name, ("",))[-1]

    def several(self, name: str) -> Sequence[str]:
        """Everything that was ticked under a name."""
        return self.fields.get(name, ())

    @property
    def says_more(self) -> bool:
        """Whether any optional item was answered."""
        return any(any(self.several(name)) for name in _OPTIONAL)


def typed_in(body: bytes) -> Typed:
    """The form that a browser sent."""
    return Typed(parse_qs(body.decode(errors="replace"), errors="replace"))


def faults(typed: Typed) -> dict[str, str]:
    """For each field that cannot be taken, a sentence that says what to do; empty when all is well."""
    return dict(_faults(typed))


def check_in(typed: Typed, at: dt.datetime) -> CheckIn:
    """What the person said at that moment; the form must be without faults."""
    scores = {scale.name: float(said) for scale in (*ALWAYS, *SOMETIMES) if (said := typed.one(scale.name))}
    return CheckIn(
        at=at,
        kind=typed.one("kind"),
        mood=scores["mood"],
        energy=scores["energy"],
        stress=scores.get("stress"),
        tiredness=scores.get("tiredness"),
        soreness=scores.get("soreness"),
        sleep=scores.get("sleep"),
        effort=scores.get("effort"),
        tags=tuple(tag for tag in TAGS if tag in typed.several("tags")),
        skip_reason=typed.one("skip_reason") or None,
        note=_note(typed) or None,
        source="web",
    )


def _faults(typed: Typed) -> Iterator[tuple[str, str]]:
    if typed.one("kind") not in KINDS:
        yield "kind", "Please choose which moment of the day this is."
    for scale in (*ALWAYS, *SOMETIMES):
        said = typed.one(scale.name)
        if said and said not in STEPS:
            yield scale.name, f"“{said[:_SHOWN]}” is not on this scale. Please choose a number from 0 to 10."
    for scale in ALWAYS:
        if not typed.one(scale.name):
            yield scale.name, "Please choose a number from 0 to 10. There is no right answer."
    yield from _faults_in_words(typed)


def _faults_in_words(typed: Typed) -> Iterator[tuple[str, str]]:
    if strange := set(typed.several("tags")) - set(TAGS):
        yield (
            "tags",
            f"“{min(strange)[:_SHOWN]}” is not one of these. Please choose one, or write it in the note.",
        )
    if typed.one("skip_reason") not in ("", *SKIP_REASONS):
        yield "skip_reason", "Please choose one of the reasons in the list, or leave it open."
    if (length := len(_note(typed))) > NOTE_LIMIT:
        yield (
            "note",
            f"The note has {length:,} characters; there is room for {NOTE_LIMIT:,}. Please shorten it.",
        )


def _note(typed: Typed) -> str:
    return typed.one("note").replace("\r\n", "\n").strip()  # browsers send each line's end as two characters
