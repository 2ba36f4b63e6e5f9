"""What a file of plans holds, before anybody has asked what it means: sessions on days."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.journal.fields import YEARS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from zoneinfo import ZoneInfo

    from runmood.core.i18n import Message

    Entry = TypeVar("Entry")


YEAR = dt.timedelta(days=365)
MOST = 10_000_000.0  # metres or seconds
COPY_NUMBER = re.compile(r"\s*\(\d+\)$")  # what a browser adds to a file that it has downloaded before


class BadPlanError(UserError):
    """A file of plans that cannot be taken as it is; the sentence names the file, the place and the fault."""

    def __init__(self, name: str, fault: Message) -> None:
        super().__init__(message("error.plan.refused", file=name, fault=fault))


class WrongCellError(ValueError):
    """A value in a file of plans is none that a plan can have.

    Attributes:
        fault: why, without the place.
    """

    def __init__(self, fault: str, **values: object) -> None:
        self.fault = message(f"error.plan.cell.{fault}", **values)
        super().__init__(str(self.fault))


class Sport(Enum):
    """What a file itself says that a session is, in a column made for it."""

    RUN = "run"
    REST = "rest"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Session:
    """One entry of a plan on the day it begins, with what the file says of it.

    `days` is how many whole days it takes; `place` says where in the file it stands; `labels` are the calendar's own
    categories. `sport`, `distance_m` and
    `planned_s` are what the file says in columns made for them, `slot_s` how long the calendar keeps free for it.
    """

    date: dt.date
    title: str
    place: Message
    labels: str = ""
    detail: str = ""
    sport: Sport | None = None
    distance_m: float | None = None
    planned_s: float | None = None
    slot_s: float | None = None
    days: int = 1
    cancelled: bool = False

    @property
    def last(self) -> dt.date:
        """The last day it takes."""
        return self.date + dt.timedelta(days=self.days - 1)


@dataclass(frozen=True, slots=True)
class SetAside:
    """An entry of a plan that cannot be read: where it stands and why, and what it is called."""

    reason: Message
    title: str


@dataclass(frozen=True, slots=True)
class PlanFile:
    """The sessions of a file, the name of the calendar it is a version of, and which entries cannot be read."""

    calendar: str
    sessions: tuple[Session, ...]
    set_aside: tuple[SetAside, ...] = ()
    remarks: tuple[Message, ...] = ()


def sessions_and_rest(
    name: str, entries: Iterable[tuple[Entry, str]], reader: Callable[[Entry], Session], reason: Callable[..., Message]
) -> tuple[tuple[Session, ...], tuple[SetAside, ...]]:
    """Return the sessions that entries of a file are, and the entries that are none.

    Args:
        name: The file.
        entries: Each with its title.
        reader: Returns the session of an entry; raises `WrongCellError` for one that is none.
        reason: Says of an entry, with the fault, where it stands and why it is none.

    Raises:
        BadPlanError: Not one of them can be read.
    """
    sessions: list[Session] = []
    rest: list[SetAside] = []
    for entry, title in entries:
        try:
            sessions.append(reader(entry))
        except WrongCellError as wrong:
            rest.append(SetAside(reason(entry, wrong.fault), title))
    if rest and not sessions:
        raise BadPlanError(name, rest[0].reason)
    return tuple(sessions), tuple(rest)


def day_in(text: str) -> dt.date:
    """Return the day that a text begins with; `WrongCellError` where it is none, or none of a diary."""
    try:
        day = dt.date.fromisoformat(text[:10])
    except ValueError as fault:
        raise WrongCellError("no_date", value=repr(text[:30])) from fault
    if day.year not in YEARS:
        raise WrongCellError("beyond", day=day.isoformat())
    return day


def amount(item: str, number: float, unit: float = 1) -> float | None:
    """So much in metres or seconds; null for 0, which plans nothing; `WrongCellError` where no run could be so long."""
    if not 0 <= number * unit <= MOST:
        raise WrongCellError("no_run", column=item, value=f"{number:g}")
    return float(number * unit) or None


def calendar_name(name: str) -> str:
    """Return what a plan is called where its file does not say: by the file's name."""
    return COPY_NUMBER.sub("", PurePath(name).stem) or "plan"


@dataclass(frozen=True, slots=True)
class Window:
    """The days of which a calendar is asked: a year back, to count what has begun, and a year ahead."""

    today: dt.date
    zone: ZoneInfo

    @property
    def first(self) -> dt.date:
        """A year before today."""
        return self.today - YEAR

    @property
    def last(self) -> dt.date:
        """A year after today."""
        return self.today + YEAR
