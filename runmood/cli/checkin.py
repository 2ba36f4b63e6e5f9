"""The command typed daily: a check-in by key, by flags or from a file; and one changed or taken back."""

from __future__ import annotations

import datetime as dt
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from runmood.cli import entries
from runmood.cli.day_names import read_moment
from runmood.cli.entries import in_a_line, new_words, understand_words, unknown_words
from runmood.cli.numbers import score
from runmood.cli.support import show_help_if_distressed
from runmood.core.checkin_items import BY_MOMENT, REQUIRED
from runmood.core.checkins import CheckIn, EntryEdited, NewEntry
from runmood.core.enums import ILL_OR_INJURED, CheckInKind
from runmood.core.errors import UserError, why_refused
from runmood.core.locked import LockedHomeError, is_locked, refuse_locked
from runmood.home.home import locked_home, resolve_home
from runmood.home.work_folder import read_last_run, take_day_to_ask
from runmood.journal.checkin_days import default_checkin_kind
from runmood.journal.store import append, read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from runmood.cli.entries import Answers
    from runmood.home.home import Home

LOW = 3.0  # of 10: after such a mood nobody is asked about a run


def save_checkin(home: Home, new: Sequence[NewEntry], before: CheckIn | None = None) -> None:
    """Write check-ins and changes of them to disk, echo them whole, and show whom to talk to where it may be wanted."""
    check_ins = [check_in for each in new if (check_in := _check_in(each))]
    unknown = unknown_words(home, check_ins)
    written = append(home.journal, new)
    if len(new) == 1:
        if before:
            typer.echo(home.say("cli.checkin.before", what=in_a_line(home.say, before)))
        answer = "cli.checkin.changed" if isinstance(new[0].entry, EntryEdited) else "cli.checkin.kept"
        typer.echo(home.say(answer, what=in_a_line(home.say, check_ins[0])))
    else:
        typer.echo(home.say("cli.checkin.read", entries=len(new), new=written.new))
    for sentence in new_words(home.say, unknown):
        typer.echo(sentence)
    if written.torn:
        typer.echo(home.say("cli.checkin.torn"))
    tags = [tag for each in check_ins for tag in each.tags]
    show_help_if_distressed(home, [(each.note or "", each.mood) for each in check_ins], tags)


def _check_in(new: NewEntry) -> CheckIn | None:
    entry = new.entry.check_in if isinstance(new.entry, EntryEdited) else new.entry
    return entry if isinstance(entry, CheckIn) else None


Score = Annotated[float | None, typer.Option(parser=score, help="0 to 10.")]
At = Annotated[
    str | None,
    typer.Option(
        metavar="MOMENT", help="yesterday, monday or 2026-05-04, also with a clock: yesterday 21:30; now if left out."
    ),
]
Kind = Annotated[
    CheckInKind | None,
    typer.Option(help="After a run if one has just ended, else by the clock."),
]


def with_item_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command an option for each check-in item, in place of its `**scores`; the required ones come first."""
    signature = inspect.signature(command, eval_str=True)
    keyword = inspect.Parameter.KEYWORD_ONLY
    options = [
        inspect.Parameter(item.name, keyword, default=None, annotation=Score)
        for item in sorted(BY_MOMENT, key=lambda item: not item.required)
    ]
    context, *others = (each for each in signature.parameters.values() if each.kind is not each.VAR_KEYWORD)
    required, when, more = options[: len(REQUIRED)], others[: len(("kind", "at"))], others[len(("kind", "at")) :]
    parameters = [context, *required, *when, *options[len(REQUIRED) :], *more]
    command.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    return command


@with_item_options
def check_in(
    context: typer.Context,
    *,
    kind: Kind = None,
    at: At = None,
    pain_where: Annotated[str | None, typer.Option(help="Where it hurt.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="ill, injured, travel, social …; repeat for more.")] = None,
    helped: Annotated[list[str] | None, typer.Option(help="What helped today; repeat for more.")] = None,
    skip_reason: Annotated[str | None, typer.Option(help="Why a planned run did not happen.")] = None,
    note: Annotated[str | None, typer.Option(help="Anything you like.")] = None,
    own_words: Annotated[bool, typer.Option("--own-words", help="Keep tags and reasons exactly as typed.")] = False,
    answer: Annotated[list[str] | None, typer.Option(metavar="NAME=ANSWER", help="To a question of your own.")] = None,
    json_: Annotated[str | None, typer.Option("--json", metavar="FILE", help="From a file; - reads it here.")] = None,
    edit: Annotated[str | None, typer.Option(metavar="ID|last", help="Change one; `runmood log` lists them.")] = None,
    unsay: Annotated[list[str] | None, typer.Option(metavar="ITEM", help="With --edit: leave an item unsaid.")] = None,
    delete: Annotated[str | None, typer.Option(metavar="ID|last", help="Take one back.")] = None,
    **scores: float | None,
) -> None:
    """Write down how you feel, in ten seconds. We ask for mood and energy if you leave them out."""
    locked = is_locked(context.obj or Path("data"))
    home = locked_home(context.obj or Path("data")) if locked else resolve_home(context.obj, lenient=True)
    now = dt.datetime.now(home.zone).replace(microsecond=0)
    given = {
        **entries.scores(scores),
        **entries.words({"kind": kind, "pain_where": pain_where, "skip_reason": skip_reason, "note": note}),
        **entries.lists({"tags": tag, "helped": helped}),
        **entries.moment(home.say, None if at is None else read_moment(home.say, at, now.date()), kind, now),
        **entries.custom_answers(home.say, answer or [], home.settings.custom_questions),
    }
    if locked and (delete or json_ or edit or not given.keys() >= set(REQUIRED)):
        raise UserError(home.say("cli.lock.only_new"))
    if delete:
        typer.echo(entries.take_back(home, delete, now))
    elif json_:
        from runmood.journal.checkin_files import check_ins_from_json

        save_checkin(home, check_ins_from_json(_read(home, json_), home.zone, home.settings.custom_questions, now))
    elif edit:
        _change(home, edit, given, unsay or [], own_words=own_words)
    else:
        _check_in_now(home, given, now, own_words=own_words)


def _check_in_now(home: Home, given: Answers, now: dt.datetime, *, own_words: bool) -> None:
    """Save what was given by flags; ask where mood or energy was not."""
    moment = given.get("at", now)
    known = {"at": moment, "kind": default_checkin_kind(moment, read_last_run(home)), **given}
    answers = known if given.keys() >= set(REQUIRED) else _asked(home, known)
    as_typed = own_words or is_locked(home.root)  # whose earlier words nobody can read
    check_in = _as_meant(home, answers, own_words=as_typed)
    new = NewEntry(now, check_in)
    try:
        refuse_locked(home.root)
        save_checkin(home, [new])
    except LockedHomeError:
        from runmood.cli.lock import queue_sealed_check_in

        queue_sealed_check_in(home, new)
        return
    if ILL_OR_INJURED & {*check_in.tags, check_in.skip_reason or ""} and not _said_ill_or_injured(home):
        typer.echo(home.say("cli.care.offer"))
        return
    if check_in.mood <= LOW:
        return
    if (day := take_day_to_ask(home)) and _may_be_asked(home, day):
        typer.echo(
            home.say("cli.checkin.ran_without_file", day=home.say.weekday_near(day, home.today()), date=f"{day}")
        )
    elif sys.stdout.isatty():
        typer.echo(home.say("cli.checkin.next"))


def _said_ill_or_injured(home: Home) -> bool:
    """Return whether the person has said that they are ill or injured."""
    from runmood.journal.days import care_now

    return bool(care_now(read(home.journal).records, home.today()))


def _may_be_asked(home: Home, day: dt.date) -> bool:
    """Return whether nothing was told of a day's running without a file, and plans do not wait for who cannot run."""
    from runmood.journal.days import care_now, reports_of

    records = read(home.journal).records
    return not reports_of(records, day) and not care_now(records, home.today())


def _as_meant(home: Home, answers: Answers, *, own_words: bool) -> CheckIn:
    """Return the check-in with its words understood, or as typed."""
    typed = entries.as_check_in(answers)
    return typed if own_words else entries.as_check_in({**answers, **understand_words(home, typed)})


def _change(home: Home, which: str, given: Answers, unsay: Sequence[str], *, own_words: bool) -> None:
    """Change answers of an earlier check-in; the journal keeps both."""
    record, before = entries.get_checkin(home, which)
    kept = entries.remove_answers(home.say, entries.answers_of(before), unsay)
    changed = kept | given if given or unsay else _asked(home, kept, again=True)
    after = _as_meant(home, changed, own_words=own_words)
    if after == before:
        typer.echo(home.say("cli.checkin.nothing_changed"))
    else:
        save_checkin(home, [entries.changed(record, after, dt.datetime.now(home.zone))], before)


def _asked(home: Home, known: Answers, *, again: bool = False) -> Answers:
    from runmood.cli.prompts import Terminal, ask_check_in

    terminal = Terminal(home.say("cli.checkin.instead"))
    return ask_check_in(terminal, home.settings.custom_questions, known, say=home.say, again=again)


def _read(home: Home, name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as fault:
        raise UserError(home.say("cli.checkin.not_read", file=name, fault=why_refused(fault))) from fault
