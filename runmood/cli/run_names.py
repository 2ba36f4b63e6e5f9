"""How a person names a run: as `runmood runs` does, by its file, or by `last`, `today`, `yesterday` or a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import polars as pl
import typer

from runmood.cli.day_names import day_named
from runmood.cli.entries import LAST
from runmood.core.errors import UserError
from runmood.warehouse.publish import read_tables

if TYPE_CHECKING:
    from runmood.home.home import Home

Run = Annotated[
    str,
    typer.Argument(
        metavar="RUN",
        help="As `runmood runs` names it, the name of its file, or: last, today, yesterday, mon, a date.",
    ),
]


def named_run(home: Home, words: str) -> str:
    """Return the name of the run that is meant by `last` or by a day; any other words as they are.

    Args:
        home: whose runs they are.
        words: what the person typed.

    Raises:
        UserError: There is no run that day, or more than one.
    """
    day = day_named(home.say, words, home.today())
    if day is None and words != LAST:
        return words
    runs = read_tables(home.published, ("runs",))["runs"].sort("started_at", "run_id")
    meant = runs.tail(1) if day is None else runs.filter(pl.col("local_date") == day)
    if meant.is_empty():
        told = home.say.weekday_near(day, home.today()) if day else ""
        raise UserError(home.say("cli.runs.none_that_day", day=told) if day else home.say("cli.runs.list.no_runs"))
    if meant.height > 1:
        raise UserError(home.say("cli.runs.which_of_day", runs="".join(f"\n  {run}" for run in meant["run_id"])))
    name: str = meant["run_id"][0]
    return name


def no_recording(home: Home, run: str) -> str:
    """Return why there is no recording of a run to correct: nobody knows the run, or the person added it by hand.

    Args:
        home: whose runs they are.
        run: the run's name.
    """
    found = read_tables(home.published, ("runs",))["runs"].filter(pl.col("run_id") == run)
    if found.is_empty():
        return home.say("cli.runs.no_such_run", run=run)
    return home.say("cli.ran.change_it", date=f"{found['local_date'][0]}")
