"""Files of the inbox that may still be written, and large ones that are broken: what a night makes of them."""

from __future__ import annotations

import datetime as dt
import os
import time
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY
from readers.apple_drawn import asleep, export, workout
from web.homes import gpx

from runmood.home.home import Home, open_home
from runmood.ingest.importer import open_importer
from runmood.readers.vendors import apple_health_workouts
from runmood.warehouse.queries import run_query
from runmood.workflow import night
from runmood.workflow.nightly_run import one_night

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = export(workout(), asleep("2026-11-01 23:00:00 +0100", "2026-11-02 06:00:00 +0100"))

WHOLE_RUN = gpx(dt.datetime(2026, 11, 2, 7, tzinfo=dt.UTC))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home."""
    return open_home(tmp_path / "home")


def put(path: Path, content: bytes, age_s: float = 0) -> None:
    """Write a file that was last written so long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (time.time() - age_s, time.time() - age_s))


def reasons(home: Home) -> dict[str, str]:
    """The codes of the notices on the files at the top of the inbox."""
    found = run_query(home.published, "select file_name, code from notices where file_name not like 'inbox/%/%'")
    return dict(found.rows())


@pytest.mark.parametrize("content", [WHOLE[:-40], b"PK\x03\x04 and no more", bytes(900)])
def test_what_is_being_written_is_not_judged(home: Home, content: bytes) -> None:
    """A file that is not whole and was written within two minutes waits; the next night looks at it again."""
    put(home.inbox / "export.xml", content)
    first = one_night(home, LAST_DAY)
    assert (reasons(home), first.waiting) == ({"inbox/export.xml": "still-written"}, 1)
    put(home.inbox / "export.xml", WHOLE)
    one_night(home, LAST_DAY)
    assert run_query(home.published, "select sleep_h from nights")["sleep_h"].to_list() == [7.0]
    assert reasons(home) == {}


def test_what_waits_is_counted_once(home: Home) -> None:
    """Also in a night that reads everything again, as the first one of a home and of a new version does."""
    put(home.inbox / "run.gpx", WHOLE_RUN[:-40])
    told = night.read_files(home, LAST_DAY).sentence
    assert told.startswith(home.say("import.headline", files=1, parts=home.say("import.counted.skipped", count=1)))


def test_what_stays_unfinished_is_told_of(home: Home) -> None:
    """Two minutes later the same bytes are a broken file, though neither size nor time is another."""
    put(home.inbox / "run.zip", b"PK\x03\x04 and no more")
    one_night(home, LAST_DAY)
    put(home.inbox / "run.zip", b"PK\x03\x04 and no more", age_s=180)
    assert one_night(home, LAST_DAY).needs_a_look
    assert reasons(home)["inbox/run.zip"] != "still-written"


def test_a_whole_file_is_read_at_once(home: Home) -> None:
    """What is whole needs no rest: who copies a file into the inbox and starts the night has it read."""
    put(home.inbox / "export.xml", WHOLE)
    one_night(home, LAST_DAY)
    assert run_query(home.published, "select count(*) as n from nights")["n"].to_list() == [1]


def test_a_broken_export_is_walked_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may have gigabytes: a night opens it again only where its size or time is another."""
    put(home.inbox / "export.xml", WHOLE[:-40], age_s=3600)
    walks: list[object] = []
    scan = apple_health_workouts._scan  # noqa: SLF001 - counted, not changed
    monkeypatch.setattr(apple_health_workouts, "_scan", lambda *given: walks.append(given) or scan(*given))
    for day in range(3):
        night.read_files(home, LAST_DAY + dt.timedelta(days=day))
    assert len(walks) == 1
    put(home.inbox / "export.xml", WHOLE, age_s=1800)
    night.read_files(home, LAST_DAY)
    with open_importer(home) as importer:
        assert (len(walks), importer.store.files.refused()) == (2, [])
