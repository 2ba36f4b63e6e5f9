"""Goals of both kinds: for how one feels and for how one runs; set, looked at, reached or let go."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any

import typer

from runmood.cli.day_names import read_day
from runmood.cli.entries import SHORT, append_now, find_record
from runmood.cli.numbers import number
from runmood.cli.support import show_help_if_distressed
from runmood.core.catalogue import DEFAULT, catalogue
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.entries import Goal, GoalReview, Reflection
from runmood.core.enums import ILL_OR_INJURED, GoalKind, GoalMeasure, GoalState
from runmood.core.errors import UserError
from runmood.core.i18n import METRES
from runmood.home.home import resolve_home
from runmood.journal.codec import id_of
from runmood.journal.days import care_now
from runmood.journal.resolve import effective_entries
from runmood.journal.store import append, read
from runmood.journal.tables import journal_frames

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from runmood.core.i18n import Translator
    from runmood.home.home import Home


if TYPE_CHECKING:
    Row = dict[str, Any]

goals = typer.Typer(help="What you want, in your own words: for how you feel, and for how you run.")
BELOW = " " * (SHORT + 2)  # what stands below a goal's words
Words = Annotated[str, typer.Argument(help="In your own words.")]


@goals.callback(invoke_without_command=True)
def listed(
    context: typer.Context,
    *,
    all_: Annotated[bool, typer.Option("--all", help="Those reached and let go, too.")] = False,
) -> None:
    """Show your goals and how they stand."""
    if context.invoked_subcommand:
        return
    home = resolve_home(context.obj, lenient=True)
    rows = [row for row in _rows(home) if all_ or row["state"] == GoalState.OPEN]
    if not rows:
        typer.echo(home.say("cli.goals.none_open"))
        return
    progress = _progress(home, rows)
    for row in rows:
        typer.echo(_as_text(row, home, progress.get(row["goal_id"], "")))


@goals.command()
def add(
    context: typer.Context,
    words: Words,
    *,
    kind: Annotated[str, typer.Option(help="feeling or running.", show_default=False)],
    measure: Annotated[str | None, typer.Option(help=", ".join(GoalMeasure))] = None,
    target: Annotated[
        float | None, typer.Option(parser=number, help="How much of it; a distance in km, or miles.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day by which: 2027-04-18, or a weekday.")
    ] = None,
) -> None:
    """Set a goal. A measure is not needed: words say enough."""
    home = resolve_home(context.obj, lenient=True)
    kind = _kind_named(home.say, kind)
    if (measure is None) != (target is None):
        raise UserError(home.say("cli.goals.measure_or_neither"))
    if measure:
        _one_of(home.say, "--measure", measure, tuple(GoalMeasure))
    if target is not None and target < 0:
        raise UserError(home.say("cli.goals.not_meant", target=f"{target:g}"))
    metres = METRES[home.settings.units] if measure and GoalMeasure(measure).unit == "m" else 1
    by = None if until is None else read_day(home.say, until, home.today(), ahead=True)
    goal = Goal(kind, words.strip(), measure, None if target is None else target * metres, by)
    line = NewEntry(dt.datetime.now(home.zone), goal)
    append(home.journal, [line])
    typer.echo(home.say("cli.goals.set", goal=id_of(line)[:SHORT]))
    show_help_if_distressed(home, [(words, None)])


@goals.command()
def review(
    context: typer.Context,
    goal: Annotated[str, typer.Argument(metavar="ID", help="As `runmood goal` names it.")],
    words: Annotated[str | None, typer.Argument(help="How it stands, in your own words.")] = None,
    state: Annotated[str, typer.Option(help=", ".join(GoalState))] = GoalState.OPEN.value,
) -> None:
    """Take a look at a goal: a word about it, and whether it is open, reached or let go."""
    home = resolve_home(context.obj, lenient=True)
    _one_of(home.say, "--state", state, tuple(GoalState))
    stands = effective_entries(read(home.journal).records)
    found = find_record(home.say, [each for each in stands if isinstance(each.entry, Goal)], goal)
    words = (words or "").strip() or None
    append_now(home, [GoalReview(found.id, state, words)])
    typer.echo(home.say(f"cli.goals.kept.{GoalState(state).name.lower()}"))
    show_help_if_distressed(home, [(words or "", None)])


def _kind_named(say: Translator, typed: str) -> str:
    """Return the kind of goal that is meant, in the person's language, in English or as the journal spells it.

    Raises:
        UserError: It is neither.
    """
    offered = [say(f"cli.goals.kind.{kind}") for kind in GoalKind]
    english = [catalogue(DEFAULT)[f"cli.goals.kind.{kind}"] for kind in GoalKind]
    for names in (offered, english, tuple(GoalKind)):
        if typed.casefold() in names:
            return tuple(GoalKind)[names.index(typed.casefold())].value
    raise UserError(say("cli.goals.not_one_of", option="--kind", value=f"{typed!r}", choices=", ".join(offered)))


def _one_of(say: Translator, option: str, value: str, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise UserError(say("cli.goals.not_one_of", option=option, value=f"{value!r}", choices=", ".join(choices)))


def _rows(home: Home) -> list[Row]:
    records = read(home.journal).records
    return journal_frames(records, home.zone, home.today())["goals"]


def _progress(home: Home, rows: list[Row]) -> dict[str, str]:
    """Return how each goal with a measure stands by the last four weeks of the published days, as the page says it."""
    measured = [row for row in rows if row["measure"]]
    if not measured:
        return {}
    from runmood.reports.standing import format_progress, goal_progress, ill_or_injured_since
    from runmood.schema.tables import DAYS
    from runmood.warehouse.publish import read_tables
    from runmood.warehouse.queries import has_current_schema

    published, last = has_current_schema(home.published), home.today()
    days = read_tables(home.published, ("days",))["days"] if published else DAYS.empty()
    stands = goal_progress(days, {row["measure"] for row in measured}, last)
    waits = ill_or_injured_since(days, last) is not None
    return {row["goal_id"]: format_progress(home.say, row, stands, waits=waits) for row in measured}


def _as_text(row: Row, home: Home, progress: str) -> str:
    """Return a goal in two or three lines."""
    say = home.say
    goal = {
        "goal": row["goal_id"][:SHORT],
        "kind": say.choice("goal", row["kind"]),
        "state": say.choice("cli.goals.state", row["state"]),
        "words": row["words"],
    }
    if row["until"]:
        lines = [say("cli.goals.stands_until", until=f"{row['until']}", **goal)]
    else:
        lines = [say("cli.goals.stands", **goal)]
    if progress:
        lines.append(f"{BELOW}{progress}")
    if row["review"]:
        lines.append(f"{BELOW}{row['reviewed_on']}: {row['review']}")
    return "\n".join(lines)


# Questions to think about, once a month and before a plan begins. Any may be passed over; none has a score.

MONTHLY, BEFORE_A_PLAN = "month", "before a plan"
OF_THE_MONTH = ("cli.goals.month.mattered", "cli.goals.month.body", "cli.goals.month.helped", "cli.goals.month.crowded")
WITHOUT_RUNNING = ("cli.goals.month.without", "cli.goals.month.helped", "cli.goals.month.company")
READINESS = (
    "cli.goals.readiness.moving",
    "cli.goals.readiness.room",
    "cli.goals.readiness.doctor",
    "cli.goals.readiness.hope",
    "cli.goals.readiness.willing",
    "cli.goals.readiness.therapist",
    "cli.goals.readiness.first_step",
)


def reflect(context: typer.Context) -> None:
    """Think about a few questions, once a month or whenever you like."""
    home = resolve_home(context.obj, lenient=True)
    today = home.today()
    before = max((each.date for each in _reflections(home, MONTHLY)), default=None)
    if before and (before.year, before.month) == (today.year, today.month):
        typer.echo(home.say("cli.goals.last_time", day=home.say.date_near(before, today)))
    _ask(home, MONTHLY, WITHOUT_RUNNING if _is_ill_or_injured(home, today) else OF_THE_MONTH, today)


def _is_ill_or_injured(home: Home, today: dt.date) -> bool:
    """Return whether the person said so, or the latest check-in of the last ten days, by a tag or a reason."""
    records = read(home.journal).records
    if care_now(records, today):
        return True
    entries = [each.entry for each in effective_entries(records)]
    lately = [each for each in entries if isinstance(each, CheckIn) and each.at.date() >= today - dt.timedelta(days=10)]
    latest = max(lately, key=lambda each: each.at, default=None)
    return latest is not None and bool(ILL_OR_INJURED & {*latest.tags, latest.skip_reason or ""})


def readiness(context: typer.Context) -> None:
    """Look at how things are before a plan begins: notes for yourself, no score."""
    home = resolve_home(context.obj, lenient=True)
    _ask(home, BEFORE_A_PLAN, READINESS, home.today())
    typer.echo(home.say("cli.goals.begin_with_less"))


def _ask(home: Home, occasion: str, prompts: Sequence[str], today: dt.date) -> None:
    """Ask each question in turn; what was answered is kept at once, so that stopping half-way loses nothing."""
    from runmood.cli.prompts import Terminal

    terminal = Terminal(home.say("cli.goals.asked_in_a_terminal"))
    terminal.tell(home.say("cli.goals.nothing_scored"))
    answers = []
    for prompt in map(home.say, prompts):
        answer = terminal.line(f"{prompt}\n>")
        if answer:
            append_now(home, [Reflection(today, occasion, prompt, answer)])
            answers.append((answer, None))
    typer.echo(
        home.say("cli.goals.answers_kept", answers=len(answers)) if answers else home.say("cli.goals.nothing_kept")
    )
    show_help_if_distressed(home, answers)


def _reflections(home: Home, occasion: str) -> Iterable[Reflection]:
    for each in effective_entries(read(home.journal).records):
        if isinstance(each.entry, Reflection) and each.entry.occasion == occasion:
            yield each.entry
