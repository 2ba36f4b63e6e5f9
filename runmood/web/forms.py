"""What a check-in asks, and at which moment. The scales are the journal's; their words stand in `web/words` too.

After a run its effort is asked at once, for the load is made from it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from runmood.core.enums import DAY_TAGS, HELPED, RUN_TAGS, SKIP_REASONS, CheckInKind
from runmood.core.models import NOTE_LIMIT, CheckIn
from runmood.journal.checkin_items import ALWAYS, SOMETIMES, answer_to

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from runmood.core.models import CustomQuestion


KINDS = tuple(CheckInKind)
STEPS = tuple(str(step) for step in range(11))
PLACE_LIMIT = 80
FIRST = (*ALWAYS, *(scale for scale in SOMETIMES if scale.name == "effort"))
SCALES = (*FIRST, *(scale for scale in SOMETIMES if scale not in FIRST))
NEEDED = tuple(scale.name for scale in ALWAYS)
LISTS = {"tags": (*DAY_TAGS, *RUN_TAGS), "helped": HELPED}
TICKED = (
    ("tags", DAY_TAGS, ()),
    ("tags", RUN_TAGS, (CheckInKind.BEFORE_RUN, CheckInKind.AFTER_RUN)),
    ("helped", HELPED, (CheckInKind.EVENING,)),
)
REASONS = SKIP_REASONS


def not_at(kinds: Iterable[str]) -> str:
    """The classes of an item that is asked at these kinds of check-in alone, or at all where none is named."""
    asked = tuple(kinds)
    return " ".join(f"not-{kind}" for kind in KINDS if asked and kind not in asked)


# --- What was typed in the check-in, what is wrong with it, and what it says.

SHOWN = 30  # as much of a strange value as a sentence can carry
WAITS_AT_MOST, AHEAD_AT_MOST = dt.timedelta(days=30), dt.timedelta(minutes=5)
LIMITS = {"note": NOTE_LIMIT, "pain_where": PLACE_LIMIT}
OPTIONAL = (*(scale.name for scale in SCALES if scale not in FIRST), *LISTS, *LIMITS, "skip_reason")
OWN = "own."  # before the name of a person's own question


@dataclass(frozen=True, slots=True)
class FieldError:
    """What keeps a field from being taken: the word for it, and what stands in its sentence."""

    name: str
    words: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormData:
    """A form as it was sent, nothing judged, so that it can be shown again as it was."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """What was typed in a field; of several the last, empty where it was left alone."""
        return self.fields.get(name, ("",))[-1]

    def several(self, name: str) -> Sequence[str]:
        """Everything that was ticked under a name."""
        return self.fields.get(name, ())

    @property
    def says_more(self) -> bool:
        """Whether any item below the fold was answered."""
        return any(any(said) for name, said in self.fields.items() if name in OPTIONAL or name.startswith(OWN))


def parse_form(body: bytes) -> FormData:
    """The form that a browser sent."""
    return FormData(parse_qs(body.decode(errors="replace"), errors="replace"))


def form_from_checkin(said: CheckIn) -> FormData:
    """The form that would have said this, to be changed."""
    scores = {scale.name: _figure(getattr(said, scale.name)) for scale in SCALES}
    words = {"kind": said.kind, "skip_reason": said.skip_reason, "note": said.note, "pain_where": said.pain_where}
    own = {OWN + name: answer if isinstance(answer, str) else _figure(answer) for name, answer in said.answers}
    one = {name: [value] for name, value in (scores | words | own).items() if value}
    return FormData(one | {"tags": said.tags, "helped": said.helped})


def faults(typed: FormData, own: Sequence[CustomQuestion], before: CheckIn | None = None) -> list[FieldError]:
    """What keeps each field from being taken; none when all is well. What stood there `before` may stand again."""
    return [
        *_choice_faults(typed, before),
        *_scale_faults(typed, before),
        *_word_faults(typed),
        *_own_faults(typed, own),
    ]


def check_in(typed: FormData, at: dt.datetime, own: Sequence[CustomQuestion], before: CheckIn | None = None) -> CheckIn:
    """What the person said at that moment; the form must be without faults. What it does not ask stays as `before`."""
    asked = {item.name: item for item in own}
    answers = {name: answer_to(item, said) for name, item in asked.items() if (said := typed.one(OWN + name))}
    kept = {name: answer for name, answer in (before.answers if before else ()) if name not in asked}
    return CheckIn(
        at=at,
        kind=typed.one("kind"),
        **{scale.name: _score(typed, scale.name) for scale in SCALES},  # type: ignore[arg-type]  # mood is there
        tags=_ticked(typed, "tags"),
        helped=_ticked(typed, "helped"),
        skip_reason=typed.one("skip_reason") or None,
        note=words(typed, "note") or None,
        pain_where=words(typed, "pain_where") or None,
        source=before.source if before else "web",
        raw=before.raw if before else None,
        answers=tuple((kept | answers).items()),
    )


def written_at(typed: FormData, now: dt.datetime) -> dt.datetime:
    """When the browser says it was written, so that what waited in it is said at its own moment; else now."""
    try:
        moment = dt.datetime.fromisoformat(typed.one("written_at"))
    except ValueError:
        return now
    if moment.tzinfo is None or not now - WAITS_AT_MOST <= moment <= now + AHEAD_AT_MOST:
        return now
    return moment.replace(microsecond=0)


def _choice_faults(typed: FormData, before: CheckIn | None) -> Iterator[FieldError]:
    if typed.one("kind") not in KINDS:
        yield FieldError("kind", "kind")
    if typed.one("skip_reason") not in ("", *REASONS, before.skip_reason if before else ""):
        yield FieldError("skip_reason", "reason")
    for name, offered in LISTS.items():
        known = {*offered, *(getattr(before, name) if before else ())}
        if strange := set(typed.several(name)) - known:
            yield FieldError(name, "strange", {"value": min(strange)[:SHOWN]})


def _scale_faults(typed: FormData, before: CheckIn | None) -> Iterator[FieldError]:
    for scale in SCALES:
        said = typed.one(scale.name)
        if scale.name in NEEDED and not said:
            yield FieldError(scale.name, "needed")
        elif said and said not in STEPS and (before is None or said != _figure(getattr(before, scale.name))):
            yield FieldError(scale.name, "off_scale", {"value": said[:SHOWN]})


def _word_faults(typed: FormData) -> Iterator[FieldError]:
    for name, limit in LIMITS.items():
        if (length := len(words(typed, name))) > limit:
            yield FieldError(name, "too_long", {"length": f"{length:,}", "limit": f"{limit:,}"})


def _own_faults(typed: FormData, own: Sequence[CustomQuestion]) -> Iterator[FieldError]:
    for item in own:
        if said := typed.one(OWN + item.name):
            try:
                answer_to(item, said)
            except ValueError:
                yield FieldError(OWN + item.name, "strange", {"value": said[:SHOWN]})


def _score(typed: FormData, name: str) -> float | None:
    said = typed.one(name)
    return float(said) if said else None


def _figure(score: float | None) -> str:
    return "" if score is None else f"{score:g}"


def _ticked(typed: FormData, name: str) -> tuple[str, ...]:
    """What was ticked, in the order in which it is offered, then what was there of the person's own."""
    ticked = dict.fromkeys(typed.several(name))
    offered = [word for word in LISTS[name] if word in ticked]
    return (*offered, *(word for word in ticked if word not in offered))


def words(typed: FormData, name: str) -> str:
    """What was written in a field of several lines."""
    return typed.one(name).replace("\r\n", "\n").strip()  # browsers send each line's end as two characters
