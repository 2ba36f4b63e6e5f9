"""What is published of a home, as the pages read it, and the pages to share that are made of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from runmood.core.errors import UserError
from runmood.core.i18n import file_name
from runmood.home.work_folder import record_outside_copy
from runmood.journal.decisions import content_prefix
from runmood.reports.run import describe_run
from runmood.reports.share.content import compose, is_noted, offered
from runmood.reports.share.models import ShareSelection, period
from runmood.reports.summary import build_finding_news, build_finding_views
from runmood.schema.tables import DAYS, MONTHS, RUN_PAIRS, RUNS, TO_DECIDE, WEEKS, YEARS
from runmood.schema.views import BEST_TIMES
from runmood.warehouse.publish import (
    list_files,
    list_pairs,
    read_best_times,
    read_points,
    read_run,
    read_tables,
    to_decide,
)
from runmood.warehouse.queries import OpenCopy, open_published
from runmood.web.ports import Finding, RunDetail
from runmood.workflow.pooled_effects import read_pooled_effects
from runmood.workflow.sharing import lay_out, read_share_data, write_shared
from runmood.workflow.summaries import load_report_data

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from runmood.findings.answers import FindingLine, FindingView
    from runmood.home.home import Home
    from runmood.reports.share.models import ShareData, SharedPage, ShareOptions

    Value = TypeVar("Value")


TABLES = {"days": DAYS, "runs": RUNS, "weeks": WEEKS, "months": MONTHS, "years": YEARS}
FILE = re.compile(r"[\w.-]+\.(pdf|html)")


class PublishedRepository:
    """The published database of a home, as `Queries`; before the first publication everything is empty.

    Days and runs are kept as frames, and the copy is kept open, until the next publication. Requests read in turn.
    """

    def __init__(self, home: Callable[[], Home], feedback: Callable[[], pl.DataFrame]) -> None:
        self._home = home
        self._feedback = feedback
        self._cache: dict[str, tuple[object, object]] = {}
        self._turn = RLock()
        self._copy = OpenCopy()

    def has_newer_entries(self) -> bool:
        """Return whether the journal has entries that the database lacks."""
        home = self._home()
        written = max((_modified(file) for file in home.journal.glob("*.jsonl")), default=0)
        return bool(home.published.exists() and written > _modified(home.published))

    def span(self) -> tuple[dt.date, dt.date] | None:
        """Return the first and the last day."""
        days = self._tables()["days"]["local_date"]
        return (days[0], days[-1]) if len(days) else None

    def days(self, first: dt.date, last: dt.date) -> pl.DataFrame:
        """Return the DAYS from one day to another."""
        return self._tables()["days"].filter(pl.col("local_date").is_between(first, last))

    def runs(self, before: str | None, count: int) -> pl.DataFrame:
        """Return at most `count` RUNS before the run of that id, or the newest, newest first."""
        runs = self._tables()["runs"]
        return (runs.filter(pl.col("run_id") < before) if before else runs).tail(count).reverse()

    def all_runs(self) -> pl.DataFrame:
        """Return the RUNS in order of time."""
        return self._tables()["runs"]

    def volumes(self, by: str) -> pl.DataFrame:
        """Return the WEEKS, MONTHS or YEARS, by the name of one: week, month or year."""
        return self._tables()[f"{by}s"]

    def best_times(self) -> pl.DataFrame:
        """Return the BEST_TIMES of all runs."""
        best = self._cached("best_times", lambda home: read_best_times(home.published))
        return BEST_TIMES.empty() if best is None else best

    def runs_of_day(self, date: dt.date) -> pl.DataFrame:
        """Return the RUNS of a day."""
        return self._tables()["runs"].filter(pl.col("local_date") == date)

    def run(self, run_id: str) -> RunDetail | None:
        """Return all that is known of a run; null where no run has this id."""
        if run_id not in self._tables()["runs"]["run_id"]:
            return None
        return self._cached("run", lambda home: _run(home, run_id), run_id)

    def findings(self) -> Sequence[Finding]:
        """Return the answer to every question, with the person's feedback."""
        return self._answers()[0]

    def news(self) -> str:
        """Return what has changed in the findings within a week, in a sentence; empty where nothing did."""
        return self._answers()[1]

    def nothing_found(self) -> tuple[str, bool]:
        """Return why there may be no finding, in a sentence, and whether adding runs would help."""
        return self._answers()[2] or (self._home().say("findings.none"), True)

    def _answers(self) -> tuple[Sequence[Finding], str, tuple[str, bool] | None]:
        feedback = self._feedback()
        key = (*feedback.iter_rows(), *read_pooled_effects(self._home()).items())
        return self._cached("findings", lambda home: _findings(home, feedback), key) or ((), "", None)

    def unclear_pairs(self) -> pl.DataFrame:
        """Return the recordings of which it is unclear whether they are one run."""
        pairs = self._cached("pairs", lambda home: list_pairs(home.published))
        return RUN_PAIRS.empty() if pairs is None else pairs

    def to_decide(self) -> pl.DataFrame:
        """Return the recordings of which only the person can say what they are, when they were or how far."""
        waiting = self._cached("to_decide", lambda home: to_decide(home.published))
        return TO_DECIDE.empty() if waiting is None else waiting

    def file_names(self) -> Mapping[str, str]:
        """Return the name of each file that was read, by the beginning of its content's hash."""
        return self._cached("file_names", lambda home: _file_names(home.published)) or {}

    def summary(self) -> str | None:
        """Return the summary page as it was last written."""
        page = self._home().page
        return page.read_text(encoding="utf-8") if page.exists() else None

    def _tables(self) -> dict[str, pl.DataFrame]:
        """Return the tables that most pages read, ordered by their keys."""
        tables = self._cached("tables", lambda home: read_tables(home.published, tuple(TABLES)))
        return tables or {name: table.empty() for name, table in TABLES.items()}

    def _cached(self, name: str, compute: Callable[[Home], Value], key: object = None) -> Value | None:
        """Return what was computed from this publication, on this day, with these settings and this key."""
        home = self._home()
        with self._turn:
            publication = self._copy.refresh(home.published)
            if publication is None:
                return None
            stamp = (publication, home.today(), home.settings, key)
            cached, value = self._cache.get(name, (None, None))
            if cached != stamp:
                value = compute(home)
                self._cache[name] = (stamp, value)
            return value  # type: ignore[return-value]  # cached under a name that has one type


def _file_names(published: Path) -> dict[str, str]:
    files = read_tables(published, ("source_files",))["source_files"]
    return {
        content_prefix(content): file_name(name)
        for name, content in files.select("file_name", "content_hash").iter_rows()
        if content
    }


def _run(home: Home, run_id: str) -> RunDetail:
    frames = read_run(home.published, run_id)
    points = read_points(home.published, home.points, run_id)
    files = list_files(home.published, run_id)
    return RunDetail(
        view=describe_run(frames | {"points": points}, home.say),
        row=frames["runs"].row(0, named=True),
        moods=frames["run_moods"].row(0, named=True) if frames["run_moods"].height else {},
        points=points,
        recordings=files["recording_id"].to_list(),
    )


def _findings(home: Home, feedback: pl.DataFrame) -> tuple[Sequence[Finding], str, tuple[str, bool]]:
    """Return the findings, what is new of them, and what is said where there is none."""
    data = replace(load_report_data(home, home.today()), finding_feedback=feedback)
    views = build_finding_views(data)
    by_question = {row["question"]: row for row in feedback.iter_rows(named=True)}
    in_full = [
        _finding(each, by_question, seen=each.seen, passages=each.passages, dots=each.dots) for each in views.answers
    ]
    in_a_line = [_finding(each, by_question, seen=False, words=each.words) for each in views.also]
    return (*in_full, *in_a_line), next(iter(build_finding_news(data)), ""), (views.nothing, views.may_begin)


def _finding(view: FindingView | FindingLine, by_question: Mapping[str, dict[str, Any]], **more: Any) -> Finding:  # noqa: ANN401
    given = next((by_question[code] for code in view.codes if code in by_question), {"word": None, "note": None})
    return Finding(
        _slug(view.title), view.title, view.state, codes=view.codes, word=given["word"], note=given["note"] or "",
        **more,
    )  # fmt: skip


def _slug(title: str) -> str:
    """Return a title as the end of an address, its letters without their marks."""
    plain = unicodedata.normalize("NFKD", title.lower()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _modified(path: Path) -> int:
    return path.stat().st_mtime_ns if path.exists() else 0


class SharedPages:
    """The pages to share of a home, as `SharePages`."""

    def __init__(self, home: Callable[[], Home], feedback: Callable[[], pl.DataFrame]) -> None:
        self._home = home
        self._feedback = feedback

    def offers(self, first: dt.date | None, last: dt.date | None) -> tuple[ShareSelection, ShareOptions]:
        """Return the days of a page, as asked or as usual, and what may be chosen for it."""
        data, days = self._data(first, last)
        return days, offered(data, days)

    def compose(self, selection: ShareSelection) -> SharedPage:
        """Return the page of a choice.

        Raises:
            UserError: nothing is noted in these days, or more is chosen than a page holds.
        """
        data, _ = self._data(selection.first, selection.last)
        if not is_noted(data, selection):
            raise UserError(data.say("cli.share.nothing_noted", first=selection.first, last=selection.last))
        return compose(data, selection)

    def write(self, page: SharedPage) -> Sequence[str]:
        """Write the page as PDF and HTML into the home, remember that, and return the files' names."""
        home = self._home()
        paths, _ = write_shared(self._folder(), page.file, lay_out(page))
        for path in paths:
            record_outside_copy(home, "page", path)
        return [path.name for path in paths]

    def read(self, name: str) -> bytes | None:
        """Return the content of a file that was written; null where there is none of that name."""
        path = self._folder() / name
        return path.read_bytes() if FILE.fullmatch(name) and path.is_file() and not path.is_symlink() else None

    def _folder(self) -> Path:
        return self._home().page.parent / "shared"

    def _data(self, first: dt.date | None, last: dt.date | None) -> tuple[ShareData, ShareSelection]:
        home = self._home()
        open_published(home.published).close()  # raises where another version made it, or there is none
        days = read_tables(home.published, ("days",))["days"]
        begin, end = period(days, first, last, home.today())
        return read_share_data(home, days, self._feedback(), end), ShareSelection(begin, end)
