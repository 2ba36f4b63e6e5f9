"""What a killed process leaves behind is swept, and nothing grows but what is meant to."""

from __future__ import annotations

import datetime as dt
import os
import time
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn, NewEntry
from runmood.home.home import LASTS_S, open_home, sweep_leftovers
from runmood.journal.store import append
from runmood.workflow import night, steps

if TYPE_CHECKING:
    from pathlib import Path

AT = dt.datetime(2026, 5, 4, 21, tzinfo=dt.UTC)


def test_what_was_broken_off_is_swept(tmp_path: Path) -> None:
    """Copies into the inbox at any depth, uploads of yesterday, drafts; an upload under way and all else stays."""
    home = open_home(tmp_path / "home")
    kept = [home.inbox / "a" / "run.fit", home.work / "jobs" / "upload-now" / "x.fit", home.work / "last-run"]
    left = [
        home.inbox / ".incoming-12", home.inbox / "a" / ".incoming-13", home.work / "jobs" / "upload-old" / "x.fit",
        home.work / "publishing.duckdb", home.work / "runmood.duckdb.tmp" / "x", home.journal / ".forgetting",
    ]  # fmt: skip
    for path in (*kept, *left):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    long_ago = time.time() - LASTS_S - 60
    os.utime(home.work / "jobs" / "upload-old", (long_ago, long_ago))
    assert sweep_leftovers(home) == len(left)
    assert [path.exists() for path in kept] == [True] * len(kept)
    assert [path for path in left if path.exists()] == []
    assert sweep_leftovers(home) == 0


def test_nothing_grows_over_nights(tmp_path: Path) -> None:
    """Nights in which nothing is said, each with a broken-off copy, leave as many files and hardly more bytes."""
    home = open_home(tmp_path / "home")
    append(home.journal, [NewEntry(AT, CheckIn(AT, "evening", 5, note="x"))])
    seen = []
    for number in range(6):
        (home.inbox / f".incoming-{number}").write_bytes(bytes(2**20))
        night.read_files(home, AT.date())
        steps.run_pipeline(home, AT.date())
        files = [path for path in home.root.rglob("*") if path.is_file()]
        seen.append((len(files), sum(path.stat().st_size for path in files)))
    assert seen[-1][0] == seen[1][0]
    assert seen[-1][1] < 1.1 * seen[1][1]
