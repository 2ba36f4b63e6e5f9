"""The form of a check-in: what it asks and when, what is wrong with what was typed, and the check-in it makes.

The ratings follow the registry of check-in items.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from runmood.core import checkin_items
from runmood.core.checkin_items import FIRST, LATER, LEAST, MOST, REQUIRED
from runmood.core.checkins import NOTE_LIMIT, CheckIn
from runmood.core.entries import LONGEST_RUN_M
from runmood.core.enums import DAY_TAGS, HELPED, RUN_TAGS, SKIP_REASONS, CheckInKind
from runmood.core.i18n import METRES
from runmood.journal.checkin_days import datetime_on
from runmood.journal.custom_questions import answer_to
from runmood.journal.fields import YEARS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from runmood.core.checkins import CustomQuestion
    from runmood.core.i18n import Units


KINDS = tuple(CheckInKind)
STEPS = tuple(str(step) for step in range(LEAST, MOST + 1))
WORDED = tuple(map(str, checkin_items.WORDED))
FIRST_SCALES = FIRST
SCALES = (*FIRST, *LATER)
CHOICES = {"tags": (*DAY_TAGS, *RUN_TAGS), "helped": HELPED}
# Name of the field, what it offers, and the kinds of check-in that ask it; none means all.
CHOICE_FIELDS = (
    ("tags", DAY_TAGS, ()),
    ("tags", RUN_TAGS, (CheckInKind.BEFORE_RUN, CheckInKind.AFTER_RUN)),
    ("helped", HELPED, (CheckInKind.EVENING,)),
)
REASONS = SKIP_REASONS
PLACE_LIMIT = 80  # characters
LIMITS = {"note": NOTE_LIMIT, "pain_where": PLACE_LIMIT}
OPTIONAL = (*(scale.name for scale in SCALES if scale not in FIRST_SCALES), *CHOICES, *LIMITS, "skip_reason")
CUSTOM = "own."  # before the name of a person's own question
ECHO_LIMIT = 30  # characters of an unknown value that a sentence repeats
EARLIEST = dt.date(YEARS.start, 1, 1)
LONGEST_DELAY, LONGEST_AHEAD = dt.timedelta(days=30), dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class FieldError:
    """Why a field cannot be accepted: the name of the sentence, and the values in it."""

    name: str
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormData:
    """A form as it was sent, unchecked, so that it can be shown again."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Return the value of a field, of several the last; empty where there is none."""
        return self.fields.get(name, ("",))[-1]

    def several(self, name: str) -> Sequence[str]:
        """Return all values of a field."""
        return self.fields.get(name, ())

    @property
    def has_optional(self) -> bool:
        """Whether any question below the fold was answered."""
        return any(any(values) for name, values in self.fields.items() if name in OPTIONAL or name.startswith(CUSTOM))


def css_classes(kinds: Iterable[str]) -> str:
    """Return the classes that hide a question at other kinds of check-in than these; none where it is always asked."""
    asked = tuple(kinds)
    return " ".join(f"not-{kind}" for kind in KINDS if asked and kind not in asked)


def parse_form(body: bytes) -> FormData:
    """Parse the body of a form."""
    return FormData(parse_qs(body.decode(errors="replace"), errors="replace"))


def form_from_checkin(check_in: CheckIn) -> FormData:
    """Return the form filled in with the answers of a check-in."""
    scores = {scale.name: _figure(getattr(check_in, scale.name)) for scale in SCALES}
    texts = {name: getattr(check_in, name) for name in ("kind", "skip_reason", "note", "pain_where")}
    custom = {
        CUSTOM + name: answer if isinstance(answer, str) else _figure(answer) for name, answer in check_in.answers
    }
    fields = {name: [value] for name, value in (scores | texts | custom).items() if value}
    return FormData(fields | {"tags": check_in.tags, "helped": check_in.helped})


def parse_checkin(
    form: FormData, at: dt.datetime, questions: Sequence[CustomQuestion], before: CheckIn | None = None
) -> CheckIn:
    """Return the check-in of a form without errors, at a moment; what the form does not ask stays as `before`."""
    asked = {question.name: question for question in questions}
    answers = {name: answer_to(each, text) for name, each in asked.items() if (text := form.one(CUSTOM + name))}
    kept = {name: answer for name, answer in (before.answers if before else ()) if name not in asked}
    return CheckIn(
        at=at,
        kind=form.one("kind"),
        mood=float(form.one("mood")),
        scores={scale.name: _score(form, scale.name) for scale in SCALES},
        tags=_chosen(form, "tags"),
        helped=_chosen(form, "helped"),
        skip_reason=form.one("skip_reason") or None,
        note=parse_text(form, "note") or None,
        pain_where=parse_text(form, "pain_where") or None,
        source=before.source if before else "web",
        raw=before.raw if before else None,
        answers=tuple((kept | answers).items()),
    )


def parse_written_at(form: FormData, now: dt.datetime) -> dt.datetime:
    """Return when the browser says that the form was written, for one that waited in it; now where that is unlikely."""
    try:
        moment = dt.datetime.fromisoformat(form.one("written_at"))
    except ValueError:
        return now
    if moment.tzinfo is None or not now - LONGEST_DELAY <= moment <= now + LONGEST_AHEAD:
        return now
    return moment.replace(microsecond=0)


def parse_day(form: FormData, written: dt.datetime) -> dt.datetime:
    """Return the moment that a form speaks of: when it was written, or another day at the usual clock of its kind.

    Raises:
        ValueError: what was typed is no day, or one to come, or before any diary.
    """
    typed = form.one("day").strip()
    day = dt.date.fromisoformat(typed) if typed else written.date()
    if not EARLIEST <= day <= written.date():
        raise ValueError(typed)
    return written if day == written.date() else datetime_on(day, form.one("kind"), written.tzinfo)


def parse_date(text: str, years: range | None = None) -> dt.date | None:
    """Return a date as a browser sends it; null where it is none, or not in one of the years."""
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return date if years is None or date.year in years else None


def parse_text(form: FormData, name: str) -> str:
    """Return the text of a field, trimmed, each line ending with one character."""
    return form.one(name).replace("\r\n", "\n").strip()


def find_errors(form: FormData, questions: Sequence[CustomQuestion], before: CheckIn | None = None) -> list[FieldError]:
    """Return why fields cannot be accepted, none where all can; values of the check-in `before` are accepted again."""
    return [
        *_choice_errors(form, before),
        *_scale_errors(form, before),
        *_text_errors(form),
        *_custom_errors(form, questions),
    ]


def find_day_errors(form: FormData, now: dt.datetime) -> Iterator[FieldError]:
    """Yield why the form cannot be about its day, where it cannot."""
    try:
        parse_day(form, parse_written_at(form, now))
    except ValueError:
        yield FieldError("day", "day", {"value": form.one("day")[:ECHO_LIMIT]})


def _choice_errors(form: FormData, before: CheckIn | None) -> Iterator[FieldError]:
    if form.one("kind") not in KINDS:
        yield FieldError("kind", "kind")
    if form.one("skip_reason") not in ("", *REASONS, before.skip_reason if before else ""):
        yield FieldError("skip_reason", "reason")
    for name, offered in CHOICES.items():
        known = {*offered, *(getattr(before, name) if before else ())}
        if unknown := set(form.several(name)) - known:
            yield FieldError(name, "strange", {"value": min(unknown)[:ECHO_LIMIT]})


def _scale_errors(form: FormData, before: CheckIn | None) -> Iterator[FieldError]:
    for scale in SCALES:
        value = form.one(scale.name)
        if scale.name in REQUIRED and not value:
            yield FieldError(scale.name, "needed")
        elif value and value not in STEPS and (before is None or value != _figure(getattr(before, scale.name))):
            yield FieldError(scale.name, "off_scale", {"value": value[:ECHO_LIMIT]})


def _text_errors(form: FormData) -> Iterator[FieldError]:
    for name, limit in LIMITS.items():
        if (length := len(parse_text(form, name))) > limit:
            yield FieldError(name, "too_long", {"length": f"{length:,}", "limit": f"{limit:,}"})


def _custom_errors(form: FormData, questions: Sequence[CustomQuestion]) -> Iterator[FieldError]:
    for question in questions:
        if text := form.one(CUSTOM + question.name):
            try:
                answer_to(question, text)
            except ValueError:
                yield FieldError(CUSTOM + question.name, "strange", {"value": text[:ECHO_LIMIT]})


def _score(form: FormData, name: str) -> float | None:
    value = form.one(name)
    return float(value) if value else None


def _figure(score: float | None) -> str:
    return "" if score is None else f"{score:g}"


def _chosen(form: FormData, name: str) -> tuple[str, ...]:
    """Return what was chosen, in the order in which it is offered, then words of the person's own."""
    chosen = dict.fromkeys(form.several(name))
    offered = [word for word in CHOICES[name] if word in chosen]
    return (*offered, *(word for word in chosen if word not in offered))


def metres_of(text: str, units: Units) -> float:
    """Return a distance typed in the person's units, in metres.

    Raises:
        ValueError: it is no number, or nobody runs that far.
    """
    metres = float(text.replace(",", ".")) * METRES[units]
    if not 0 < metres < LONGEST_RUN_M:
        raise ValueError(f"{text} is no distance of a run")
    return metres
