"""What is fuzzed: for each format, files to begin with, and what is done with one that was damaged.

A target gives the outcome in a word, or raises what is a fault in the code: anything but `UnreadableFile`. What a home
keeps for itself stands in tests/home/kept_files.py, so PYTHONPATH has to name the folder of the tests.
"""

from __future__ import annotations

import datetime as dt
import gzip
import io
import os
import tempfile
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import polars as pl
from home.kept_files import STATE, kept_files, lived_in

from runmood import schema
from runmood.core.catalogue import DEFAULT
from runmood.core.errors import UnreadableFileError, UserError
from runmood.core.i18n import translator
from runmood.core.notices import SECOND_READER
from runmood.home.home import Home
from runmood.home.settings import Settings, example, read_legible_settings, read_settings
from runmood.ingest.discover import discover_files
from runmood.journal.store import append, read
from runmood.journal.tables import journal_frames
from runmood.metrics.classify import classify_recording
from runmood.metrics.measure import measure
from runmood.readers import decode
from runmood.schema.tables import POINTS, RAW_SAMPLES
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.tracks.clean import clean_track
from runmood.warehouse import transform

SHARED = Path(os.environ.get("RUNMOOD_SHARED") or Path(__file__).resolve().parents[3] / "shared")
LARGEST = 150_000
ZONE = ZoneInfo("Europe/Lisbon")
LAST_DAY = dt.date(2025, 11, 21)
NOW = dt.datetime(2025, 11, 21, 21, tzinfo=dt.UTC)


class OwnReaderFailedError(Exception):
    """Our own FIT reader met what it did not expect, and fitparse was asked."""


def watch_files(kind: str) -> list[bytes]:
    """The corpus up to a size, and a few invented runs."""
    paths = sorted((SHARED / "corpus" / kind).glob("*/*"))
    real = [path.read_bytes() for path in paths if path.stat().st_size <= LARGEST]
    outings = [outing for outing in simulate(LAST_DAY, days=14).outings if outing.kind != "treadmill"]
    return real + [recorded_as(outing, kind) for outing in outings[:4]]


def archives(_kind: str) -> list[bytes]:
    """Small archives: stored and deflated, with .gz inside, with an archive inside, with tables beside."""
    fits, gpxs = sorted(watch_files("fit"), key=len)[:8], sorted(watch_files("gpx"), key=len)[:4]
    plain = {f"activities/{number}.fit": content for number, content in enumerate(fits)}
    packed = {f"activities/{number}.gpx.gz": gzip.compress(content) for number, content in enumerate(gpxs)}
    table = {"activities.csv": b"Activity ID,Activity Date,Filename\n1,x,activities/1.fit\n"}
    inner = _archive(plain, zipfile.ZIP_DEFLATED)
    return [
        inner,
        _archive(plain, zipfile.ZIP_STORED),
        _archive(packed | table, zipfile.ZIP_DEFLATED),
        _archive({"UploadedFiles_0-_Part1.zip": inner} | packed, zipfile.ZIP_STORED),
    ]


def _archive(members: dict[str, bytes], packing: int) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def journals(_kind: str) -> list[bytes]:
    """Forty lines each from an invented runner's journal."""
    said = simulate(LAST_DAY, days=60).said
    with tempfile.TemporaryDirectory() as folder:
        append(Path(folder), list(said))
        lines = (Path(folder) / "journal.jsonl").read_bytes().splitlines(keepends=True)
    return [b"".join(lines[begin : begin + 40]) for begin in range(0, len(lines), 40)]


def try_watch_file(content: bytes) -> str:
    """Decoded, cleaned and measured, as an import does it, every frame checked."""
    try:
        return _read(content)
    except UnreadableFileError as fault:
        return fault.notice.code


def _read(content: bytes) -> str:
    file = decode(content)
    for activity in file.activities:
        RAW_SAMPLES.check(activity.points)
        path = clean_track(activity, ZONE)
        POINTS.check(path.points)
        measured = measure(
            path.points,
            activity,
            heights_from=path.heights_from,
            total_m=path.total_m,
            distance_source=path.distance_source,
        )
        classify_recording(activity, measured.row, activity.sport)
    notices = [notice for each in (file, *file.activities) for notice in each.notices]
    second = next((notice for notice in notices if notice.code == SECOND_READER.code), None)
    if second:
        raise OwnReaderFailedError(second.sentence)
    if not file.activities:
        return "no activity"
    return "partial" if any(activity.partial for activity in file.activities) else "whole"


def try_archive(content: bytes) -> str:
    """Every file found in it, unpacked."""
    with tempfile.NamedTemporaryFile(suffix=".zip") as file:
        file.write(content)
        file.flush()
        found = list(discover_files([Path(file.name)], lambda _name, _stamp: False))
    return "a fault" if any(each.fault for each in found) else "whole"


def try_journal(content: bytes) -> str:
    """Read, and made into the rows that an import joins with the runs."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "journal.jsonl").write_bytes(content)
        said = read(Path(folder))
    tables = {table.name: table for table in schema.TABLES}
    for name, rows in journal_frames(said.records, ZONE, LAST_DAY).items():
        tables[name].frame(rows) if name in tables else pl.DataFrame(
            rows, schema=getattr(transform, name.upper())
        )  # what days are made of
    return "a fault" if said.notices else "whole"


def settings_files(_kind: str) -> list[bytes]:
    """Every setting, taken out of its comment, and a question of one's own."""
    shown = example(translator(DEFAULT, "metric"))
    return [shown.replace("\n# ", "\n").encode(), shown.encode()]


def try_settings(content: bytes) -> str:
    """Read strictly, as the night does, and leniently, as a check-in does."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "settings.toml"
        path.write_bytes(content)
        legible, faults = read_legible_settings(path)
        _ = legible.heart, legible.country_shown
        try:
            read_settings(path)
        except UserError:
            return "a fault"
    return "a fault" if faults else "whole"


def states(_kind: str) -> list[bytes]:
    """What a home keeps for itself: each file as it may stand, and as it stands in a home that was lived in."""
    with tempfile.TemporaryDirectory() as folder:
        lived = kept_files(lived_in(Path(folder) / "home"))
    return [*(content for content, _ in STATE.values()), *lived.values()]


def try_state(content: bytes) -> str:
    """Taken for each of the files that a home keeps for itself, and asked what is asked of it."""
    for name, (_, ask) in STATE.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            ask(Home(Path(folder), Settings()))
    return "asked"


TARGETS = {
    "fit": (watch_files, try_watch_file),
    "gpx": (watch_files, try_watch_file),
    "tcx": (watch_files, try_watch_file),
    "zip": (archives, try_archive),
    "journal": (journals, try_journal),
    "settings": (settings_files, try_settings),
    "state": (states, try_state),
}
