"""A file is what it holds: its name, size and time say nothing of it."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

import pytest

from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import list_runs
from runmood.workflow.doctor import examine
from runmood.workflow.imports import import_paths

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

CONTENT = recorded_as(simulate(dt.date(2025, 11, 21), days=20).outings[0], "fit")
WRITTEN = 1_770_000_000


def placed(path: Path, content: bytes) -> Path:
    """A file of this content, always of one date."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (WRITTEN, WRITTEN))
    return path


@pytest.mark.parametrize(
    "worse", [bytes(len(CONTENT)), CONTENT[: len(CONTENT) // 2] + bytes(len(CONTENT) - len(CONTENT) // 2)]
)
@pytest.mark.parametrize("inside", [True, False], ids=["replaced in the inbox", "imported again"])
def test_a_better_copy_of_the_same_size_and_date_is_read(
    worse: bytes, inside: bool, empty_home: Home, tmp_path: Path
) -> None:
    """A copy that was filled with zeros gives way to the true one, though name, size and date are the same."""
    place = empty_home.inbox / "run.fit" if inside else tmp_path / "usb/run.fit"
    paths = [] if inside else [place]
    placed(place, worse)
    import_paths(empty_home, paths)
    placed(place, CONTENT)
    better, _, _ = import_paths(empty_home, paths)
    assert (better.counts["runs"], better.counts["partial"]) == (1, 0)
    again, _, _ = import_paths(empty_home, paths)
    assert again.counts["files"] == 0


def test_a_home_from_a_backup_reads_nothing_again(empty_home: Home) -> None:
    """Files whose times changed and whose contents did not are no news; the ledger has their new times."""
    path = placed(empty_home.inbox / "run.fit", CONTENT)
    import_paths(empty_home, [])
    os.utime(path, (WRITTEN + 86_400, WRITTEN + 86_400))
    for _ in range(2):
        batch, _, _ = import_paths(empty_home, [])
        assert batch.counts["files"] == 0


def test_a_run_outlasts_its_file_and_the_checks_say_what_is_gone(empty_home: Home) -> None:
    """A file that vanished from the inbox leaves its run; the checks name the file."""
    path = placed(empty_home.inbox / "run.fit", CONTENT)
    import_paths(empty_home, [])
    path.unlink()
    import_paths(empty_home, [])
    assert list_runs(empty_home.published).height == 1
    told = [check.sentence for check in examine(empty_home.root, dt.datetime.now(dt.UTC)) if check.name == "inbox"]
    assert any("inbox/run.fit" in sentence for sentence in told)
