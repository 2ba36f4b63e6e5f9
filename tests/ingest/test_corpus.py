"""Every real watch file becomes a run, is set aside with its reason, or is refused with its fault named."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from conftest import SHARED
from pipelines_homes import LAST_DAY, made

from runmood.core.notices import Severity
from runmood.ingest.discover import discover_files
from runmood.ingest.read_file import read_file
from runmood.schema.tables import LAPS, RECORDINGS
from runmood.warehouse.publish import differences
from runmood.warehouse.queries import run_query
from runmood.workflow import steps

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home

CORPUS = SHARED / "corpus"
MANIFEST = CORPUS / "MANIFEST.tsv"
FILES = [row["file"] for row in csv.DictReader(MANIFEST.open(), delimiter="\t")] if MANIFEST.exists() else ["absent"]
EARLIEST, LATEST = dt.date(2000, 1, 3), dt.date(2026, 12, 31)


@pytest.mark.parametrize("name", FILES)
def test_every_file_is_a_run_or_says_why_not(name: str, corpus_dir: Path) -> None:
    """Nothing crashes, nothing is silent, and a run has a day, a time and a distance that can be true."""
    (found,) = discover_files([corpus_dir / "corpus" / name], lambda _name, _stamp: False)
    file = read_file(found, name, ZoneInfo("UTC"))
    if not file.recordings:
        assert file.outcome in {"skipped", "refused"}
        assert file.reason
        assert (file.outcome == "refused") == any(notice.severity is Severity.ERROR for notice in file.notices)
        return
    for recording in file.recordings:
        (row,) = RECORDINGS.frame([recording.row]).iter_rows(named=True)
        assert EARLIEST <= row["local_date"] <= LATEST
        assert 0 <= row["moving_s"] <= row["elapsed_s"] + 1e-6
        assert row["distance_m"] is None or 100 <= row["distance_m"] < 500_000
        assert recording.points.height == row["samples"]
        LAPS.frame(recording.laps)


def test_a_rebuild_brings_back_every_row(empty_home: Home, corpus_dir: Path) -> None:
    """All real files at once: made again from the inbox, every table has the same rows, and no point is another."""
    shutil.copytree(corpus_dir / "corpus", empty_home.inbox / "corpus")
    made(empty_home)
    points = "select count(*), bit_xor(hash(points)) from points"
    before, points_before = steps.keep_published(empty_home), run_query(empty_home.published, points)
    assert before is not None
    shutil.rmtree(empty_home.points)
    steps.delete_derived_files(empty_home)
    steps.run_pipeline(empty_home, LAST_DAY)
    assert differences(before, empty_home.published) == []
    assert run_query(empty_home.published, points).equals(points_before)
    assert points_before.item(0, 0) > 0


def test_the_corpus_is_whole(corpus_dir: Path) -> None:
    """All 289 files are there to be read."""
    assert sum(1 for path in (corpus_dir / "corpus").rglob("*") if path.is_file()) == len(FILES) + 1 == 290
