"""Every kind of entry: what its line is called, and what each of its items may hold."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import TYPE_CHECKING

from runmood.journal.lines.values import (
    a_day,
    a_moment,
    a_number,
    a_score,
    a_text,
    an_amount,
    answers,
    one_of,
    texts,
    weekdays,
)
from runmood.terms import choices as of
from runmood.terms import entries as said

if TYPE_CHECKING:
    from runmood.journal.lines.values import Reader
    from runmood.terms.entries import Entry


class Shape:
    """How the items of one kind of entry are read."""

    def __init__(self, makes: type[Entry], **items: Reader) -> None:
        self.makes = makes
        self.items = items
        self.always = frozenset(field.name for field in fields(makes) if field.default is MISSING)

    def read(self, content: dict[str, object]) -> Entry:
        """The entry; an item that it may be without is unsaid where it is null."""
        if strange := content.keys() - self.items.keys():
            raise ValueError(f"it says {', '.join(sorted(strange))}, which it cannot")
        if missing := self.always - content.keys():
            raise ValueError(f"the {', '.join(sorted(missing))} is missing")
        told = {item: value for item, value in content.items() if value is not None or item in self.always}
        return self.makes(**{item: self.items[item](item, value) for item, value in told.items()})  # type: ignore[arg-type]


CHECK_IN = Shape(
    said.CheckIn,
    at=a_moment,
    kind=one_of(*of.CHECK_IN_KINDS),
    **dict.fromkeys(of.SCORES, a_score),
    pain_where=a_text,
    tags=texts,
    helped=texts,
    skip_reason=a_text,
    note=a_text,
    source=a_text,
    raw=a_text,
    answers=answers,
)


def _a_check_in(item: str, value: object) -> Entry:
    if not isinstance(value, dict):
        raise TypeError(f"{item} is {value}, which is no check-in")
    return CHECK_IN.read(value)


SHAPES = {
    "check-in": CHECK_IN,
    "change": Shape(said.Changed, of=a_text, check_in=_a_check_in),
    "withdraw": Shape(said.Withdrawn, of=a_text),
    "plan": Shape(
        said.PlannedDay,
        date=a_day,
        planned=one_of(*of.PLANNED, None),
        distance_m=an_amount,
        planned_s=an_amount,
        name=a_text,
        calendar=a_text,
    ),
    "habit": Shape(said.Habit, weekdays=weekdays),
    "goal": Shape(
        said.Goal,
        kind=one_of(*of.GOAL_KINDS),
        words=a_text,
        measure=one_of(*of.GOAL_MEASURES),
        target=a_number,
        until=a_day,
    ),
    "goal-review": Shape(said.GoalReview, goal=a_text, state=one_of(*of.GOAL_STATES), words=a_text),
    "reflection": Shape(said.Reflection, date=a_day, occasion=one_of(*of.OCCASIONS), prompt=a_text, answer=a_text),
    "remark": Shape(said.Remark, finding=a_text, word=one_of(*of.REMARKS, None), note=a_text),
    "measure": Shape(said.Measured, recording=a_text, distance_m=an_amount),
    "run-tags": Shape(said.RunTagged, recording=a_text, tags=texts),
    "undo": Shape(said.TakenBack, batch=a_text, content=texts),
    "take": Shape(said.TakenAgain, content=texts),
    "join": Shape(said.Joined, one=a_text, other=a_text),
    "split": Shape(said.Parted, one=a_text, other=a_text),
}
