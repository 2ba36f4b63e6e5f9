"""Writing down what was said, and telling what was kept."""

from __future__ import annotations

import datetime as dt
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import entries as changing
from runmood.cli import entries as flags
from runmood.cli.entries import in_a_line
from runmood.cli.support import show_help_if_distressed
from runmood.core.enums import SCORES, CheckInKind
from runmood.core.errors import UserError
from runmood.core.models import CheckIn, EntryEdited, NewEntry
from runmood.home.home import chosen_home
from runmood.home.last_run import read_last_run
from runmood.journal.checkin_files import check_ins_from_json
from runmood.journal.dates import default_checkin_kind, is_a_day
from runmood.journal.store import append

if TYPE_CHECKING:
    from collections.abc import Sequence

    from runmood.cli.entries import Answers
    from runmood.home.home import Home


TORN = (
    "The journal's last line had been cut off, as a power cut does. It stays as it is, and all else is whole: "
    "if something you said is missing, please say it again."
)


def save_checkin(home: Home, entries: Sequence[NewEntry]) -> None:
    """Check-ins and changes of them, on disk when this returns; the panel follows words that ask for it."""
    written = append(home.journal, entries)
    check_ins = [check_in for said in entries if (check_in := _check_in(said))]
    if len(entries) == 1:
        head = "Changed" if isinstance(entries[0].entry, EntryEdited) else "Kept"
        typer.echo(f"{head}: {in_a_line(check_ins[0])}.")
    else:
        typer.echo(f"{len(entries)} check-ins read, {written.new} of them new.")
    if written.torn:
        typer.echo(TORN)
    show_help_if_distressed(home, [(each.note or "", each.mood) for each in check_ins])


def _check_in(said: NewEntry) -> CheckIn | None:
    entry = said.entry.check_in if isinstance(said.entry, EntryEdited) else said.entry
    return entry if isinstance(entry, CheckIn) else None


# --- The command typed daily: a check-in by key, by flags, from a file; and one changed or taken back.

NEEDED = frozenset({"mood", "energy"})


def _a_moment(text: str) -> dt.date:
    """A day alone, or a moment by the clock at home."""
    try:
        return dt.date.fromisoformat(text) if is_a_day(text) else dt.datetime.fromisoformat(text)
    except ValueError:
        raise typer.BadParameter(f"{text} is no moment; write 2026-05-04, or 2026-05-04 21:30.") from None


def _a_number(score: float | None) -> float | None:
    """The score; typer's own bounds let nan through."""
    if score is not None and math.isnan(score):
        raise typer.BadParameter("nan is no number from 0 to 10.")
    return score


Score = Annotated[float | None, typer.Option(min=0, max=10, callback=_a_number, help="0 to 10.")]
At = Annotated[
    dt.date | None,
    typer.Option(parser=_a_moment, metavar="MOMENT", help="2026-05-04, or 2026-05-04 21:30; now if left out."),
]
Kind = Annotated[
    CheckInKind | None,
    typer.Option(help="After a run if one has just ended, else by the clock."),
]


def check_in(
    context: typer.Context,
    *,
    mood: Score = None,
    energy: Score = None,
    kind: Kind = None,
    at: At = None,
    sleep: Score = None,
    stress: Score = None,
    tiredness: Score = None,
    soreness: Score = None,
    effort: Score = None,
    pain: Score = None,
    pain_where: Annotated[str | None, typer.Option(help="Where it hurt.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="ill, injured, travel, social …; repeat for more.")] = None,
    helped: Annotated[list[str] | None, typer.Option(help="What helped today; repeat for more.")] = None,
    skip_reason: Annotated[str | None, typer.Option(help="Why a planned run did not happen.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything you like.")] = None,
    answer: Annotated[list[str] | None, typer.Option(metavar="NAME=ANSWER", help="To a question of your own.")] = None,
    json_: Annotated[str | None, typer.Option("--json", metavar="FILE", help="From a file; - reads it here.")] = None,
    edit: Annotated[str | None, typer.Option(metavar="ID|last", help="Change one; `runmood log` lists them.")] = None,
    unsay: Annotated[list[str] | None, typer.Option(metavar="ITEM", help="With --edit: leave an item unsaid.")] = None,
    delete: Annotated[str | None, typer.Option(metavar="ID|last", help="Take one back.")] = None,
) -> None:
    """How you feel, in ten seconds. Asks for mood and energy when they are not given."""
    home = chosen_home(context.obj)
    now = dt.datetime.now(home.zone).replace(microsecond=0)
    scores = (mood, energy, stress, tiredness, soreness, sleep, effort, pain)
    given = {
        **flags.scores(dict(zip(SCORES, scores, strict=True))),
        **flags.words({"kind": kind, "pain_where": pain_where, "skip_reason": skip_reason, "note": note}),
        **flags.lists({"tags": tag, "helped": helped}),
        **flags.moment(at, kind, now),
        **flags.custom_answers(answer or [], home.settings.items),
    }
    if delete:
        typer.echo(changing.take_back(home, delete, now))
    elif json_:
        save_checkin(home, check_ins_from_json(_read(json_), home.zone, home.settings.items, now))
    elif edit:
        _change(home, edit, given, unsay or [])
    else:
        _say(home, given, now)


def _say(home: Home, given: Answers, now: dt.datetime) -> None:
    """A check-in of what was given by flags; where mood or energy was not, the person is asked."""
    moment = given.get("at", now)
    known = {"at": moment, "kind": default_checkin_kind(moment, read_last_run(home)), **given}
    answers = known if given.keys() >= NEEDED else _asked(home, known)
    save_checkin(home, [NewEntry(now, flags.as_check_in(answers))])


def _change(home: Home, which: str, given: Answers, unsay: Sequence[str]) -> None:
    """Another answer to what was asked before; the journal keeps both."""
    told, before = changing.get_checkin(home, which)
    said = changing.remove_answers(flags.answers_of(before), unsay)
    changed = said | given if given or unsay else _asked(home, said, again=True)
    after = flags.as_check_in(changed)
    if after == before:
        typer.echo("Nothing was changed.")
    else:
        save_checkin(home, [changing.changed(told, after, dt.datetime.now(home.zone))])


def _asked(home: Home, known: Answers, *, again: bool = False) -> Answers:
    from runmood.cli.prompts import (
        Terminal,
        ask_check_in,
    )

    return ask_check_in(Terminal("give --mood and --energy, or --json -"), home.settings.items, known, again=again)


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise UserError(f"{name} cannot be read: {fault.strerror}. Nothing was taken.") from fault
