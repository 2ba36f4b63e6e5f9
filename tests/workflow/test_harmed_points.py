"""Points are made: a file of them that is harmed stops no night, and is read again from the inbox."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import polars as pl
import pytest

from runmood.home.home import open_home
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.queries import run_query
from runmood.workflow.nightly_run import one_night

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home


@pytest.mark.parametrize("harm", ["cut", "empty", "zeros", "folder"])
@pytest.mark.parametrize("month_is_over", [True, False])
def test_points_that_cannot_be_read_are_read_again_from_the_inbox(
    tmp_path: Path, harm: str, month_is_over: bool
) -> None:
    """A disk or a kill may harm a file that is made: the next night makes it again, with the same points."""
    home = open_home(tmp_path / "home")
    outings = simulate(dt.date(2026, 5, 20), days=8).outings
    for number, outing in enumerate(outings):
        (home.inbox / f"{number}.fit").write_bytes(recorded_as(outing, "fit"))
    day = dt.date(2026, 6, 20) if month_is_over else dt.date(2026, 5, 21)
    night(home, day)
    before = pl.read_parquet(home.points / "*.parquet").sort(pl.all())
    path = next(home.points.glob("*.parquet"))
    content = path.read_bytes()
    path.unlink()
    if harm == "folder":
        path.mkdir()
    else:
        path.write_bytes({"cut": content[: len(content) // 2], "empty": b"", "zeros": bytes(len(content))}[harm])
    night(home, day + dt.timedelta(days=1))
    assert pl.read_parquet(home.points / "*.parquet").sort(pl.all()).equals(before)
    assert run_query(home.published, "select count(*) from points").item() == before.height


def night(home: Home, day: dt.date) -> None:
    """A night of which every step is done."""
    with home.writing():
        assert one_night(home, day).failed == {}
