"""The commands around the nightly, as a person or a timetable calls them."""

from __future__ import annotations

import datetime as dt
import signal
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from runmood.cli import LOOK
from runmood.cli.status_line import status_line
from runmood.core.errors import UserError
from runmood.core.locked import is_locked, refuse_locked
from runmood.home.home import open_readonly, resolve_home, translator_in
from runmood.home.settings import example, settings_as_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.home.home import Home
    from runmood.workflow.nightly_run import NightlyRun


FAILED = 2
BEGUN = "cli.nightly.begun"
ENDING = {"SIGTERM", "SIGHUP"}  # signals that ask a process to end; Windows knows one of them


def nightly(
    context: typer.Context,
    *,
    scheduled: Annotated[
        bool, typer.Option("--scheduled", help="As a timetable calls it: leave if tonight's is done or another writes.")
    ] = False,
) -> None:
    """Run tonight's update now: read new files, refresh patterns, rewrite the summary page."""
    root = context.obj or Path("data")
    if is_locked(root):
        _in_a_locked_home(root, scheduled=scheduled)
        return
    home = resolve_home(context.obj)
    if scheduled and _may_leave(home):
        return
    if status := nightly_once(home, scheduled=scheduled):
        raise typer.Exit(status)


def _in_a_locked_home(root: Path, *, scheduled: bool) -> None:
    """Run the night of a locked home whose key is in the keyring, without Prefect, whose records would be in clear.

    Where a timetable calls and tonight's is done, the home stays as it is.

    What it came to is in the home's log: a timetable would mail it, or keep it in a journal of the system.

    Raises:
        Exit: some of it could not be done, or asks for a look.
    """
    from runmood.home.key_store import find_key
    from runmood.home.user_config import check_owner
    from runmood.workflow.waiting import key_of

    check_owner(root)
    say = translator_in(root)
    private = find_key(key_of(root))
    if private is None:
        if not scheduled:
            refuse_locked(root)
        typer.echo(say("cli.nightly.locked"))  # no failure: the person wants it so
        return
    from runmood.workflow.lock import is_night_due, opened_for_a_night

    if scheduled and not is_night_due(root, say, private, dt.datetime.now(dt.UTC)):
        return
    with _ended_by_signals(), status_line(say, BEGUN), opened_for_a_night(root, say, private) as home:
        night = _run_without_prefect(home, scheduled=False)
    status = _status(night)
    typer.echo(say("cli.nightly.locked_failed" if status == FAILED else "cli.nightly.locked_again"))
    if status:
        raise typer.Exit(status)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let a signal that asks this process to end do so by way of what is to be done at the end."""

    def end(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = {each: signal.signal(each, end) for each in signal.Signals if each.name in ENDING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _status(night: NightlyRun | None) -> int:
    """Return the exit status that says what a night came to; null is one that another does, who has told so."""
    if night is None:
        return 0
    if not night.good:
        return FAILED
    return LOOK if night.needs_a_look else 0


def nightly_once(home: Home, *, scheduled: bool = False) -> int:
    """Run the nightly flow, tell what it came to, and give the exit status that says so."""
    from runmood.workflow.errors import NightlyStep

    with NightlyStep(home, "nightly", tell=True):
        night = _skip_if_up_to_date(home, scheduled=scheduled) or _run(home, scheduled=scheduled)
    if night:
        typer.echo(night.as_text(home.say))
    return _status(night)


def _skip_if_up_to_date(home: Home, *, scheduled: bool) -> NightlyRun | None:
    """Return a night in which nothing is due, without Prefect; null where there is work, or a server is to see it."""
    from runmood.workflow.nightly_run import quiet_night

    return None if scheduled or home.settings.prefect_server else quiet_night(home, home.today())


def _run(home: Home, *, scheduled: bool) -> NightlyRun | None:
    """Run the night under a line that says so: as Prefect's flow where it is installed and its server starts.

    Returns:
        The night, whatever failed in it; null where it was left to another who writes.
    """
    from runmood.workflow.errors import write_log

    if _has_prefect(home):
        from pipelines.server import ServerDidNotStartError

        try:
            with status_line(home.say, BEGUN):
                return _run_with_prefect(home, scheduled=scheduled)
        except ServerDidNotStartError as fault:
            why = fault.spoken(home.say)
        write_log(home, why)
        typer.echo(home.say("cli.nightly.without_prefect", fault=why), err=True)
    with status_line(home.say, BEGUN):
        return _run_without_prefect(home, scheduled=scheduled)


def _has_prefect(home: Home) -> bool:
    """Look whether the extra with Prefect is installed.

    Returns:
        Whether it is.

    Raises:
        UserError: it is not, and the settings name a server of Prefect's that is to see the nights.
    """
    if find_spec("prefect") is not None:
        return True
    if home.settings.prefect_server:
        raise UserError(home.say("cli.nightly.needs_prefect"))
    return False


def _run_without_prefect(home: Home, *, scheduled: bool) -> NightlyRun | None:
    """Run the night; return what it came to, or null where it was left to another who writes."""
    from runmood.home.home import HomeIsBusyError
    from runmood.workflow.errors import notify, write_log
    from runmood.workflow.nightly_run import one_night

    try:
        with home.writing(wait=not scheduled):
            return one_night(home, home.today(), tell=notify)
    except HomeIsBusyError as fault:
        write_log(home, fault.spoken(home.say))
        return None


def _run_with_prefect(home: Home, *, scheduled: bool) -> NightlyRun | None:
    """Run the flow on a server of our own, or on the one that the settings name.

    Returns:
        The night, whatever failed in it; null where another runs it.

    Raises:
        ServerDidNotStartError: a server of our own does not start.
        UserError: the one that the settings name does not answer.
    """
    from pipelines.prefect_env import configure_prefect_env
    from pipelines.server import prefect_server
    from runmood.workflow.nightly_run import NightFailedError, NightlyRun

    configure_prefect_env(home)
    with prefect_server(home, ephemeral=True) as ours:
        from pipelines.nightly import nightly as flow
        from pipelines.nightly import remove_old_records

        try:
            night = flow(scheduled=scheduled)
        except NightFailedError as fault:
            return fault.night
        except RuntimeError as fault:  # so Prefect says that it has no server
            raise UserError(home.say("cli.nightly.no_server", fault=f"{fault}")) from fault
        if ours:
            remove_old_records()
        return night if isinstance(night, NightlyRun) else None


def _may_leave(home: Home) -> bool:
    """Return whether tonight's is done, or another is at work, which is told."""
    from runmood.workflow.errors import write_log
    from runmood.workflow.nightly_run import last_night
    from runmood.workflow.state import is_due

    if not is_due(home, last_night(home), dt.datetime.now(dt.UTC)):
        return True
    writer = home.writer()
    if writer:
        sentence = home.say("cli.nightly.another", writer=writer)
        write_log(home, sentence)
        typer.echo(sentence)
    return writer is not None


def schedule(
    context: typer.Context,
    print_: Annotated[
        Literal["cron", "systemd", "launchd"] | None,
        typer.Option("--print", help="Print a unit for the system's own timetable instead."),
    ] = None,
) -> None:
    """Run the nightly update automatically (--print shows a cron or systemd entry)."""
    from pipelines.schedule import PRINTED

    home = resolve_home(context.obj)
    if print_:
        typer.echo(PRINTED[print_](home), nl=False)
        return
    if find_spec("prefect") is None:
        raise UserError(home.say("cli.nightly.needs_prefect"))
    from pipelines.prefect_env import configure_prefect_env
    from pipelines.schedule import serve_nightly

    configure_prefect_env(home)
    time = home.settings.nightly_at
    typer.echo(home.say("cli.nightly.every_night", time=f"{time:%H:%M}", zone=home.settings.time_zone))
    serve_nightly(home, time)


def settings(
    context: typer.Context,
    *,
    show_example: Annotated[bool, typer.Option("--example", help="Print a file with every setting.")] = False,
) -> None:
    """Show your settings, and where each value comes from."""
    if show_example:
        typer.echo(example(translator_in(context.obj)), nl=False)
        return
    home = open_readonly(context.obj)
    typer.echo(settings_as_text(home.settings, home.settings_file, home.say))


def doctor(context: typer.Context) -> None:
    """Check that everything works, and how to fix what doesn't."""
    from runmood.workflow.doctor import examine

    root = context.obj or Path("data")
    say = translator_in(root)
    found = list(examine(root, dt.datetime.now(dt.UTC)))
    for each in found:
        typer.echo(each.as_text(say))
    if any(each.asks for each in found):
        raise typer.Exit(LOOK)
