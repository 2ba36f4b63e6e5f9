"""The command with which a person plans runs and rests, from a file or by hand, and sees what stands."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import LOOK
from runmood.cli.day_names import read_day, weekday_named
from runmood.cli.prompts import Terminal
from runmood.core.checkins import NewEntry
from runmood.core.entries import Habit, PlannedDay, SeriesJudged
from runmood.core.enums import PlanSource
from runmood.core.errors import UserError
from runmood.core.files import read_at_most
from runmood.core.i18n import METRES, UNIT
from runmood.home.home import open_readonly, resolve_home
from runmood.home.import_log import ImportKind
from runmood.ingest.calendars import judge_titles, keep_doubtful, titles_to_decide
from runmood.ingest.entry_imports import import_entries
from runmood.ingest.watched import forget_calendars
from runmood.journal.decisions import series_verdicts
from runmood.journal.plans import MOST_BYTES, read_plan
from runmood.journal.plans.classify import Choice, series_of
from runmood.journal.plans.models import Window
from runmood.journal.plans.versions import (
    CalendarPlan,
    EffectivePlan,
    PlanDiff,
    changes_of,
    coming_plans,
    first_plannable_day,
)
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord


SHOWN_AHEAD, SHOWN_OF_A_FILE, MOST_ASKED = 14, 20, 20
SHEET = "A calendar (.ics), a sheet (date, planned, …), TrainingPeaks' workouts.csv, or intervals.icu's events."


def plan(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=SHEET, exists=True, dir_okay=False)] = None,
    *,
    habit: Annotated[str | None, typer.Option(help='The days you mean to run, such as "tue thu sun".')] = None,
    drop: Annotated[
        str | None, typer.Option(help="A day whose plan you take back: tomorrow, sunday, 2026-11-15.", metavar="DATE")
    ] = None,
    match: Annotated[str, typer.Option(help='Words that mean a run in this file: "club night, GA1".')] = "",
    all_runs: Annotated[bool, typer.Option("--all-runs", help="All are runs but rests and other sports.")] = False,
    name: Annotated[str | None, typer.Option(help="Which calendar it is; as the file says if left out.")] = None,
    is_run: Annotated[list[str] | None, typer.Option(help="A title that is a run, in every calendar.")] = None,
    no_run: Annotated[list[str] | None, typer.Option(help="A title that is no run, in every calendar.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
) -> None:
    """Plan runs and rest days, from a file or by hand; without anything, show the coming two weeks.

    You can change a day's plan until 4 am that day; a change is never a miss.
    """
    home = open_readonly(context.obj) if dry_run else resolve_home(context.obj, lenient=True)
    _refuse_several(home, file, habit, drop)
    now = dt.datetime.now(home.zone)
    judged = [*_judged(is_run, "run"), *_judged(no_run, "neither")]
    if judged and not dry_run:
        judge_titles(home, judged, now)
    if file:
        words = tuple(word.strip() for word in match.split(",") if word.strip())
        decided = series_verdicts(_told(home)) | {each.title: each.verdict for each in judged if each.verdict}
        _take_file(home, file, now, Choice(all_runs, words, name, decided), dry_run=dry_run)
    elif judged:
        typer.echo(
            home.say("cli.plan.judged", titles=", ".join(f'"{each}"' for each in (*(is_run or ()), *(no_run or ()))))
        )
    elif habit is not None:
        _say(home, Habit(_weekdays(home, habit)), now, dry_run=dry_run)
    elif drop:
        _say(
            home,
            PlannedDay(_open_day(read_day(home.say, drop, now.date(), ahead=True), now, home), None),
            now,
            dry_run=dry_run,
        )
    else:
        typer.echo("\n".join(_coming(home, now)))


def _judged(titles: list[str] | None, verdict: str) -> list[SeriesJudged]:
    """Return what is said of titles; one without a letter in it names no series."""
    return [SeriesJudged(series, verdict) for title in titles or () if (series := series_of(title))]


def _refuse_several(home: Home, *ways: object) -> None:
    """Raise `UserError` where more than one way to plan is given."""
    if sum(way is not None for way in ways) > 1:
        raise UserError(home.say("cli.plan.one_at_a_time"))


def _take_file(home: Home, file: Path, now: dt.datetime, choice: Choice, *, dry_run: bool) -> None:
    """Say in the journal what a file changes, tell it, and ask for a look where something was left out."""
    draft = _draft(home, file, now, choice)
    if draft.doubtful and not dry_run and sys.stdin.isatty() and (judged := _ask_series(home, draft.doubtful)):
        append(home.journal, [NewEntry(now, each) for each in judged])
        forget_calendars(home)
        draft = _draft(home, file, now, replace(choice, decided=series_verdicts(_told(home))))
    changes = changes_of(draft, _told(home), now, home.zone)
    batch = None
    if dry_run:
        typer.echo(home.say("cli.plan.nothing_changed"))
    else:
        batch = import_entries(home, ImportKind.PLANS, f"{file}", changes.said(now))
        keep_doubtful(home, file, draft.doubtful, choice)
    typer.echo(
        "\n".join([*_what_changed(home, draft, changes), *_which_days(changes, home), *_what_was_left(home, draft)])
    )
    if batch:
        typer.echo(home.say("cli.runs.to_undo", batch=batch))
    if draft.unsure or draft.set_aside or not draft.days:
        raise typer.Exit(LOOK)


def _draft(home: Home, file: Path, now: dt.datetime, choice: Choice) -> CalendarPlan:
    return read_plan(read_at_most(file, MOST_BYTES), file.name, Window(now.date(), home.zone), choice)


def _ask_series(home: Home, titles: Sequence[str]) -> list[SeriesJudged]:
    """Ask of each doubtful title whether it is a run; Enter leaves it for later."""
    asker, judged = Terminal(""), []
    for title in titles[:MOST_ASKED]:
        answer = asker.line(home.say("cli.plan.ask_series", title=title)).casefold()
        if answer in home.say("cli.words.yes").split():
            judged += _judged([title], "run")
        elif answer in home.say("cli.words.no").split():
            judged += _judged([title], "neither")
    return judged


def _say(home: Home, entry: Habit | PlannedDay, now: dt.datetime, *, dry_run: bool) -> None:
    """Say a habit, or take a day back."""
    if dry_run:
        typer.echo(home.say("cli.plan.nothing_changed"))
    else:
        append(home.journal, [NewEntry(now, entry)])
    if isinstance(entry, PlannedDay):
        typer.echo(home.say("cli.plan.no_plan", day=home.say.short_date_with_year(entry.date)))
        return
    first = first_plannable_day(now, home.zone)
    days = [home.say(f"weekday_short.{day}") for day in entry.weekdays]
    typer.echo(home.say("cli.plan.habit", day=home.say.weekday_near(first, now.date()), runs=days))


def _what_changed(home: Home, draft: CalendarPlan, changes: PlanDiff) -> Iterator[str]:
    say = home.say
    counts = {
        "cli.plan.planned": len(changes.planned),
        "cli.plan.changed": len(changes.changed),
        "cli.plan.taken_back": len(changes.taken_back),
        "cli.plan.as_before": changes.as_before,
    }
    shown = ", ".join(say(name, days=days) for name, days in counts.items() if days)
    yield say("cli.plan.of_calendar", calendar=draft.calendar, counts=shown or say("cli.plan.days_to_come"))
    held = ", ".join(f"{count} {kind}" for kind, count in draft.counts.items() if count)
    yield say("cli.plan.holds", counts=held) if held else say("cli.plan.holds_nothing")
    if changes.begun:
        yield say("cli.plan.begun", days=changes.begun)
    if changes.beyond:
        yield say("cli.plan.beyond", days=changes.beyond)


def _which_days(changes: PlanDiff, home: Home) -> Iterator[str]:
    """Yield a line for each of the first days that change."""
    said = sorted((*changes.planned, *changes.changed, *changes.taken_back), key=lambda day: day.date)
    yield from (f"  {_line(day, home)}" for day in said[:SHOWN_OF_A_FILE])
    if len(said) > SHOWN_OF_A_FILE:
        last = home.say.short_date_with_year(said[-1].date)
        yield home.say("cli.plan.more", days=len(said) - SHOWN_OF_A_FILE, last=last)


def _what_was_left(home: Home, draft: CalendarPlan) -> Iterator[str]:
    yield from (remark.spoken(home.say) for remark in draft.remarks)
    if draft.set_aside:
        yield home.say("cli.plan.set_aside", entries=len(draft.set_aside))
        yield from (f"  {each.reason.spoken(home.say)}" for each in draft.set_aside[:SHOWN_OF_A_FILE])
    if not draft.days:
        yield home.say("cli.plan.nothing_known")
    if draft.unsure:
        yield home.say("cli.plan.unsure")
        yield from (f"  {session.spoken(home.say)}" for session in draft.unsure)
    if draft.doubtful:
        yield home.say("cli.plan.decide", title=quote(draft.doubtful[0]))


def _coming(home: Home, now: dt.datetime) -> Iterator[str]:
    """Yield a line for each of the coming days, with where its plan comes from."""
    coming = coming_plans(_told(home), home.zone, now.date(), SHOWN_AHEAD)
    for file, titles in titles_to_decide(home).items():
        yield home.say("cli.watch.doubtful", titles=len(titles), title=titles[0], file=file)
    if not any(coming.values()):
        yield home.say("cli.plan.none_coming")
        return
    for date, standing in coming.items():
        if standing:
            yield _line(standing.plan, home, _origin(home, standing))
        else:
            yield f"{home.say.short_date_with_year(date)}  {home.say('cli.plan.none')}"


def _origin(home: Home, standing: EffectivePlan) -> str:
    who = standing.plan.calendar or home.say("cli.plan.you")
    if standing.plan.planned is None:
        return home.say("cli.plan.taken_back_by", who=who)
    if standing.source == PlanSource.WEEKLY:
        return home.say("cli.plan.your_week")
    if standing.versions > 1:
        return home.say("cli.plan.from_often", who=who, times=standing.versions)
    return home.say("cli.plan.from", who=who)


def _line(day: PlannedDay, home: Home, origin: str = "") -> str:
    """Return a day with what its plan says and where it comes from."""
    metres, unit = METRES[home.settings.units], UNIT[home.settings.units]
    distance = f"{home.say.fixed(day.distance_m / metres, 1)} {unit}" if day.distance_m else ""
    duration = f"{day.planned_s / 60:.0f} min" if day.planned_s else ""
    parts = (
        home.say.short_date_with_year(day.date),
        f"{home.say.choice('cli.plan.kind', day.planned) if day.planned else home.say('cli.plan.none'):4}",
        day.name or "",
        distance,
        duration,
        origin,
    )
    return "  ".join(filter(None, parts)).rstrip()


def _told(home: Home) -> tuple[JournalRecord, ...]:
    return effective_entries(read(home.journal).records)


def _open_day(date: dt.date, now: dt.datetime, home: Home) -> dt.date:
    """Return the day whose plan is dropped, if it has not begun."""
    if date < first_plannable_day(now, home.zone):
        raise UserError(home.say("cli.plan.day_begun", day=home.say.short_date_with_year(date)))
    return date


def _weekdays(home: Home, text: str) -> tuple[int, ...]:
    typed = text.replace(",", " ").split()
    meant = [weekday_named(home.say, name) for name in typed]
    strange = [f'"{each}"' for each, day in zip(typed, meant, strict=True) if day is None]
    if strange:
        days = ", ".join(home.say(f"weekday_short.{day}").lower() for day in range(1, 8))
        raise UserError(home.say("cli.plan.no_weekday", typed=strange, days=days))
    if not meant:
        raise UserError(home.say("cli.plan.which_days"))
    return tuple(sorted({day for day in meant if day}))
