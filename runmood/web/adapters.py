"""What was said, read from the journal when it has grown, and how to say more."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from runmood.core.models import (
    CheckIn,
    EntryDeleted,
    EntryEdited,
    Goal,
    GoalReview,
    Habit,
    NewEntry,
    PlannedDay,
    Remark,
)
from runmood.home.edit_settings import change
from runmood.home.home import Home, open_readonly
from runmood.home.last_run import read_last_run
from runmood.home.settings import SettingsError
from runmood.journal.dates import default_checkin_kind
from runmood.journal.plans.effective import coming_plans, first_open_day
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.journal.tables import check_in_rows, journal_frames, remark_rows
from runmood.reports.run import RunView, describe_run
from runmood.reports.summary import build_finding_views
from runmood.schema.tables import DAYS, FINDING_FEEDBACK, GOALS, POINTS, RUN_PAIRS, RUNS
from runmood.support.panel import HelpLines, help_lines
from runmood.support.phrases import touches_on_distress
from runmood.warehouse.publish import list_pairs, read_run, rows
from runmood.warehouse.queries import run_query
from runmood.web.jobs import JobRunner
from runmood.web.ports import AppContext, Finding, JournalCommands, Person, Queries, StoredCheckIn
from runmood.web.ports import JobRunner as Working_given
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from runmood.core.models import Entry
    from runmood.findings.answers import FindingLine, FindingView
    from runmood.journal.codec import JournalRecord
    from runmood.journal.plans.effective import EffectivePlan
    from runmood.schema.types import Table


ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class JournalSnapshot:
    """All that the journal said when it was so long, sorted by who asks for it."""

    length: int = -1
    told: tuple[JournalRecord, ...] = ()
    check_ins: Mapping[str, JournalRecord] = field(default_factory=dict)
    last: JournalRecord | None = None
    plans: tuple[JournalRecord, ...] = ()
    goals: tuple[JournalRecord, ...] = ()
    remarks: tuple[JournalRecord, ...] = ()


class JournalRepository:
    """The home's journal."""

    def __init__(self, home: Callable[[], Home]) -> None:
        self._home = home
        self._heard = JournalSnapshot()

    def say(self, at: dt.datetime, entries: Sequence[Entry]) -> None:
        """Entries said at a moment, on disk when this returns."""
        append(self._home().journal, [NewEntry(at, entry) for entry in entries])

    def check_ins(self, date: dt.date) -> Sequence[StoredCheckIn]:
        """The check-ins that speak of a day, in order of their moments."""
        near = tuple(each for each in self._now().check_ins.values() if abs(_date(each) - date) <= ONE_DAY)
        days = {row["check_in_id"]: row["local_date"] for row in check_in_rows(near)}
        said = [_spoken(each) for each in near if days[each.id] == date]
        return sorted(said, key=lambda spoken: spoken.check_in.at)

    def check_in(self, name: str | None) -> StoredCheckIn | None:
        """The check-in of a name, or the one said last."""
        heard = self._now()
        told = heard.last if name is None else heard.check_ins.get(name)
        return _spoken(told) if told else None

    def withdrawal(self, name: str) -> str | None:
        """The entry that took a check-in back last."""
        taken = [each.id for each in self._now().told if isinstance(each.entry, EntryDeleted) and each.entry.of == name]
        return taken[-1] if taken else None

    def usual_kind(self, moment: dt.datetime) -> str:
        """The kind of check-in that suggests itself at a moment."""
        return default_checkin_kind(moment, read_last_run(self._home()))

    def plans(self, first: dt.date, count: int) -> Mapping[dt.date, EffectivePlan | None]:
        """The plan of each of so many days, as it stands."""
        return coming_plans(self._now().plans, self._home().zone, first, count)

    def open_from(self, moment: dt.datetime) -> dt.date:
        """The first day that can still be planned at a moment."""
        return first_open_day(moment, self._home().zone)

    def habit(self) -> tuple[int, ...]:
        """The weekdays on which the person means to run, as last said; none where nothing was."""
        habits = [each.entry.weekdays for each in self._now().plans if isinstance(each.entry, Habit)]
        return habits[-1] if habits else ()

    def goals(self) -> pl.DataFrame:
        """The goals as they stand."""
        home = self._home()
        return GOALS.frame(journal_frames(self._now().goals, home.zone, home.today())["goals"])

    def remarks(self) -> pl.DataFrame:
        """What stands of all that was said of findings."""
        return FINDING_FEEDBACK.frame(remark_rows(self._now().remarks, self._home().zone))

    def is_heavy(self, words: str, mood: float | None = None) -> bool:
        """Whether words touch on distress; asked when they are shown, and kept nowhere."""
        return touches_on_distress(words, mood, self._home().settings.distress_phrases)

    def _now(self) -> JournalSnapshot:
        """What the journal says now; read again only where it has grown, for a line in it never changes."""
        folder = self._home().journal
        length = sum(file.stat().st_size for file in folder.glob("*.jsonl"))
        if length != self._heard.length:
            self._heard = _sorted(length, read(folder).told)
        return self._heard


def _sorted(length: int, told: tuple[JournalRecord, ...]) -> JournalSnapshot:
    stands = effective_entries(told)
    check_ins = {each.id: each for each in stands if isinstance(each.entry, CheckIn)}
    return JournalSnapshot(
        length=length,
        told=told,
        check_ins=check_ins,
        last=_last(told, check_ins),
        plans=tuple(each for each in stands if isinstance(each.entry, PlannedDay | Habit)),
        goals=tuple(each for each in stands if isinstance(each.entry, Goal | GoalReview)),
        remarks=tuple(each for each in stands if isinstance(each.entry, Remark)),
    )


def _last(told: tuple[JournalRecord, ...], check_ins: Mapping[str, JournalRecord]) -> JournalRecord | None:
    """The check-in that was written down or changed last, whenever it speaks of."""
    names = (each.entry.of if isinstance(each.entry, EntryEdited) else each.id for each in reversed(told))
    return next((check_ins[name] for name in names if name in check_ins), None)


def _date(told: JournalRecord) -> dt.date:
    return _spoken(told).check_in.at.date()


def _spoken(told: JournalRecord) -> StoredCheckIn:
    if not isinstance(told.entry, CheckIn):
        raise TypeError(f"{told.id} is no check-in")
    return StoredCheckIn(told.id, told.entry, told.edited)


# --- What can be looked at: the published copy, opened for each question, and the page that was last written.

if TYPE_CHECKING:
    Value = TypeVar("Value")


class PublishedRepository:
    """The home's published copy, as it is when it is asked; before the first publication everything is empty.

    Answers that need the whole of it are kept until the next publication.
    """

    def __init__(self, home: Callable[[], Home]) -> None:
        self._home = home
        self._kept: dict[str, tuple[object, object]] = {}

    def made_at(self) -> dt.datetime | None:
        """When it was published."""
        stamp = _stamp(self._home().published)
        return dt.datetime.fromtimestamp(stamp / 1e9, self._home().zone) if stamp else None

    def said_since(self) -> bool:
        """Whether the journal says something that is not in it yet."""
        home = self._home()
        said = max((_stamp(file) for file in home.journal.glob("*.jsonl")), default=0)
        return bool(home.published.exists() and said > _stamp(home.published))

    def span(self) -> tuple[dt.date, dt.date] | None:
        """The first day and the last."""
        return self._until_published("span", self._span)

    def days(self, first: dt.date, last: dt.date) -> pl.DataFrame:
        """The days from one to another."""
        return self._ask(DAYS, "days_between", first=f"{first}", last=f"{last}")

    def runs(self, before: str | None, count: int) -> pl.DataFrame:
        """So many runs before one of them, or the newest, newest first."""
        return self._ask(RUNS, "runs_between", before=_plain(before or ""), count=f"{count:d}")

    def runs_of_day(self, date: dt.date) -> pl.DataFrame:
        """The runs of a day."""
        return self._ask(RUNS, "runs_of_day", date=f"{date}")

    def run(self, run_id: str) -> tuple[RunView, pl.DataFrame] | None:
        """A run in words, and its points; null where there is none of that name."""
        home = self._home()
        if not home.published.exists():
            return None
        frames = read_run(home.published, run_id)
        if frames["runs"].is_empty():
            return None
        path = home.points / f"{frames['runs']['points_recording_id'][0]}.parquet"
        points = pl.read_parquet(path) if path.exists() else POINTS.empty()
        return describe_run(frames | {"points": points}, home.say), points

    def findings(self, remarks: pl.DataFrame) -> Sequence[Finding]:
        """Every question with its answer in words, and with what the person says of it."""
        said = tuple(remarks.iter_rows())
        return self._until_published("findings", lambda home: _findings(home, remarks), said) or ()

    def doubtful(self) -> pl.DataFrame:
        """The close calls of which files are one run."""
        pairs = self._until_published("doubtful", lambda home: list_pairs(home.published))
        return RUN_PAIRS.empty() if pairs is None else pairs

    def summary(self) -> str | None:
        """The page as it was last written."""
        page = self._home().page
        return page.read_text(encoding="utf-8") if page.exists() else None

    def _ask(self, table: Table, name: str, **values: str) -> pl.DataFrame:
        published = self._home().published
        if not published.exists():
            return table.empty()
        statement = files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
        return rows(published, table, statement.format(**values))

    def _until_published(self, name: str, make: Callable[[Home], Value], said: object = None) -> Value | None:
        """What was made from this publication, on this day, by these settings and of what was said, once."""
        home = self._home()
        if not home.published.exists():
            return None
        stamp = (_stamp(home.published), home.today(), home.settings, said)
        kept, value = self._kept.get(name, (None, None))
        if kept != stamp:
            value = make(home)
            self._kept[name] = (stamp, value)
        return value  # type: ignore[return-value]  # kept under its own name

    def _span(self, home: Home) -> tuple[dt.date, dt.date] | None:
        row = run_query(home.published, "select min(local_date), max(local_date) from days").row(0)
        return (row[0], row[1]) if row[0] else None


def _findings(home: Home, remarks: pl.DataFrame) -> Sequence[Finding]:
    views = build_finding_views(replace(steps.load_report_data(home, home.today()), finding_feedback=remarks))
    said = {row["question"]: row for row in remarks.iter_rows(named=True)}
    in_full = [_finding(each, said, seen=each.seen, passages=each.passages, dots=each.dots) for each in views.answers]
    in_a_line = [_finding(each, said, seen=False, words=each.words) for each in views.also]
    return (*in_full, *in_a_line)


def _finding(told: FindingView | FindingLine, said: Mapping[str, dict[str, Any]], **more: Any) -> Finding:  # noqa: ANN401
    remark = next((said[code] for code in told.codes if code in said), {"word": None, "note": None})
    return Finding(
        _address(told.title), told.title, told.state, codes=told.codes, word=remark["word"],
        note=remark["note"] or "", **more,
    )  # fmt: skip


def _address(title: str) -> str:
    """A title as the end of an address, its letters without their marks."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _plain(name: str) -> str:
    """A run's name, which has figures and dashes alone, or nothing."""
    return name if re.fullmatch(r"[0-9-]*", name) else ""


def _stamp(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


# --- What the pages are given of a home, in one place.

PHONES = "phones.json"  # in the writer's folder: which phones may come in, by the hash of their secret


def build_app_context(root: Path) -> AppContext:
    """What the pages are given of the home at a folder. Settings count from the next page on."""
    door = ReloadingContext(root)
    shelf, diary, yard = PublishedRepository(door.home), JournalRepository(door.home), JobRunner(door.home)
    return AppContext(
        now=lambda: dt.datetime.now(door.home().zone),
        person=door.person,
        change_setting=lambda name, value: change(door.home().settings_file, name, value),
        help_lines=door.help_lines,
        looking=Queries(
            made_at=shelf.made_at, said_since=shelf.said_since, span=shelf.span, days=shelf.days, runs=shelf.runs,
            runs_of_day=shelf.runs_of_day, run=shelf.run, findings=lambda: shelf.findings(diary.remarks()),
            doubtful=shelf.doubtful, summary=shelf.summary,
        ),
        saying=JournalCommands(
            say=diary.say, check_ins=diary.check_ins, check_in=diary.check_in, withdrawal=diary.withdrawal,
            usual_kind=diary.usual_kind, plans=diary.plans, open_from=diary.open_from, habit=diary.habit,
            goals=diary.goals, heavy=diary.is_heavy,
        ),
        working=Working_given(new_folder=yard.new_folder, take_in=yard.take_in, make=yard.make, works=yard.works),
        phones=root / ".work" / PHONES,
    )  # fmt: skip


class ReloadingContext:
    """The home as its settings are now; with a fault in them, as they were before."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._last = open_readonly(root)

    def home(self) -> Home:
        """Return the home with its settings as they stand now."""
        with suppress(SettingsError):  # a page that is open goes on; every command says what is wrong
            self._last = open_readonly(self._root)
        return self._last

    def person(self) -> Person:
        """Return who the page speaks to, and how."""
        home = self.home()
        settings = home.settings
        return Person(
            name=settings.name, units=settings.units, time_zone=settings.time_zone, language=settings.language,
            settings=home.settings_file.resolve(), hidden_m=settings.privacy_zone_m, items=settings.items,
        )  # fmt: skip

    def help_lines(self) -> Sequence[HelpLines]:
        """Return the help lines of the person's country."""
        return help_lines(self.home().settings.country_shown)
