"""What can be looked at: the published copy, opened for each question, and the page that was last written."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import replace
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from pipelines import steps
from runmood import summary, warehouse, web
from runmood.terms import columns

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from pipelines.home import Home
    from runmood.summary import Also, Answer
    from runmood.terms.frames import Table

    Value = TypeVar("Value")


class Shelf:
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
        return self._ask(columns.DAYS, "some_days", first=f"{first}", last=f"{last}")

    def runs(self, before: str | None, count: int) -> pl.DataFrame:
        """So many runs before one of them, or the newest, newest first."""
        return self._ask(columns.RUNS, "some_runs", before=_plain(before or ""), count=f"{count:d}")

    def runs_of_day(self, date: dt.date) -> pl.DataFrame:
        """The runs of a day."""
        return self._ask(columns.RUNS, "runs_of_day", date=f"{date}")

    def run(self, run_id: str) -> tuple[summary.RunView, pl.DataFrame] | None:
        """A run in words, and its points; null where there is none of that name."""
        home = self._home()
        if not home.published.exists():
            return None
        frames = warehouse.read_run(home.published, run_id)
        if frames["runs"].is_empty():
            return None
        path = home.points / f"{frames['runs']['points_from'][0]}.parquet"
        points = pl.read_parquet(path) if path.exists() else columns.POINTS.empty()
        return summary.describe_run(frames | {"points": points}, home.say), points

    def findings(self, remarks: pl.DataFrame) -> Sequence[web.Finding]:
        """Every question with its answer in words, and with what the person says of it."""
        said = tuple(remarks.iter_rows())
        return self._until_published("findings", lambda home: _findings(home, remarks), said) or ()

    def doubtful(self) -> pl.DataFrame:
        """The close calls of which files are one run."""
        pairs = self._until_published("doubtful", lambda home: warehouse.list_pairs(home.published))
        return columns.RUN_PAIRS.empty() if pairs is None else pairs

    def summary(self) -> str | None:
        """The page as it was last written."""
        page = self._home().page
        return page.read_text(encoding="utf-8") if page.exists() else None

    def _ask(self, table: Table, name: str, **values: str) -> pl.DataFrame:
        published = self._home().published
        if not published.exists():
            return table.empty()
        statement = files(__package__).joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")
        return warehouse.rows(published, table, statement.format(**values))

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
        row = warehouse.ask(home.published, "select min(local_date), max(local_date) from days").row(0)
        return (row[0], row[1]) if row[0] else None


def _findings(home: Home, remarks: pl.DataFrame) -> Sequence[web.Finding]:
    told = summary.summarise(replace(steps.read_diary(home, home.today()), remarks=remarks))
    said = {row["question"]: row for row in remarks.iter_rows(named=True)}
    in_full = [_finding(each, said, seen=each.seen, passages=each.passages, dots=each.dots) for each in told.answers]
    in_a_line = [_finding(each, said, seen=False, words=each.words) for each in told.also]
    return (*in_full, *in_a_line)


def _finding(told: Answer | Also, said: Mapping[str, dict[str, Any]], **more: Any) -> web.Finding:  # noqa: ANN401
    remark = next((said[code] for code in told.codes if code in said), {"word": None, "note": None})
    return web.Finding(
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
