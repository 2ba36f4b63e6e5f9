"""What changed lately, before anything else: findings, runs, evenings, goals and files of the last days.

The days are counted from the page's own last day, not from when somebody looked: a page made anew is the same page.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl

from runmood.summary.answers.told import on_screen, told
from runmood.summary.parts import News
from runmood.summary.words.lately import rated
from runmood.summary.words.phrases import readable
from runmood.summary.words.short import has_name, named, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.summary.answers.told import Told
    from runmood.summary.diary import Diary
    from runmood.summary.period import Period
    from runmood.terms.speech import Speech

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
    say, days = diary.say, diary.days.filter(pl.col("local_date") >= since)
    is_part = period.kind == "lately" and days.height < diary.days.height  # else all that follows is of these days
    noted = (_runs(say, days), _evenings(say, days), _files(diary, since)) if is_part else ()
    lines = tuple(filter(None, (*_findings(diary, since, findings), *noted, *_goals(diary, since))))
    title = (
        say("news.since", day=say.weekday_near(since, period.last))
        if period.kind == "lately"
        else say(f"news.{period.kind}")
    )
    return News(title, lines) if lines else None


def _findings(diary: Diary, since: dt.date, findings: Sequence[Told]) -> Iterator[str]:
    """What is seen for the first time, what no longer grows, and what is no longer seen."""
    say, day_before = diary.say, since - dt.timedelta(days=1)
    before = {each.question: each for each in on_screen(told(diary.findings_before), day_before) if each.seen}
    now = {each.question: each for each in findings if each.seen and has_name(say, each.question)}
    changed = {
        "first_seen": [code for code, each in now.items() if code not in before and _first_shown(each) >= since],
        "stale": [code for code in now if code in before and before[code].growing and now[code].growing is False],
        "gone": [code for code in before if has_name(say, code) and code not in now and code != "A1"],
    }
    yield from (say(f"news.{name}", names=named(say, codes)) for name, codes in changed.items() if codes)


def _first_shown(finding: Told) -> dt.date:
    """The day from which it stood on the page."""
    shown_from = finding.facts.get("shown_from")
    return dt.date.fromisoformat(shown_from) if shown_from else finding.since or finding.night


def _runs(say: Speech, days: pl.DataFrame) -> str:
    runs, far = int(days["runs"].sum()), float(days["distance_m"].sum())
    if not runs:
        return ""
    return say("news.runs", runs=runs, far=say.distance(far)) if far else say("news.runs_without_distance", runs=runs)


def _evenings(say: Speech, days: pl.DataFrame) -> str:
    moods = days["mood_evening"].drop_nulls().sort().to_list()
    return rated(say, moods) if moods else ""


def _goals(diary: Diary, since: dt.date) -> Iterator[str]:
    """Goals set, and goals reached."""
    say = diary.say
    lately = diary.goals.filter(pl.col("since").is_between(since, diary.as_of))
    reached = diary.goals.filter(pl.col("reviewed_on").is_between(since, diary.as_of), state="reached")
    for name, goals in (("set", lately), ("reached", reached)):
        if not goals.is_empty():
            yield say(f"news.goals_{name}", goals=goals.height, names=quoted(say, map(readable, goals["words"])))


def _files(diary: Diary, since: dt.date) -> str:
    """Files with a fault that were brought since then; an import is named after its day."""
    fresh = diary.notices.filter(pl.col("severity") != "info", pl.col("batch") >= since.strftime(STAMP))
    count = fresh["file_name"].n_unique()
    return diary.say("news.files", files=count) if count else ""
