"""The commands of who serves many homes: a club, a clinic, a study."""

from __future__ import annotations

import datetime as dt
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from runmood.cli import LOOK
from runmood.cli.day_names import read_day
from runmood.core.errors import UserError, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.cohort.folder import Cohort
    from runmood.cohort.night import CohortNight, Serve

CLEAR = "\r\x1b[K"
EVERY_S = 1.0
HERE, DASK = "here", "dask"

cohort = typer.Typer(
    help="Serve many homes: a club, a clinic, a study.",
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
Folder = Annotated[Path, typer.Option("--folder", envvar="RUNMOOD_COHORT", help="The cohort's folder.")]
IN_COHORT = Path("cohort")


@cohort.command()
def init(
    folder: Annotated[Path, typer.Argument(help="A new or an empty folder.")],
    *,
    name: Annotated[str, typer.Option(help="How the report calls it; the folder's name if left out.")] = "",
    language: Annotated[str, typer.Option(help="The language of the report: en, de or nl.")] = "en",
    buckets: Annotated[int, typer.Option(min=1, help="Into how many parts homes are dealt: one for about 25.")] = 16,
) -> None:
    """Make a cohort, with a key of its own for the pseudonyms."""
    from runmood.cohort.folder import CohortSettings, make_cohort

    made = make_cohort(folder, CohortSettings(name or folder.resolve().name, language, buckets))
    typer.echo(made.say("cohort.made", path=str(folder)))


@cohort.command()
def add(
    homes: Annotated[list[Path], typer.Argument(help="Homes, or folders that hold some.")],
    *,
    folder: Folder = IN_COHORT,
    site: Annotated[str | None, typer.Option(help="The site they belong to.")] = None,
) -> None:
    """Add homes; what their people give, they say themselves."""
    from runmood.cohort.folder import homes_in

    opened = _opened(folder)
    found: list[Path] = []
    for path in homes:
        inside = list(homes_in(path))
        if not inside:
            raise UserError(opened.say("cohort.nothing_there", path=str(path)))
        found += inside
    with opened.writing():
        new = opened.add(found, site)
    typer.echo(opened.say("cohort.added", new=new, all=len(opened.members())))


@cohort.command()
def night(
    *,
    folder: Folder = IN_COHORT,
    engine: Annotated[
        Literal["here", "dask"],
        typer.Option(help="here: processes of this computer; dask: Prefect on Dask (pip install 'runmood[cohort]')."),
    ] = "here",
    workers: Annotated[int, typer.Option(min=1, help="How many processes on this computer.")] = 2,
    scheduler: Annotated[
        str | None, typer.Option(help="A Dask cluster that is there, such as tls://host:8786.")
    ] = None,
    day: Annotated[
        str | None, typer.Option(metavar="DATE", help="Up to which day: yesterday or 2026-11-10; today.")
    ] = None,
) -> None:
    """Do the night of every home, and put together what their people give."""
    from runmood.cohort.night import do_night

    opened = _opened(folder)
    today = dt.datetime.now(dt.UTC).astimezone().date()
    tonight = read_day(opened.say, day, today) if day else today
    with (
        _engine(opened, tonight, workers, DASK if scheduler else engine, scheduler) as serve,
        _progress(opened, tonight),
    ):
        result = do_night(opened, tonight, serve)
    _tell(opened, result)
    if result.store_fault:
        typer.echo(spoken(opened.say, result.store_fault))
    if result.store_fault or result.lost or result.outcomes.keys() - {"done", "nothing"}:
        typer.echo(opened.say("cohort.look"))
        raise typer.Exit(LOOK)


@cohort.command()
def status(*, folder: Folder = IN_COHORT) -> None:
    """Show of each home that needs a look when it last went well, and why not since."""
    from runmood.cohort.bucket import all_visits
    from runmood.cohort.store import is_behind

    opened = _opened(folder)
    say, visits = opened.say, all_visits(opened)
    others = [each for each in opened.members() if not (each.member in visits and visits[each.member].good)]
    typer.echo(say("cohort.status", good=len(opened.members()) - len(others), other=len(others)))
    for member in others:
        visit = visits.get(member.member)
        if visit is None:
            typer.echo(f"{member.home}: {say('cohort.not_yet')}")
            continue
        good_on = say.date(visit.good_on) if visit.good_on else say("cohort.never")
        values = {"home": str(member.home), "day": say.date(visit.day), "good_on": good_on, "sentence": visit.sentence}
        typer.echo(say("cohort.status_line", outcome=say.choice("cohort.outcome", visit.outcome), **values).rstrip())
    behind = is_behind(opened)
    if behind:
        typer.echo(say("cohort.store.behind", store=opened.settings.store))
    if others or behind:
        raise typer.Exit(LOOK)


@cohort.command()
def report(
    *,
    folder: Folder = IN_COHORT,
    out: Annotated[Path | None, typer.Option(help="Where the page goes; releases/WEEK.html if left out.")] = None,
) -> None:
    """Show what people have in common in the latest week, on one page: rounded, of twelve people or more."""
    from runmood.cohort.release import last_release
    from runmood.cohort.report import report_as_page, report_as_text
    from runmood.core.files import replace_private

    opened = _opened(folder)
    release = last_release(opened.releases)
    if release is None:
        raise UserError(opened.say("cohort.no_release"))
    typer.echo(report_as_text(release, opened.say))
    page = out or opened.releases / f"{release.week}.html"
    replace_private(page, report_as_page(release, opened.say))
    typer.echo(f"\n{page}")


@cohort.command()
def withdraw(
    home: Annotated[Path, typer.Argument(help="The home's folder, which may be gone.")], *, folder: Folder = IN_COHORT
) -> None:
    """Take a home out, and what its person gave out of every file, at once."""
    from runmood.cohort.night import withdraw as take_out

    opened = _opened(folder)
    take_out(opened, home)
    typer.echo(opened.say("cohort.withdrawn", home=str(home)))


def _opened(folder: Path) -> Cohort:
    from runmood.cohort.folder import open_cohort

    return open_cohort(folder)


@contextmanager
def _engine(opened: Cohort, day: dt.date, workers: int, engine: str, scheduler: str | None) -> Iterator[Serve]:
    """Yield what serves buckets; for Dask with Prefect's own server, as the nightly of one home has it."""
    if engine == HERE:
        from runmood.cohort.night import serve_here

        yield serve_here(opened, day, workers)
        return
    from pipelines.prefect_env import configure_prefect_env
    from pipelines.server import prefect_server

    configure_prefect_env(opened)
    with prefect_server(opened, ephemeral=True):
        try:
            from pipelines.cohort import serve_on_dask
        except ModuleNotFoundError as fault:
            raise UserError(opened.say("cohort.no_engine")) from fault
        yield serve_on_dask(opened, day, workers, scheduler)


@contextmanager
def _progress(opened: Cohort, day: dt.date) -> Iterator[None]:
    """Show, in a line that is written over, how many homes are done and how many a second; nothing to a log."""
    if not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    thread = threading.Thread(target=_watch, args=(opened, day, over))
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
        typer.echo(CLEAR, err=True, nl=False)


def _watch(opened: Cohort, day: dt.date, over: threading.Event) -> None:
    from runmood.cohort.night import count_done

    began, every, before = time.monotonic(), len(opened.members()), count_done(opened, day)
    while not over.wait(EVERY_S):
        done = count_done(opened, day)
        rate = (done - before) / (time.monotonic() - began)
        typer.echo(f"{CLEAR}{opened.say('cohort.progress', done=done, all=every, rate=rate)}", err=True, nl=False)


def _tell(opened: Cohort, result: CohortNight) -> None:
    """Tell what a night came to."""
    say = opened.say
    typer.echo(say("cohort.night", day=say.date(result.day), homes=result.outcomes.total()))
    for outcome, count in result.outcomes.most_common():
        typer.echo(say("cohort.night_outcome", outcome=say.choice("cohort.outcome", outcome), count=count))
    rows = {name: result.rows.get(table, 0) for name, table in ROWS.items()}
    typer.echo(say("cohort.night_rows", **rows))
    if result.lost:
        typer.echo(say("cohort.lost", buckets=len(result.lost)))


ROWS = {"people": "persons", "days": "days", "findings": "findings"}
