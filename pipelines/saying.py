"""The commands with which a person says something: a check-in, a plan, what they kept elsewhere.

They need the journal and nothing else: no database, no lock but the journal's own for a moment.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from pipelines.home import chosen_home
from runmood import journal
from runmood.terms.notices import CannotBeDoneError
from runmood.terms.records import CheckIn, Habit, Said

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOOD = "Mood right now: 0 very bad, 5 neither, 10 very good"
ENERGY = "Energy right now: 0 none, 10 full"

PROVEN, LOOK = "V", 1  # how sure a layout is; the exit status that asks for a look
KeptElsewhere = Annotated[Path, typer.Argument(help="A file that another app exported.", exists=True, dir_okay=False)]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", help="What you say of the file (TOML); drafted when needed.", exists=True)
]
Score = Annotated[float | None, typer.Option(min=0, max=10, help="0 to 10.")]
Kind = Annotated[
    Literal["morning", "evening", "before-run", "after-run"] | None, typer.Option(help="By the clock if left out.")
]


def check_in(  # noqa: PLR0913 - one option an item
    context: typer.Context,
    *,
    mood: Score = None,
    energy: Score = None,
    kind: Kind = None,
    at: Annotated[dt.datetime | None, typer.Option(help="The moment you speak of; now if left out.")] = None,
    sleep: Score = None,
    stress: Score = None,
    tiredness: Score = None,
    soreness: Score = None,
    effort: Score = None,
    tag: Annotated[list[str] | None, typer.Option(help="ill, injured, travel, social …; repeat for more.")] = None,
    skip_reason: Annotated[str | None, typer.Option(help="Why a planned run did not happen.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything you like.")] = None,
) -> None:
    """How you feel, in ten seconds. Asks for mood and energy when they are not given."""
    home = chosen_home(context.obj)
    now = dt.datetime.now(home.zone)
    moment = at.replace(tzinfo=home.zone) if at else now
    said = CheckIn(
        at=moment,
        kind=kind or journal.usual_kind(moment),
        mood=_asked(MOOD, mood),
        energy=_asked(ENERGY, energy),
        sleep=sleep,
        stress=stress,
        tiredness=tiredness,
        soreness=soreness,
        effort=effort,
        tags=tuple(tag or ()),
        skip_reason=skip_reason,
        note=note,
    )
    journal.append(home.journal, [Said(now, said)])
    typer.echo(f"Kept: {said.kind}, {moment:%A %H:%M}, mood {said.mood:g}, energy {said.energy:g}.")


def _asked(question: str, given: float | None) -> float:
    """What was given, or the answer to the question; nothing is preset."""
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise CannotBeDoneError("There is nobody to ask here: give --mood and --energy.")
    answer: float = typer.prompt(question, value_proc=_score)
    return answer


def _score(answer: str) -> float:
    try:
        score = float(answer.replace(",", "."))
    except ValueError as fault:
        raise typer.BadParameter("a number from 0 to 10, please") from fault
    if not 0 <= score <= 10:  # noqa: PLR2004 - the scale of every item
        raise typer.BadParameter("from 0 to 10, please")
    return score


def journal_import(context: typer.Context, export: KeptElsewhere, mapping: MappingFile = None) -> None:
    """What you kept elsewhere: Daylio, Apple State of Mind, intervals.icu …, or any CSV file with a mapping."""
    home = chosen_home(context.obj)
    said = journal.mapping_from_toml(mapping.read_bytes()) if mapping else None
    try:
        kept = journal.read_export(export.read_bytes(), export.name, home.zone, said)
    except journal.NeedsMappingError as fault:
        raise CannotBeDoneError(f"{fault}\n{_drafted(export, fault.draft)}") from fault
    clashes = journal.conflicts(kept.entries, journal.read(home.journal).told)
    new = journal.append(home.journal, kept.entries)
    typer.echo(f"{kept.source}: {len(kept.entries)} check-ins read, {new} of them new.")
    for sentence in (*kept.remarks, *clashes):
        typer.echo(sentence)
    if kept.how_sure != PROVEN:
        typer.echo("How this app writes its file is known from other programs only: please compare a few with the app.")
    if clashes:
        raise typer.Exit(LOOK)


def _drafted(export: Path, draft: str) -> str:
    """Write the mapping beside the file, never over one that is there, and say how to go on."""
    names = (f"{export.name}.mapping{number}.toml" for number in ("", *(f"-{again}" for again in range(2, 100))))
    page = next(path for path in map(export.with_name, names) if not path.exists())
    page.write_text(draft, encoding="utf-8")
    return f"Fill in {page}, then: runmood journal import {export} --mapping {page}"


def plan(
    context: typer.Context,
    sheet: Annotated[Path | None, typer.Argument(help="A CSV file: date, planned, distance_km.", exists=True)] = None,
    habit: Annotated[str | None, typer.Option(help='The days you mean to run, such as "tue thu sun".')] = None,
) -> None:
    """Planned runs and planned rest. What stands at 04:00 of a day is that day's plan; changing it before is fine."""
    home = chosen_home(context.obj)
    now = dt.datetime.now(home.zone)
    if (sheet is None) == (habit is None):
        raise CannotBeDoneError('Give either a CSV file or --habit "tue thu sun".')
    said = journal.plan_from_csv(sheet.read_bytes(), now) if sheet else [Said(now, Habit(_weekdays(habit or "")))]
    new = journal.append(home.journal, said)
    typer.echo(f"{new} new in the plan. It counts from tomorrow on; days that have begun stay as they were.")


def _weekdays(text: str) -> tuple[int, ...]:
    names = [name[:3].lower() for name in text.replace(",", " ").split()]
    strange = [name for name in names if name not in WEEKDAYS]
    if strange or not names:
        raise CannotBeDoneError(f"{' '.join(strange) or 'Nothing'} is no weekday. Use: {' '.join(WEEKDAYS)}.")
    return tuple(sorted({WEEKDAYS.index(name) + 1 for name in names}))
