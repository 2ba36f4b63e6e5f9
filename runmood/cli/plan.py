"""The command with which a person plans runs and rests, from a file or by hand, and sees what stands."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.core.enums import PlanSource
from runmood.core.errors import UserError
from runmood.core.i18n import METRES, UNIT, counted
from runmood.core.models import Habit, NewEntry, PlannedDay
from runmood.home.home import chosen_home, open_readonly
from runmood.journal.plans import read_plan
from runmood.journal.plans.classify import Choice
from runmood.journal.plans.effective import EffectivePlan, coming_plans, first_open_day
from runmood.journal.plans.models import Window
from runmood.journal.plans.versions import CalendarPlan, PlanDiff, changes_of
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
LOOK = 1  # the exit status that asks for a look
SHOWN_AHEAD, SHOWN_OF_A_FILE = 14, 20
SHEET = "A calendar (.ics), a sheet (date, planned, …), TrainingPeaks' workouts.csv, or intervals.icu's events."


def plan(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help=SHEET, exists=True, dir_okay=False)] = None,
    *,
    habit: Annotated[str | None, typer.Option(help='The days you mean to run, such as "tue thu sun".')] = None,
    drop: Annotated[
        dt.datetime | None, typer.Option(help="A day whose plan you take back.", formats=["%Y-%m-%d"], metavar="DATE")
    ] = None,
    match: Annotated[str, typer.Option(help='Words that mean a run in this file: "club night, GA1".')] = "",
    all_runs: Annotated[bool, typer.Option("--all-runs", help="All are runs but rests and other sports.")] = False,
    name: Annotated[str | None, typer.Option(help="Which calendar it is; as the file says if left out.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen, and change nothing.")] = False,
) -> None:
    """Planned runs and rests, from a file or by hand; without anything, the coming two weeks as they stand.

    What stands at 04:00 of a day is that day's plan. Changing it before is a change and never a miss.
    """
    if sum(way is not None for way in (file, habit, drop)) > 1:
        raise UserError("One at a time: a file, --habit or --drop.")
    home = open_readonly(context.obj) if dry_run else chosen_home(context.obj)
    now = dt.datetime.now(home.zone)
    if file:
        words = tuple(word.strip() for word in match.split(",") if word.strip())
        _take_file(home, file, now, Choice(all_runs, words, name), dry_run=dry_run)
    elif habit is not None:
        _say(home, Habit(_weekdays(habit)), now, dry_run=dry_run)
    elif drop:
        _say(home, PlannedDay(_open_day(drop.date(), now, home), None), now, dry_run=dry_run)
    else:
        typer.echo("\n".join(_coming(home, now)))


def _take_file(home: Home, file: Path, now: dt.datetime, choice: Choice, *, dry_run: bool) -> None:
    """Say in the journal what a file changes, tell it, and ask for a look where something was left out."""
    draft = read_plan(file.read_bytes(), file.name, Window(now.date(), home.zone), choice)
    changes = changes_of(draft, _told(home), now, home.zone)
    if dry_run:
        typer.echo("Nothing was changed. This would happen:")
    else:
        append(home.journal, changes.said(now))
    typer.echo("\n".join([*_what_changed(draft, changes), *_which_days(changes, home), *_what_was_left(draft)]))
    if draft.unsure or not draft.days:
        raise typer.Exit(LOOK)


def _say(home: Home, entry: Habit | PlannedDay, now: dt.datetime, *, dry_run: bool) -> None:
    """Say a habit, or take a day back."""
    if dry_run:
        typer.echo("Nothing was changed. This would happen:")
    else:
        append(home.journal, [NewEntry(now, entry)])
    if isinstance(entry, PlannedDay):
        typer.echo(f"{entry.date:%a %d %b %Y} has no plan. A run on it is welcome, and none is not a miss.")
        return
    days = " ".join(WEEKDAYS[day - 1] for day in entry.weekdays)
    first = first_open_day(now, home.zone)
    typer.echo(f"Runs on {days}, rest on the other days, from {first:%a %d %b %Y} on. A plan of a day goes before it.")


def _what_changed(draft: CalendarPlan, changes: PlanDiff) -> Iterator[str]:
    said = (
        (len(changes.planned), "planned"),
        (len(changes.changed), "changed"),
        (len(changes.taken_back), "taken back"),
        (changes.as_before, "as before"),
    )
    counts = ", ".join(f"{count} {word}" for count, word in said if count) or "no day to come"
    yield f"{draft.calendar}: {counts}."
    taken = ", ".join(f"{count} {kind}" for kind, count in draft.counts.items() if count) or "nothing"
    yield f"It holds: {taken}."
    if changes.begun:
        yield f"{counted(changes.begun, 'day')} that had begun: left alone."
    if changes.beyond:
        yield (
            f"{counted(changes.beyond, 'day')} of an earlier version outside the span of this one: left standing. "
            "`runmood plan --drop DATE` takes a day back."
        )


def _which_days(changes: PlanDiff, home: Home) -> Iterator[str]:
    """The first of the days that are said anew."""
    said = sorted((*changes.planned, *changes.changed, *changes.taken_back), key=lambda day: day.date)
    yield from (f"  {_line(day, home)}" for day in said[:SHOWN_OF_A_FILE])
    if len(said) > SHOWN_OF_A_FILE:
        yield f"  and {counted(len(said) - SHOWN_OF_A_FILE, 'day')} more, to {said[-1].date:%a %d %b %Y}"


def _what_was_left(draft: CalendarPlan) -> Iterator[str]:
    yield from draft.remarks
    if not draft.days:
        yield "Nothing in it is known for a run or a rest. --match WORDS or --all-runs says what is."
    if draft.unsure:
        yield "Not sure, and left out; --match WORDS says which are runs, --all-runs that all are:"
        yield from (f"  {session}" for session in draft.unsure)


def _coming(home: Home, now: dt.datetime) -> Iterator[str]:
    """A line for each of the coming days, and where its plan comes from."""
    coming = coming_plans(_told(home), home.zone, now.date(), SHOWN_AHEAD)
    if not any(coming.values()):
        yield 'No plan for the next two weeks. `runmood plan FILE` or `runmood plan --habit "tue thu sun"` makes one.'
        return
    for date, standing in coming.items():
        yield _line(standing.plan, home, _origin(standing)) if standing else f"{date:%a %d %b %Y}  no plan"


def _origin(standing: EffectivePlan) -> str:
    if standing.plan.planned is None:
        return f"taken back by {standing.plan.calendar or 'you'}"
    if standing.source == PlanSource.WEEKLY:
        return "from your week"
    times = f", written {standing.versions} times" if standing.versions > 1 else ""
    return f"from {standing.plan.calendar or 'you'}{times}"


def _line(day: PlannedDay, home: Home, origin: str = "") -> str:
    """A day and its plan, as far as it says something, and where it comes from."""
    metres, unit = METRES[home.settings.units], UNIT[home.settings.units]
    distance = f"{day.distance_m / metres:.1f} {unit}" if day.distance_m else ""
    duration = f"{day.planned_s / 60:.0f} min" if day.planned_s else ""
    parts = (
        f"{day.date:%a %d %b %Y}",
        f"{day.planned or 'no plan':4}",
        day.name or "",
        distance,
        duration,
        origin,
    )
    return "  ".join(filter(None, parts)).rstrip()


def _told(home: Home) -> tuple[JournalRecord, ...]:
    return effective_entries(read(home.journal).told)


def _open_day(date: dt.date, now: dt.datetime, home: Home) -> dt.date:
    """The day to take back, if it has not begun."""
    if date < first_open_day(now, home.zone):
        raise UserError(f"{date:%a %d %b %Y} has begun; its plan stays as it was at 04:00.")
    return date


def _weekdays(text: str) -> tuple[int, ...]:
    names = [name[:3].lower() for name in text.replace(",", " ").split()]
    strange = [name for name in names if name not in WEEKDAYS]
    if strange or not names:
        raise UserError(f"{' '.join(strange) or 'Nothing'} is no weekday. Use: {' '.join(WEEKDAYS)}.")
    return tuple(sorted({WEEKDAYS.index(name) + 1 for name in names}))
