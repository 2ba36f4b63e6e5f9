"""Exports of other apps that once gave rides for runs, or nothing: every true run, and no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runmood.home.home import open_home
from runmood.warehouse.queries import run_query
from runmood.workflow.imports import import_paths

if TYPE_CHECKING:
    from pathlib import Path

CASES = {
    "apple-export.zip": [("11-02", 5040), ("11-04", 3006), ("11-06", 4900), ("11-09", 6960)],
    "runkeeper.zip": [("10-05", 5040), ("10-07", 2880), ("10-12", 6100)],
    "nike.zip": [("10-05", 5040), ("10-07", 5040)],
    "health-auto-export.zip": [("10-05", 5040), ("10-07", 5040)],
    "HealthAutoExport-2026-10-01-2026-10-31.json": [("10-05", 5040), ("10-07", 5040)],
    "opentracks.kmz": [("10-05", 5034)],
}
RUNS = "select strftime(local_date, '%m-%d'), round(distance_m)::int from runs order by 1"


@pytest.mark.parametrize("name", CASES)
def test_an_export_gives_its_runs_and_no_other(case_exports: Path, tmp_path: Path, name: str) -> None:
    """Each on its day, with its distance; taking the export in again brings nothing."""
    home = open_home(tmp_path / "home")
    import_paths(home, [case_exports / name])
    assert list(run_query(home.published, RUNS).iter_rows()) == CASES[name]
    batch, _, _ = import_paths(home, [case_exports / name])
    assert batch.counts["files"] == 0
