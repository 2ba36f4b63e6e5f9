"""What was said, read from the journal when it has grown, and how to say more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipelines.saying.checking_in.keeping import last_run_ended
from runmood import journal, support, web
from runmood.terms import columns
from runmood.terms.entries import Changed, CheckIn, Goal, GoalReview, Habit, PlannedDay, Remark, Said, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl

    from pipelines.home import Home
    from runmood.journal import Standing, Told
    from runmood.terms.entries import Entry


ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Heard:
    """All that the journal said when it was so long, sorted by who asks for it."""

    length: int = -1
    told: tuple[Told, ...] = ()
    check_ins: Mapping[str, Told] = field(default_factory=dict)
    last: Told | None = None
    plans: tuple[Told, ...] = ()
    goals: tuple[Told, ...] = ()
    remarks: tuple[Told, ...] = ()


class Diary:
    """The home's journal."""

    def __init__(self, home: Callable[[], Home]) -> None:
        self._home = home
        self._heard = _Heard()

    def say(self, at: dt.datetime, entries: Sequence[Entry]) -> None:
        """Entries said at a moment, on disk when this returns."""
        journal.append(self._home().journal, [Said(at, entry) for entry in entries])

    def check_ins(self, date: dt.date) -> Sequence[web.Spoken]:
        """The check-ins that speak of a day, in order of their moments."""
        near = tuple(each for each in self._now().check_ins.values() if abs(_date(each) - date) <= ONE_DAY)
        days = {row["check_in_id"]: row["local_date"] for row in journal.check_in_rows(near)}
        said = [_spoken(each) for each in near if days[each.id] == date]
        return sorted(said, key=lambda spoken: spoken.check_in.at)

    def check_in(self, name: str | None) -> web.Spoken | None:
        """The check-in of a name, or the one said last."""
        heard = self._now()
        told = heard.last if name is None else heard.check_ins.get(name)
        return _spoken(told) if told else None

    def withdrawal(self, name: str) -> str | None:
        """The entry that took a check-in back last."""
        taken = [each.id for each in self._now().told if isinstance(each.entry, Withdrawn) and each.entry.of == name]
        return taken[-1] if taken else None

    def usual_kind(self, moment: dt.datetime) -> str:
        """The kind of check-in that suggests itself at a moment."""
        return journal.usual_kind(moment, last_run_ended(self._home()))

    def plans(self, first: dt.date, count: int) -> Mapping[dt.date, Standing | None]:
        """The plan of each of so many days, as it stands."""
        return journal.coming_plans(self._now().plans, self._home().zone, first, count)

    def open_from(self, moment: dt.datetime) -> dt.date:
        """The first day that can still be planned at a moment."""
        return journal.first_open_day(moment, self._home().zone)

    def habit(self) -> tuple[int, ...]:
        """The weekdays on which the person means to run, as last said; none where nothing was."""
        habits = [each.entry.weekdays for each in self._now().plans if isinstance(each.entry, Habit)]
        return habits[-1] if habits else ()

    def goals(self) -> pl.DataFrame:
        """The goals as they stand."""
        home = self._home()
        return columns.GOALS.frame(journal.said_rows(self._now().goals, home.zone, home.today())["goals"])

    def remarks(self) -> pl.DataFrame:
        """What stands of all that was said of findings."""
        return columns.REMARKS.frame(journal.remark_rows(self._now().remarks, self._home().zone))

    def is_heavy(self, words: str, mood: float | None = None) -> bool:
        """Whether words touch on distress; asked when they are shown, and kept nowhere."""
        return support.touches_on_distress(words, mood, self._home().settings.distress_phrases)

    def _now(self) -> _Heard:
        """What the journal says now; read again only where it has grown, for a line in it never changes."""
        folder = self._home().journal
        length = sum(file.stat().st_size for file in folder.glob("*.jsonl"))
        if length != self._heard.length:
            self._heard = _sorted(length, journal.read(folder).told)
        return self._heard


def _sorted(length: int, told: tuple[Told, ...]) -> _Heard:
    stands = journal.standing(told)
    check_ins = {each.id: each for each in stands if isinstance(each.entry, CheckIn)}
    return _Heard(
        length=length,
        told=told,
        check_ins=check_ins,
        last=_last(told, check_ins),
        plans=tuple(each for each in stands if isinstance(each.entry, PlannedDay | Habit)),
        goals=tuple(each for each in stands if isinstance(each.entry, Goal | GoalReview)),
        remarks=tuple(each for each in stands if isinstance(each.entry, Remark)),
    )


def _last(told: tuple[Told, ...], check_ins: Mapping[str, Told]) -> Told | None:
    """The check-in that was written down or changed last, whenever it speaks of."""
    names = (each.entry.of if isinstance(each.entry, Changed) else each.id for each in reversed(told))
    return next((check_ins[name] for name in names if name in check_ins), None)


def _date(told: Told) -> dt.date:
    return _spoken(told).check_in.at.date()


def _spoken(told: Told) -> web.Spoken:
    if not isinstance(told.entry, CheckIn):
        raise TypeError(f"{told.id} is no check-in")
    return web.Spoken(told.id, told.entry, told.edited)
