"""What changed lately, before anything else: findings, runs, evenings, goals and files of the last days.

The days are counted from the page's own last day, not from when somebody looked: a page made anew is the same page.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.answers.told import on_screen, told
from runmood.summary.parts import News
from runmood.summary.words.phrases import counted, distance, listed, moods_between, plural, readable, weekday_near
from runmood.summary.words.short import NAMES, named

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.summary.period import Period

NEW = dt.timedelta(days=7)
STAMP = "%Y%m%d"  # the day in a batch's name


def new_since(period: Period) -> dt.date | None:
    """The first day that counts as new: of the last seven, or of the period; null where all is told."""
    return period.last - NEW + dt.timedelta(days=1) if period.kind == "lately" else period.first


def news(diary: Diary, period: Period, findings: Sequence[Told]) -> News | None:
    """What changed since then; null where nothing did."""
    since = new_since(period)
    if since is None or period.last < diary.as_of:
        return None
    days = diary.days.filter(pl.col("local_date") >= since)
    is_part = period.kind == "lately" and days.height < diary.days.height  # else all that follows is of these days
    noted = (_runs(days, diary), _evenings(days), _files(diary, since)) if is_part else ()
    lines = tuple(filter(None, (*_findings(diary, since, findings), *noted, *_goals(diary, since))))
    title = f"New since {weekday_near(since, period.last)}" if period.kind == "lately" else f"New in this {period.kind}"
    return News(title, lines) if lines else None


def _findings(diary: Diary, since: dt.date, findings: Sequence[Told]) -> Iterator[str]:
    """What is seen for the first time, what no longer grows, and what is no longer seen."""
    day_before = since - dt.timedelta(days=1)
    before = {each.question: each for each in on_screen(told(diary.findings_before), day_before) if each.seen}
    now = {each.question: each for each in findings if each.seen and each.question in NAMES}
    gone = [code for code in before if code in NAMES and code not in now and code != "A1"]
    stale = [code for code in now if code in before and before[code].growing and now[code].growing is False]
    if fresh := [code for code, finding in now.items() if code not in before and _first_shown(finding) >= since]:
        yield f"Seen for the first time: {named(fresh)}."
    if stale:
        yield f"Seen before, and the newest notes add nothing to it: {named(stale)}."
    if gone:
        yield f"No longer seen: {named(gone)}."


def _first_shown(finding: Told) -> dt.date:
    """The day from which it stood on the page."""
    shown_from = finding.facts.get("shown_from")
    return dt.date.fromisoformat(shown_from) if shown_from else finding.since or finding.night


def _runs(days: pl.DataFrame, diary: Diary) -> str:
    runs, far = int(days["runs"].sum()), float(days["distance_m"].sum())
    if not runs:
        return ""
    return f"{counted(runs, 'run')}, {distance(far, diary.units)} in all." if far else f"{counted(runs, 'run')}."


def _evenings(days: pl.DataFrame) -> str:
    moods = days["mood_evening"].drop_nulls().sort()
    if moods.is_empty():
        return ""
    return f"{counted(moods.len(), 'rated evening')}, {moods_between(moods.to_list())}."


def _goals(diary: Diary, since: dt.date) -> Iterator[str]:
    """Goals set, and goals reached."""
    lately = diary.goals.filter(pl.col("since").is_between(since, diary.as_of))
    reached = diary.goals.filter(pl.col("reviewed_on").is_between(since, diary.as_of), state="reached")
    for verb, goals in (("set", lately), ("reached", reached)):
        if not goals.is_empty():
            words = listed([f"“{readable(words)}”" for words in goals["words"]])
            yield f"{plural(goals.height, 'A goal', 'Goals')} {verb}: {words}."


def _files(diary: Diary, since: dt.date) -> str:
    """Files with a fault that were brought since then; an import is named after its day."""
    fresh = diary.notices.filter(pl.col("severity") != "info", pl.col("batch") >= since.strftime(STAMP))
    count = fresh["file_name"].n_unique()
    return f"{counted(count, 'file')} could not be read in full; the end of the page tells more." if count else ""
