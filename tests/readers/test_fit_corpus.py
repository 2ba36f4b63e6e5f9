"""Every real FIT file is one or more activities, something else by name, or refused with a reason."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

import polars as pl
import pytest
from readers.fit_corpus import corpus, name, needs_corpus

from runmood.core import notices
from runmood.core.errors import UnreadableFileError
from runmood.readers.fit import read_fit
from runmood.schema.tables import LAPS, RAW_SAMPLES

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.core.recordings import DecodedRun


# The files that give nothing, and why.
REFUSED = {
    "dtcooper+python-fitparse/tests_files_DeveloperData.fit": notices.NO_SAMPLES,
    "dtcooper+python-fitparse/tests_files_antfs-dump.63.fit": notices.UNSET_CLOCK,
    "dtcooper+python-fitparse/tests_files_compressed-speed-distance.fit": notices.UNSET_CLOCK,
    "roznet+connectstats/ConnectStatsTests_samples_tcx_activity_217470507.fit": notices.UNSET_CLOCK,
    "ybert+php-fit-parser/tests_Fixtures_test_invalid_format.fit": notices.BROKEN_FILE,
}


def outcome(path: Path) -> tuple[DecodedRun, ...] | str:
    """The activities in a file, or the code of the notice that says why there are none."""
    try:
        found = read_fit(path.read_bytes())
    except UnreadableFileError as refused:
        return refused.notice.code
    return found.activities or found.notices[0].code


@needs_corpus
@pytest.mark.parametrize("path", corpus(), ids=name)
def test_every_file_keeps_the_promise(path: Path) -> None:
    """Samples have times, values are numbers, laps are whole, and only the files known to give nothing are refused."""
    found = outcome(path)
    if isinstance(found, str):
        expected = REFUSED.get(name(path), notices.NOT_AN_ACTIVITY)
        assert found == expected.code
        return
    for run in found:
        assert run.points["sampled_at"].null_count() == 0
        assert run.points["segment"].min() == 0
        LAPS.frame([{"recording_id": "x", **lap} for lap in run.laps])
        assert all(math.isfinite(value) for column in RAW_SAMPLES.schema for value in _numbers(run.points[column]))


def _numbers(column: pl.Series) -> list[float]:
    return column.drop_nulls().to_list() if column.dtype == pl.Float64 else []


@needs_corpus
def test_what_the_corpus_holds() -> None:
    """How many activities of each sport, and how many files of each other kind."""
    found = [outcome(path) for path in corpus()]
    sports = Counter(run.sport for runs in found if not isinstance(runs, str) for run in runs)
    others = Counter(code for code in found if isinstance(code, str))
    assert others == {"not-an-activity": 17, "unset-clock": 3, "no-samples": 1, "broken-file": 1}
    assert (sports["cycling"], sports["running"], sports["swimming"], sports["walking"]) == (68, 44, 13, 1)
    assert sports.total() == 150


@needs_corpus
def test_distances_agree_with_the_device() -> None:
    """The last sample of a whole run stands within two percent of the total the device gives."""
    compared = 0
    for path in corpus():
        found = outcome(path)
        for run in found if not isinstance(found, str) else ():
            if run.sport == "running" and not run.notices and run.totals.distance_m and len(found) == 1:
                last = run.points["distance_m"].drop_nulls()
                assert last.is_empty() or abs(last[-1] - run.totals.distance_m) < 0.02 * run.totals.distance_m + 20
                compared += len(last) > 0
    assert compared >= 20
