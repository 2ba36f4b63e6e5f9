"""The journal behind the pages: read again when it has grown, and appended to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn, EntryDeleted, EntryEdited, NewEntry
from runmood.core.entries import (
    CareReported,
    FindingFeedback,
    Goal,
    GoalReview,
    Habit,
    ImportReverted,
    PlannedDay,
    ReportedDay,
    ReportedRun,
    RunJudged,
    RunTagged,
    SeriesJudged,
)
from runmood.core.enums import CheckInKind
from runmood.core.i18n import file_name
from runmood.home.import_log import imports as read_imports
from runmood.home.work_folder import read_last_run
from runmood.journal.checkin_days import day_of, default_checkin_kind
from runmood.journal.days import better_since, care_now
from runmood.journal.decisions import content_prefix, copies_of, names_in, short_id
from runmood.journal.plans.versions import coming_plans, first_plannable_day
from runmood.journal.resolve import effective_entries
from runmood.journal.store import JournalReader, append
from runmood.journal.tables import feedback_rows, journal_frames
from runmood.schema.tables import FINDING_FEEDBACK, GOALS
from runmood.support.phrases import OfferedSupport, offered_support
from runmood.web.ports import DecisionMade, ImportLine, StoredCheckIn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import polars as pl

    from runmood.core.entries import Entry
    from runmood.core.enums import CareWord
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord
    from runmood.journal.plans.versions import EffectivePlan

LATELY = dt.timedelta(days=7)
ANSWERED_AT_ONCE = ("hand", "web")  # whoever says it there reads the panel; a shortcut shows none


@dataclass(frozen=True, slots=True)
class JournalSnapshot:
    """The journal's records at a length in bytes; all but `records` are the effective ones, by kind."""

    length: int = -1
    records: tuple[JournalRecord, ...] = ()
    check_ins: Mapping[str, JournalRecord] = field(default_factory=dict)
    check_ins_by_day: Mapping[dt.date, Sequence[JournalRecord]] = field(default_factory=dict)
    last: JournalRecord | None = None
    plans: tuple[JournalRecord, ...] = ()
    goals: tuple[JournalRecord, ...] = ()
    reported_days: tuple[JournalRecord, ...] = ()
    feedback: tuple[JournalRecord, ...] = ()
    care: tuple[JournalRecord, ...] = ()
    judged: tuple[JournalRecord, ...] = ()
    decided: tuple[JournalRecord, ...] = ()
    reverted: tuple[JournalRecord, ...] = ()


class JournalRepository:
    """The journal of a home, as `JournalCommands`."""

    def __init__(self, home: Callable[[], Home]) -> None:
        self._home = home
        self._reader = JournalReader(home().journal)
        self._cached = JournalSnapshot()
        self._turn = Lock()

    def append(self, at: dt.datetime, entries: Sequence[Entry]) -> None:
        """Write entries with the moment at which the person made them; they are on disk on return."""
        append(self._home().journal, [NewEntry(at, entry) for entry in entries])

    def check_ins(self, date: dt.date) -> Sequence[StoredCheckIn]:
        """Return the check-ins about a day, in order of time."""
        about = (_stored(each) for each in self._snapshot().check_ins_by_day.get(date, ()))
        return sorted(about, key=lambda stored: stored.check_in.at)

    def evening_moods(self, first: dt.date, last: dt.date) -> Mapping[dt.date, float]:
        """Return the mood last said of each evening from one day to another."""
        moods = {}
        for date, records in self._snapshot().check_ins_by_day.items():
            if first <= date <= last:
                evenings = [_stored(each).check_in for each in records]
                said = [each for each in evenings if each.kind == CheckInKind.EVENING]
                if said:
                    moods[date] = max(said, key=lambda each: each.at).mood
        return moods

    def check_in(self, check_in_id: str | None) -> StoredCheckIn | None:
        """Return the check-in of an id, or without one the check-in last written or changed."""
        snapshot = self._snapshot()
        record = snapshot.last if check_in_id is None else snapshot.check_ins.get(check_in_id)
        return _stored(record) if record else None

    def judgements(self, recordings: Sequence[str]) -> Sequence[str]:
        """Return the ids of the entries that say whether these recordings are a run."""
        same = copies_of(self._snapshot().records, recordings)
        return tuple(
            each.id for each in self._snapshot().judged if same.intersection(map(short_id, names_in(each.entry)))
        )

    def decisions(self, count: int) -> Sequence[DecisionMade]:
        """Return the last decisions about files that count, newest first; what one form said of a file is one."""
        made: dict[tuple[dt.datetime, str], list[JournalRecord]] = {}
        for each in self._snapshot().decided:
            made.setdefault((each.said_at, _content_decided(each)), []).append(each)
        last = sorted(made.items(), key=lambda decision: decision[0][0], reverse=True)[:count]
        return tuple(
            DecisionMade(tuple(each.id for each in records), tuple(each.entry for each in records), at)
            for (at, _), records in last
        )

    def imports(self, count: int) -> Sequence[ImportLine]:
        """Return the last imports that count, newest first."""
        reverted = {each.entry.batch for each in self._snapshot().reverted if isinstance(each.entry, ImportReverted)}
        logged = [each for each in read_imports(self._home().journal) if each.batch not in reverted]
        counting = [each for each in logged if each.began_at and (each.files or each.entries) and not each.withdrawals]
        return tuple(
            ImportLine(each.batch, each.began_at, tuple(map(file_name, each.source.split(", "))))
            for each in reversed(counting[-count:])
            if each.began_at
        )

    def reported_days(self, date: dt.date) -> Sequence[Entry]:
        """Return what the person told of a day's running without a file."""
        return tuple(each.entry for each in self._snapshot().reported_days if _reported_date(each) == date)

    def care(self, today: dt.date) -> tuple[dt.date, CareWord] | None:
        """Return since when the person is ill or injured by their own word, and which; null where they are not."""
        return care_now(self._snapshot().care, today)

    def better_since(self, today: dt.date) -> dt.date | None:
        """Return the day on which the person last said that they are better; null where a later word is another."""
        return better_since(self._snapshot().care, today)

    def withdrawal(self, check_in_id: str) -> str | None:
        """Return the id of the entry that last withdrew a check-in."""
        for record in reversed(self._snapshot().records):
            if isinstance(record.entry, EntryDeleted) and record.entry.of == check_in_id:
                return record.id
        return None

    def default_kind(self, moment: dt.datetime) -> str:
        """Return the kind of check-in that a form offers first."""
        return default_checkin_kind(moment, read_last_run(self._home()))

    def plans(self, first: dt.date, count: int) -> Mapping[dt.date, EffectivePlan | None]:
        """Return the plan of each of `count` days, null without one, also where it was taken back."""
        until = first + dt.timedelta(days=count)
        about = [
            each
            for each in self._snapshot().plans
            if not isinstance(each.entry, PlannedDay) or first <= each.entry.date < until
        ]
        plans = coming_plans(about, self._home().zone, first, count)
        return {date: plan if plan and plan.plan.planned else None for date, plan in plans.items()}

    def first_plannable_day(self, moment: dt.datetime) -> dt.date:
        """Return the first day that can still be planned."""
        return first_plannable_day(moment, self._home().zone)

    def habit(self) -> tuple[int, ...]:
        """Return the weekdays of the usual week's runs, Monday as 1; none where none was set."""
        habits = [each.entry.weekdays for each in self._snapshot().plans if isinstance(each.entry, Habit)]
        return habits[-1] if habits else ()

    def goals(self) -> pl.DataFrame:
        """Return the GOALS with their state."""
        home = self._home()
        return GOALS.frame(journal_frames(self._snapshot().goals, home.zone, home.today())["goals"])

    def feedback(self) -> pl.DataFrame:
        """Return the FINDING_FEEDBACK in force."""
        return FINDING_FEEDBACK.frame(feedback_rows(self._snapshot().feedback, self._home().zone))

    def asks_for_support(self, now: dt.datetime) -> bool:
        """Return whether imported notes or moods of the last week ask for someone to talk to; it is kept nowhere."""
        check_ins = [each.entry for each in self._snapshot().check_ins.values() if isinstance(each.entry, CheckIn)]
        lately = [each for each in check_ins if now - LATELY <= each.at <= now and each.source not in ANSWERED_AT_ONCE]
        offered = (self.offered_support(each.note or "", each.mood, each.tags) for each in lately)
        return any(each.panel or each.someone for each in offered)

    def offered_support(self, words: str, mood: float | None = None, tags: Sequence[str] = ()) -> OfferedSupport:
        """Return whether words, mood or tags ask for someone to talk to, or for a doctor; it is kept nowhere."""
        return offered_support(words, mood, tags, self._home().settings.distress_phrases)

    def _snapshot(self) -> JournalSnapshot:
        """Return the records of now; lines never change, so the files are read again only where they have grown."""
        with self._turn:
            length = sum(file.stat().st_size for file in self._reader.folder.glob("*.jsonl"))
            if length != self._cached.length:
                self._cached = _take_snapshot(length, self._reader.records())
            return self._cached


def _take_snapshot(length: int, records: tuple[JournalRecord, ...]) -> JournalSnapshot:
    effective = effective_entries(records)
    check_ins = {each.id: each for each in effective if isinstance(each.entry, CheckIn)}
    by_day: dict[dt.date, list[JournalRecord]] = {}
    for each in effective:
        if isinstance(each.entry, CheckIn):
            by_day.setdefault(day_of(each.entry), []).append(each)
    return JournalSnapshot(
        length=length,
        records=records,
        check_ins=check_ins,
        check_ins_by_day=by_day,
        last=_last(records, check_ins),
        plans=tuple(each for each in effective if isinstance(each.entry, PlannedDay | Habit)),
        reported_days=tuple(each for each in effective if _reported_date(each)),
        goals=tuple(each for each in effective if isinstance(each.entry, Goal | GoalReview)),
        reverted=tuple(each for each in effective if isinstance(each.entry, ImportReverted)),
        decided=tuple(each for each in effective if _content_decided(each)),
        judged=tuple(each for each in effective if isinstance(each.entry, RunJudged)),
        feedback=tuple(each for each in effective if isinstance(each.entry, FindingFeedback)),
        care=tuple(each for each in effective if isinstance(each.entry, CareReported)),
    )


def _last(records: tuple[JournalRecord, ...], check_ins: Mapping[str, JournalRecord]) -> JournalRecord | None:
    """Return the check-in last written or changed, whichever day it is about."""
    ids = (each.entry.of if isinstance(each.entry, EntryEdited) else each.id for each in reversed(records))
    return next((check_ins[each] for each in ids if each in check_ins), None)


def _reported_date(record: JournalRecord) -> dt.date | None:
    """Return the day of a run without a watch, or of a word on a day without one; null of all else."""
    return record.entry.date if isinstance(record.entry, ReportedRun | ReportedDay) else None


def _content_decided(record: JournalRecord) -> str:
    """Return what a decision is about: a title, or the beginning of a content's hash, the first of two; else ""."""
    match record.entry:
        case SeriesJudged(title, verdict) if verdict:
            return title
        case RunTagged():
            return ""
    return content_prefix(next(iter(names_in(record.entry)), ""))


def _stored(record: JournalRecord) -> StoredCheckIn:
    if not isinstance(record.entry, CheckIn):
        raise TypeError(f"{record.id} is not a check-in")
    return StoredCheckIn(record.id, record.entry, record.edited)
