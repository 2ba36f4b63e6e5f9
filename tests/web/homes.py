"""Homes of several kinds: with nothing, with one run, with runs and no mood, with moods and no run."""

from __future__ import annotations

import atexit
import datetime as dt
import math
import shutil
import tempfile
from functools import cache
from pathlib import Path

from runmood.core.checkins import CheckIn, NewEntry
from runmood.home.home import Home, open_home
from runmood.journal.store import append
from runmood.workflow import steps

LAST_DAY = dt.date(2026, 11, 21)
SETTINGS = 'time_zone = "Europe/London"\n'
SAMPLE = '<trkpt lat="{lat:.6f}" lon="{lon:.6f}"><ele>{ele:.1f}</ele><time>{time:%Y-%m-%dT%H:%M:%SZ}</time></trkpt>'
FRAME = '<gpx version="1.1" creator="drawn" xmlns="http://www.topografix.com/GPX/1/1"><trk>{}</trk></gpx>'


def gpx(began: dt.datetime, minutes: int = 30, *, round_trip: bool = True) -> bytes:
    """Return the GPX of a run at 2.8 m/s through London, northwards and back, as a phone writes it."""
    samples = []
    for second in range(0, minutes * 60, 5):
        gone = min(second, minutes * 60 - second) if round_trip else second
        place = {"lat": 51.5 + 2.8 * gone / 111_195, "lon": -0.1 + 0.0004 * math.sin(second / 60)}
        samples.append(
            SAMPLE.format(**place, ele=20 + 5 * math.sin(second / 200), time=began + dt.timedelta(0, second))
        )
    return FRAME.format(f"<name>Round the park</name><type>running</type><trkseg>{''.join(samples)}</trkseg>").encode()


def home_of(root: Path, runs: int = 0, moods: int = 0, settings: str = SETTINGS) -> Home:
    """Return a home with so many runs and evenings, up to date; with neither, nothing is published yet."""
    shutil.copytree(_made(runs, moods, settings), root)
    return open_home(root)


@cache
def _made(runs: int, moods: int, settings: str) -> Path:
    """Return the folder of such a home, made once; each test has a copy of its own."""
    above = tempfile.TemporaryDirectory(prefix="runmood-home-")
    atexit.register(above.cleanup)
    root = Path(above.name) / "home"
    root.mkdir()
    (root / "settings.toml").write_text(settings, encoding="utf-8")
    home = open_home(root)
    for number in range(runs):
        began = dt.datetime.combine(LAST_DAY - dt.timedelta(2 * number), dt.time(7), dt.UTC)
        (home.inbox / f"run-{number}.gpx").write_bytes(gpx(began, 20 + number))
    evenings = [dt.datetime.combine(LAST_DAY - dt.timedelta(number), dt.time(21), home.zone) for number in range(moods)]
    entries = [NewEntry(at, CheckIn(at=at, kind="evening", mood=float(5 + at.day % 3), energy=6.0)) for at in evenings]
    append(home.journal, entries)
    if runs or moods:
        with home.writing():
            steps.run_pipeline(home, LAST_DAY)
    return root
