"""Which time a summary tells of, and what is new in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest
from reports.diaries import LAST, LOWER, day, diary, finding, full_year, year_of_days
from reports.homes import HOMES
from reports.keyed import keyed
from reports.periods import everything_said, goals, of

from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.reports.context import Kind, ReportData, period_named
from runmood.reports.summary import build_summary
from runmood.schema.tables import FINDINGS

SAY = translator("en", "metric")
SUNDAY = dt.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("kind", "when", "first", "last", "name"),
    [
        (None, None, "2026-10-12", "2026-11-22", "summary"),
        ("week", None, "2026-11-16", "2026-11-22", "2026-W47"),
        ("week", "last", "2026-11-09", "2026-11-15", "2026-W46"),
        ("week", "2025-W18", "2025-04-28", "2025-05-04", "2025-W18"),
        ("week", "2025W18", "2025-04-28", "2025-05-04", "2025-W18"),
        ("week", "2025-05-04", "2025-04-28", "2025-05-04", "2025-W18"),
        ("month", None, "2026-11-01", "2026-11-22", "2026-11"),
        ("month", "2024-02", "2024-02-01", "2024-02-29", "2024-02"),
        ("month", "last", "2026-10-01", "2026-10-31", "2026-10"),
        ("month", "2025-05-04", "2025-05-01", "2025-05-31", "2025-05"),
        ("year", None, "2026-01-01", "2026-11-22", "2026"),
        ("year", "2024", "2024-01-01", "2024-12-31", "2024"),
        ("year", "last", "2025-01-01", "2025-12-31", "2025"),
        (None, "2025-W18", "2025-04-28", "2025-05-04", "2025-W18"),
        (None, "2025-05", "2025-05-01", "2025-05-31", "2025-05"),
        (None, "2025", "2025-01-01", "2025-12-31", "2025"),
        (None, "2025-05-04", "2025-04-28", "2025-05-04", "2025-W18"),
        ("all", None, "", "2026-11-22", "all"),
        (None, "all", "", "2026-11-22", "all"),
    ],
)
def test_a_period_is_meant(kind: Kind | None, when: str | None, first: str, last: str, name: str) -> None:
    """A week, month or year is named by its name, a date in it, or last; left out, it is the one now, up to today."""
    period = period_named(kind, when, SUNDAY)
    assert (f"{period.first or ''}", f"{period.last}", period.name) == (first, last, name)


@pytest.mark.parametrize(
    ("kind", "when", "sentence"),
    [
        ("week", "2025-W60", "2025-W60 is no week"),
        ("month", "2025-13", "2025-13 is no month"),
        ("month", "May", "2025-W18 is a week, 2025-05 a month, 2025 a year"),
        (None, "soon", "soon is no week"),
        ("year", "2027", "2027 has not begun yet"),
    ],
)
def test_what_is_no_period_is_said(kind: Kind | None, when: str, sentence: str) -> None:
    """What names no time, or one to come, is answered with a sentence."""
    with pytest.raises(UserError, match=sentence):
        period_named(kind, when, SUNDAY)


def test_a_long_time_has_tiles_and_a_short_one_a_calendar() -> None:
    """Up to two months stand day by day in weeks, about a year in small months, many years in a tile a month."""
    month, year, every = (build_summary(HOMES[name]()) for name in ("a month", "a year", "all of ten years"))
    assert month.calendar
    assert not month.tiles
    assert year.tiles
    assert [name for name, _ in year.tiles.rows] == [f"{name} 26" for name in
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov")]  # fmt: skip
    assert every.tiles
    assert [len(places) for _, places in every.tiles.rows] == [12] * 11


def test_every_day_has_its_own_tile() -> None:
    """No two tiles of a year lie upon each other, and all lie within the picture."""
    tiles = build_summary(HOMES["a year"]()).tiles
    assert tiles
    places = [(tile.x, tile.y) for _, row in tiles.rows for tile in row if tile]
    assert len(set(places)) == len(places) == 326
    assert max(x for x, _ in places) + tiles.side <= tiles.width
    assert max(y for _, y in places) + tiles.side <= tiles.height


def test_a_past_week_is_told_as_it_was_then() -> None:
    """A page of an earlier week holds nothing that was found later, no later goal, and nothing of files."""
    summary = build_summary(of("week", "2026-W12", everything_said()))
    assert (summary.answers, summary.unread) == ((), None)
    words = [goal.words for goal in summary.goals]
    assert words == ["Run three times", "A long run", "Let rest be <b>rest</b> | *now*", "Evenings outside"]
    assert not any("Reached" in words or "wrote" in words for goal in summary.goals for words in goal.stands)


def test_usual_stands_behind_the_weeks() -> None:
    """The band is the middle half of the whole weeks of the half-year before; without eight of them there is none."""
    weeks = [day(LAST - dt.timedelta(days=7 * number), "unplanned_run", 10_000.0 + 1000 * (number % 5))
             for number in range(40)]  # fmt: skip
    ran = {row["local_date"] for row in weeks}
    rows = weeks + [
        day(date, "no_run") for number in range(280) if (date := LAST - dt.timedelta(days=number)) not in ran
    ]
    told = diary(sorted(rows, key=lambda row: row["local_date"]))
    view = build_summary(told).long_view
    assert view
    panel = view.panels[0]
    assert panel.usual
    low, high = (round((panel.bottom - place) / (panel.bottom - panel.top) * 20, 1) for place in panel.usual)
    assert (low, high) == (11.0, 13.0)
    short = build_summary(diary(told.days.tail(80).to_dicts())).long_view
    assert short
    assert short.panels[0].usual is None


@pytest.mark.parametrize(("earlier", "told"), [(None, False), (6.0, False), (5.0, True)])
def test_weeks_of_one_mood_have_no_range(earlier: float | None, told: bool) -> None:
    """Between which moods the weeks lay is said where they differ: one week, or equal ones, have no between."""
    moods = {0: 6.0, 14: earlier}
    rows = [
        day(LAST - dt.timedelta(days=number), "no_run", mood_evening=moods.get(number))
        for number in reversed(range(80))
    ]
    view = build_summary(diary(rows)).long_view
    assert view
    assert (SAY("long_view.week.felt", low=earlier or 6.0, high=6.0) in view.sentence) is told


def test_a_hurt_person_is_not_compared_with_their_former_weeks() -> None:
    """What was run of late stands beside the usual weeks, and is not counted once the person says they are hurt."""
    rows = [day(LAST - dt.timedelta(days=279 - number), "unplanned_run", 5000.0) for number in range(280)]
    assert "ran.weekly_within" in build_summary(replace(diary(rows), say=keyed())).opening[0]
    rows[-1] |= {"day_kind": "ill_or_injured", "care": "injured"}
    hurt = build_summary(replace(diary(rows), say=keyed())).opening
    assert hurt[0].startswith("care.since ")
    assert not any(words.startswith("ran.") for words in hurt)


def test_what_is_not_known_is_no_bar() -> None:
    """A week of which nothing is known has no bar and no height; one that is known in part is paler."""
    view = build_summary(full_year()).long_view
    assert view
    columns = view.panels[0].columns
    assert [column.words for column in columns if column.y is None] == ["Week of 23 March 2026: not known"]
    assert SAY("long_view.week.hatched") in view.drawn_as
    assert SAY("long_view.week.paler") in view.drawn_as
    assert [column.whole for column in columns if column.start == dt.date(2026, 11, 2)] == [False]


def test_only_what_changed_is_new() -> None:
    """New is what is first seen since then, what stopped growing, and what is gone; what was seen all along is not."""
    news = build_summary(everything_said()).news
    assert news
    assert news.title == "New since Monday 16 November"
    assert news.lines[:3] == (
        "Seen for the first time: “Evenings with a skipped run and with a run”.",
        "Seen before, with nothing new in your latest notes: “Evenings with a skipped run and with planned rest”.",
        "No longer seen: “What helped on low days”.",
    )
    seen = FINDINGS.frame([finding("B1", "seen", {"missed_days": 9}, **LOWER)])
    before = FINDINGS.frame([finding("B1", "seen", {}, night=LAST - dt.timedelta(days=7), **LOWER)])
    same = build_summary(replace(full_year(), findings=seen, findings_before=before)).news
    assert same
    assert not any("een" in line.split(":")[0] for line in same.lines)


def test_a_finding_that_waited_is_new_on_its_first_day_on_the_page() -> None:
    """A finding of long ago that had to wait for its turn is new on the day from which it is shown."""
    facts = {"missed_days": 9, "shown_from": LAST.isoformat()}
    news = build_summary(replace(full_year(), findings=FINDINGS.frame([finding("B1", "seen", facts, **LOWER)]))).news
    assert news
    assert "Seen for the first time" in news.lines[0]


def test_new_files_are_counted_from_their_imports() -> None:
    """Files that could not be read are new when their import lies in these days."""
    told = full_year()
    old, new = (
        replace(told, notices=told.notices.with_columns(batch=pl.lit(batch)))
        for batch in ("20261101-030000", "20261120-030000")
    )
    assert not any("couldn't read" in line for line in _lines(old))
    assert any("We couldn't read 3 files in full" in line for line in _lines(new))


def _lines(told: ReportData) -> tuple[str, ...]:
    """What is new, line by line."""
    news = build_summary(told).news
    return news.lines if news else ()


def test_goals_are_told_with_what_was_measured() -> None:
    """A measured goal stands beside its wish; one without figures says so; one let go long ago is not told again."""
    told = {goal.words: " ".join(goal.stands) for goal in build_summary(everything_said()).goals}
    assert told["Run three times"] == "Runs a week: lately about 2.5 (you were hoping for 3)."
    assert told["A long run"].endswith("(you were hoping for 21.1 km). By 1 March 2027.")
    assert told["Evenings outside"] == (
        "Evening mood: you were hoping for 7; we have no figure for the last four weeks. Reached."
    )
    assert "A race" not in told
    assert goals().height == len(told) + 1


def test_moods_around_runs_are_lines() -> None:
    """All runs that went the same way are one line; those of the half-year before stand behind it, paler."""
    slopes = build_summary(everything_said()).slopes
    assert slopes
    ways = [(slope.before, slope.after, slope.lately) for slope in slopes.slopes]
    assert len(set(ways)) == len(ways)
    assert [slope.lately for slope in slopes.slopes] == sorted(slope.lately for slope in slopes.slopes)
    assert sum(slope.count for slope in slopes.slopes) == 33
    most, least = max(slopes.slopes, key=lambda slope: slope.count), min(slopes.slopes, key=lambda slope: slope.count)
    assert most.thick > least.thick


def test_the_plan_is_counted_in_days() -> None:
    """Rest kept stands first; a run done in part, and one on a rest day, are lines of their own."""
    kinds = ["planned_rest"] * 3 + ["planned_run"] * 2 + ["partly_met", "missed_run", "run_on_rest", "unplanned_run"]
    rows = [day(LAST - dt.timedelta(days=8 - number), kind, 5000.0) for number, kind in enumerate(kinds)]
    (plan,) = build_summary(diary(rows)).plan
    assert [(bar.name, bar.count) for bar in plan.bars] == [
        ("planned rest, kept", 3),
        ("planned rest, with a run", 1),
        ("planned run, done", 2),
        ("planned run, done in part", 1),
        ("planned run, skipped", 1),
        ("run without a plan", 1),
    ]
    assert plan.sentence.startswith("You had a plan for 8 days.")


def test_what_helped_is_counted_once_a_day() -> None:
    """A thing counts once a day, and days on which nobody was asked do not count."""
    told = [["rest", "rest"], ["rest", "running"], None, []]
    rows = [day(LAST - dt.timedelta(days=3 - number), "no_run", helped=things) for number, things in enumerate(told)]
    helped = build_summary(diary(rows)).helped
    assert helped
    assert [(bar.name, bar.count) for bar in helped.bars] == [("rest", 2), ("running", 1)]


def test_no_period_needs_more_than_its_notes() -> None:
    """Any week of a year of notes, and weeks before and after it, can be told."""
    told = diary(year_of_days(60))
    for number in range(0, 90, 3):
        assert build_summary(of("week", f"{LAST - dt.timedelta(days=number)}", told)).heading


def test_a_year_is_held_against_the_year_before() -> None:
    """A year's page tells runs, distance and mood of the year before, and calls nothing of it usual."""
    rows = []
    for number in reversed(range(700)):
        kind, far = ("planned_run", 8000.0) if number % 2 else ("planned_rest", 0.0)
        rows.append(day(LAST - dt.timedelta(days=number), kind, far, 7.0 if number < 326 else 5.0))
    told = diary(rows)
    opening = " ".join(build_summary(of("year", "2026", told)).opening)
    before = told.days.filter(pl.col("local_date").dt.year() == 2025).tail(365)
    runs, far = int(before["runs"].sum()), SAY.distance(float(before["distance_m"].sum()))
    assert SAY("ran.year_before", runs=runs, far=far) in opening
    assert SAY("felt.year_before", before=5.0) in opening
    assert "usual" not in opening
