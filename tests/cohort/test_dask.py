"""The same night as a Prefect flow on a real cluster of two Dask workers on this computer."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest
from cohort.cohort_homes import copies
from pipelines_homes import LAST_DAY

from runmood.cohort.bucket import all_visits
from runmood.warehouse.cohort import read_cohort

psutil = pytest.importorskip("psutil", reason="needs runmood[cohort]")
scheduler = pytest.importorskip("distributed.scheduler", reason="needs runmood[cohort]")
flows = pytest.importorskip("pipelines.cohort", reason="needs runmood[cohort]")

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.cohort.folder import Cohort

PATIENCE_S = 480
HOMES = 20


def command(cohort: Cohort, *words: str) -> list[str]:
    """The night of a cohort on Dask, as typed."""
    night = ["cohort", "night", "--folder", str(cohort.root), "--day", str(LAST_DAY)]
    return [sys.executable, "-m", "runmood.cli.main", *night, *words]


def serving_worker(above: int) -> psutil.Process | None:
    """The worker of Dask that has a home served just now, among the descendants of a process."""
    for each in psutil.Process(above).children(recursive=True):
        try:
            if "runmood.cohort.worker" in each.cmdline():
                return each.parent()
        except psutil.Error:
            continue
    return None


def test_a_killed_worker_loses_and_doubles_no_home(template: Path, tmp_path: Path, cohort: Cohort) -> None:
    """Twenty homes, two workers, one of them killed in the midst: all are served, and each person is there once."""
    cohort.add(copies(template, tmp_path / "homes", HOMES))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    with subprocess.Popen(
        command(cohort, "--engine", "dask"), env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as night:
        killed, ends = False, time.monotonic() + PATIENCE_S
        while night.poll() is None and time.monotonic() < ends:
            visits = all_visits(cohort)
            served = sum(visit.good for visit in visits.values())
            if served >= 2 and (worker := serving_worker(night.pid)):
                worker.kill()
                killed = True
                break
            time.sleep(0.2)
        told, complained = night.communicate(timeout=PATIENCE_S)
    assert (night.returncode, killed) == (0, True), told + complained
    given = read_cohort(cohort.database, "select person from persons")["person"].to_list()
    assert sorted(given) == sorted(cohort.person(each.member) for each in cohort.members())
    assert len(all_visits(cohort)) == HOMES
    left = [
        each for each in psutil.process_iter(["cmdline"]) if str(cohort.root) in " ".join(each.info["cmdline"] or [])
    ]
    assert left == []


def test_a_bucket_that_dask_gives_up_is_lost_alone() -> None:
    """A task whose workers died too often ends no night: its bucket could not be served, and the others are told."""
    given_up = Mock(result=Mock(side_effect=scheduler.KilledWorker("serve", None, 3)))
    assert (flows.counts_of(given_up), flows.counts_of(Mock(result=lambda **_: {"done": 3}))) == (None, {"done": 3})
