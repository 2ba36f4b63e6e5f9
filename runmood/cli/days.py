"""The commands that tell of days: what was said lately, a run without a watch, ill, hurt and better."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli.day_names import clock_named, read_day
from runmood.cli.entries import SHORT, append_now, shortened
from runmood.cli.numbers import number, score
from runmood.core.checkins import CheckIn, EntryDeleted
from runmood.core.entries import (
    CareReported,
    DistanceCorrection,
    Goal,
    GoalReview,
    Reflection,
    ReportedDay,
    ReportedRun,
    RunTagged,
)
from runmood.core.enums import CareWord, DayWord
from runmood.core.errors import UserError
from runmood.core.i18n import METRES
from runmood.home.home import resolve_home
from runmood.journal.days import care_now, is_likely, reports_of
from runmood.journal.resolve import effective_entries
from runmood.journal.store import read
from runmood.journal.tables import check_in_rows

if TYPE_CHECKING:
    from runmood.core.entries import Entry
    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.journal.codec import JournalRecord


LISTED = CheckIn | Goal | GoalReview | Reflection | DistanceCorrection | RunTagged
Since = Annotated[
    str | None,
    typer.Argument(metavar="DATE", help="From which day on: yesterday, monday, 2026-11-10; else today."),
]
Undo = Annotated[bool, typer.Option("--undo", help="Take your last word back.")]


def log(
    context: typer.Context,
    last: Annotated[int, typer.Option(min=1, help="How many.")] = 10,
) -> None:
    """Show your latest check-ins and their IDs, for `runmood check-in --edit` and `--delete`."""
    home = resolve_home(context.obj, lenient=True)
    stands = effective_entries(read(home.journal).records)
    shown = sorted((each for each in stands if isinstance(each.entry, LISTED)), key=_moment)[-last:]
    if not shown:
        typer.echo(home.say("cli.journal.nothing_yet"))
    late = {row["check_in_id"] for row in check_in_rows(tuple(shown)) if row["late"]}
    for each in shown:
        typer.echo(_line(home, each, late=each.id in late))


def _moment(record: JournalRecord) -> dt.datetime:
    return record.entry.at if isinstance(record.entry, CheckIn) else record.said_at


def _line(home: Home, record: JournalRecord, *, late: bool) -> str:
    moment = record.entry.at if isinstance(record.entry, CheckIn) else record.said_at.astimezone(home.zone)
    kind, words = _kind_and_words(home.say, record.entry)
    marks = ", ".join([home.say("cli.journal.late")] * late + [home.say("cli.journal.edited")] * record.edited)
    day = f"{home.say(f'weekday_short.{moment.isoweekday()}')} {moment:%Y-%m-%d %H:%M}"
    return f"{record.id[:SHORT]}  {day}  {kind:<10}  {words}{f'  ({marks})' if marks else ''}"


def _kind_and_words(say: Translator, entry: object) -> tuple[str, str]:
    """Return what kind of entry it is, and its words, short."""
    match entry:
        case CheckIn():
            return say.choice("cli.checkin.kind", entry.kind), _check_in(say, entry)
        case Goal():
            return say("cli.journal.goal"), f"{say.choice('goal', entry.kind)}: {shortened(entry.words)}"
        case GoalReview():
            return say(
                "cli.journal.goal"
            ), f"{entry.goal[:SHORT]} {say.choice('cli.goals.state', entry.state)}  {shortened(entry.words or '')}"
        case Reflection():
            return say("cli.journal.thought"), f"{shortened(entry.prompt)}  {shortened(entry.answer)}"
        case DistanceCorrection():
            return say("cli.journal.run"), f"{entry.recording}: {entry.distance_m / 1000:g} km"
        case RunTagged():
            return say("cli.journal.run"), f"{entry.recording}: {', '.join(entry.tags) or say('cli.journal.no_tags')}"
    raise TypeError(f"{entry} is not listed")


def _check_in(say: Translator, entry: CheckIn) -> str:
    energy = say("cli.journal.energy", energy=say.exact(entry.energy)) if entry.energy is not None else ""
    note = f'"{shortened(entry.note)}"' if entry.note else ""
    away = entry.source if entry.source != "hand" else ""
    return "  ".join(
        filter(None, (say("cli.journal.mood", mood=say.exact(entry.mood)), energy, ", ".join(entry.tags), note, away))
    )


def ran(
    context: typer.Context,
    date: Annotated[str, typer.Argument(metavar="DATE", help="today, yesterday, a weekday, or 2026-11-10.")],
    *,
    minutes: Annotated[float | None, typer.Option(parser=number, help="How long you ran.")] = None,
    km: Annotated[float | None, typer.Option(parser=number, help="How far, in kilometres.")] = None,
    miles: Annotated[float | None, typer.Option(parser=number, help="How far, in miles.")] = None,
    effort: Annotated[float | None, typer.Option(parser=score, help="How hard it was, 0 to 10.")] = None,
    at: Annotated[str | None, typer.Option(metavar="HH:MM", help="When you began.")] = None,
    note: Annotated[str | None, typer.Option(help="A note about it.")] = None,
    no: Annotated[bool, typer.Option("--no", help="You did not run that day.")] = False,
    not_imported: Annotated[
        bool, typer.Option("--not-imported", help="The file of that day is still to come.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what you told of that day.")] = False,
) -> None:
    """Add a run without a watch, or say that a day had none. If a file turns up later, the two become one run."""
    home = resolve_home(context.obj, lenient=True)
    day = _day(home, date, "cli.ran.future")
    amounts = (minutes, km, miles, effort, at, note)
    if no + not_imported + undo + any(amount is not None for amount in amounts) > 1 or (km and miles):
        raise UserError(home.say("cli.ran.one_at_a_time"))
    if undo:
        _take_back(home, day)
        return
    if no or not_imported:
        entry: Entry = ReportedDay(day, DayWord.NO_RUN if no else DayWord.NOT_IMPORTED)
        key = "cli.ran.no_run" if no else "cli.ran.not_imported"
    else:
        metres = km * METRES["metric"] if km is not None else miles * METRES["imperial"] if miles is not None else None
        entry, key = (
            ReportedRun(day, _clock(home, at), metres, minutes and minutes * 60, effort, note or None),
            "cli.ran.kept",
        )
        if not is_likely(entry):
            raise UserError(home.say("cli.ran.not_meant"))
    append_now(home, [entry])
    typer.echo(home.say(key, day=home.say.weekday_near(day, home.today()), date=f"{day}"))


def _take_back(home: Home, day: dt.date) -> None:
    entries = [EntryDeleted(each.id) for each in reports_of(read(home.journal).records, day)]
    if not entries:
        raise UserError(home.say("cli.ran.nothing_told", day=home.say.weekday_near(day, home.today())))
    append_now(home, entries)
    typer.echo(home.say("cli.ran.taken_back", day=home.say.weekday_near(day, home.today())))


def _day(home: Home, text: str, ahead: str) -> dt.date:
    """Return the day that is meant, today or an earlier one; of a later one the sentence `ahead` is said."""
    day = read_day(home.say, text, home.today())
    if day > home.today():
        raise UserError(home.say(ahead, text=text))
    return day


def _clock(home: Home, text: str | None) -> str | None:
    if text is None:
        return None
    clock = clock_named(text)
    if clock is None:
        raise UserError(home.say("cli.day.no_clock", typed=text))
    return f"{clock:%H:%M}"


def ill(context: typer.Context, date: Since = None, *, undo: Undo = False) -> None:
    """Say that you are ill: plan and running goals wait, and no run counts as skipped, until you say `better`."""
    _tell_care(resolve_home(context.obj, lenient=True), CareWord.ILL, date, undo=undo)


def hurt(context: typer.Context, date: Since = None, *, undo: Undo = False) -> None:
    """Say that you are hurt: plan and running goals wait, and no run counts as skipped, until you say `better`."""
    _tell_care(resolve_home(context.obj, lenient=True), CareWord.INJURED, date, undo=undo)


def better(context: typer.Context, date: Since = None, *, undo: Undo = False) -> None:
    """Say that you are better. The first six weeks are told as a return, and compared with nothing."""
    _tell_care(resolve_home(context.obj, lenient=True), CareWord.BETTER, date, undo=undo)


def _tell_care(home: Home, word: CareWord, date: str | None, *, undo: bool) -> None:
    """Write it in the journal; what follows from it is made with the next summary or night.

    Raises:
        UserError: The day is none, or to come; or there is nothing to end, or to take back.
    """
    records, day = read(home.journal).records, _day(home, date or "today", "cli.care.future")
    if undo:
        last = [
            each
            for each in effective_entries(records)
            if isinstance(each.entry, CareReported) and each.entry.word == word
        ]
        if not last:
            raise UserError(home.say("cli.care.nothing_said"))
        append_now(home, [EntryDeleted(last[-1].id)])
        typer.echo(home.say("cli.care.taken_back"))
        return
    if word == CareWord.BETTER and not care_now(records, day):
        raise UserError(home.say("cli.care.not_begun"))
    append_now(home, [CareReported(day, word)])
    typer.echo(home.say(f"cli.care.{word}", day=home.say.weekday_near(day, home.today())))
