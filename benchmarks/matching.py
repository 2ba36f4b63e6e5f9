"""How often files of one run are taken for two, and two runs for one: `python benchmarks/matching.py [tune|report]`.

Every run with positions of the corpus and of an invented runner is made into pairs: the same run as another device, a
service or a wrong clock would tell it, and different runs of one day. Each pair goes through the warehouse itself, on
days of its own. The rule was tuned on half of the files (`tune`); what counts are the others (`report`).
Taking two runs for one is the worse error: it loses a run.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl

from runmood.core.recordings import FileStat, FoundFile, Totals
from runmood.ingest.discover import discover_files
from runmood.ingest.read_file import read_file
from runmood.schema.tables import POINTS, RAW_SAMPLES
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.tracks.clock import repair_clock
from runmood.warehouse.file_rows import FileRead, Recording
from runmood.warehouse.writer import Warehouse

SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[2] / "shared"))
STAMP = FileStat(1, dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
FIRST_DAY = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)
M_PER_DEG = 111_200
LEAST_S, LEAST_PLACED = 240, 100


@dataclass(frozen=True)
class Run:
    """A recording as plain columns: seconds since its start, place, metres so far, heart rate."""

    elapsed: np.ndarray
    north: np.ndarray
    east: np.ndarray
    metres: np.ndarray
    heart: np.ndarray
    starts_s: float = 0.0
    serial: str | None = None

    def at(self, moments: np.ndarray) -> Run:
        """What it would hold at these moments of its own clock."""
        columns = (np.interp(moments, self.elapsed, each) for each in (self.north, self.east, self.metres, self.heart))
        north, east, metres, heart = columns
        began = moments[0]
        return Run(moments - began, north, east, metres - metres[0], heart, self.starts_s + began, self.serial)

    def later(self, seconds: float) -> Run:
        """The same with its clock moved."""
        return replace(self, starts_s=self.starts_s + seconds)

    @property
    def lasts(self) -> float:
        """Seconds."""
        return float(self.elapsed[-1])


Rng = np.random.Generator


def resampled(run: Run, rng: Rng) -> Run:
    """A sample every 2 to 10 s, as smart recording and exports do."""
    return run.at(np.arange(0, run.lasts, rng.uniform(2, 10)))


def noisy(run: Run, rng: Rng) -> Run:
    """Another device's positions: they drift, some metres off for a minute or two, and so does its distance."""
    sigma, memory = rng.uniform(3, 10), 0.5 ** (1 / rng.uniform(30, 120))
    drift = np.zeros((2, run.elapsed.size))
    steps = rng.normal(0, sigma, drift.shape)
    keep = memory ** np.diff(run.elapsed, prepend=0)
    drift[:, 0] = steps[:, 0]
    for i in range(1, run.elapsed.size):
        drift[:, i] = keep[i] * drift[:, i - 1] + np.sqrt(1 - keep[i] ** 2) * steps[:, i]
    north, east = run.north + drift[0] / M_PER_DEG, run.east + drift[1] / M_PER_DEG
    heart = run.heart + rng.normal(0, 3)
    return Run(run.elapsed, north, east, run.metres * rng.uniform(0.97, 1.04), heart, run.starts_s)


def cropped(run: Run, rng: Rng) -> Run:
    """Up to half of it cut off, at either end or both."""
    cut, where = rng.uniform(0, 0.5), rng.choice([0, 0.5, 1])
    return run.at(np.linspace(cut * where, 1 - cut * (1 - where), max(60, run.elapsed.size // 2)) * run.lasts)


def shifted(run: Run, rng: Rng) -> Run:
    """A clock that is up to ten minutes wrong."""
    return run.later(rng.uniform(0, 600))


def zone_shifted(run: Run, rng: Rng) -> Run:
    """Local time marked as UTC."""
    return run.later(rng.choice([-18000, -14400, -10800, 3600, 7200, 10800, 12600, 19800, 20700, 32400, 39600]))


def again(run: Run, rng: Rng) -> Run:
    """Another outing of the same person on the same way: about as fast, never quite, by the same device."""
    pace = np.clip(rng.normal(1, 0.02), 0.9, 1.1) * np.ones(run.elapsed.size)
    wave = rng.uniform(0.01, 0.04) * np.sin(run.elapsed / rng.uniform(120, 600) + rng.uniform(0, 6))
    moments = np.cumsum(np.diff(run.elapsed, prepend=0) * (pace + wave))
    return noisy(Run(moments, run.north, run.east, run.metres, run.heart, run.starts_s), rng)


def on_the_quarter(seconds: float, rng: Rng) -> float:
    """Near a whole number of quarter hours, where a wrong zone would put it."""
    return 900 * np.ceil(seconds / 900) + rng.uniform(-60, 60)


def clock_jumped(run: Run, rng: Rng) -> Run:
    """The clock jumped by hours or days midway, and was mended as a reading does it: by the later clock.

    A day before the run stands in for whatever the clock said first, so the beginning has to be found.
    """
    jump_s, at = rng.uniform(2 * 3600, 20 * 86_400), int(run.elapsed.size * rng.uniform(0.3, 0.7))
    seconds = run.elapsed + np.where(np.arange(run.elapsed.size) < at, 0.0, jump_s)
    moments = pl.Series(seconds * 1e6).cast(pl.Duration("us")) + FIRST_DAY
    columns = {"sampled_at": moments.cast(pl.Datetime("us", "UTC")), "segment": pl.zeros(run.elapsed.size, eager=True)}
    shrink = np.cos(np.radians(run.north[0]))
    columns |= {"latitude_deg": run.north, "longitude_deg": run.east / shrink, "distance_m": run.metres}
    unknown = (pl.lit(None, kind).alias(name) for name, kind in RAW_SAMPLES.schema.items() if name not in columns)
    raw = RAW_SAMPLES.of(pl.DataFrame(columns).with_columns(*unknown))
    mended = repair_clock(raw, Totals(timer_s=run.lasts, elapsed_s=run.lasts)).samples["sampled_at"]
    last_s = (mended[-1] - FIRST_DAY).total_seconds() - jump_s
    elapsed = (mended - mended[0]).dt.total_microseconds().to_numpy() / 1e6
    return Run(elapsed, run.north, run.east, run.metres, run.heart, run.starts_s + last_s - elapsed[-1])


SAME = {
    "re-sampled": [resampled],
    "drifting positions": [noisy],
    "cropped 0-50 %": [cropped],
    "shifted 0-600 s": [shifted],
    "phone beside the watch": [noisy, resampled, cropped],
    "phone, clock wrong 0-600 s": [noisy, resampled, shifted],
    "phone, clock wrong, cropped": [noisy, resampled, shifted, cropped],
    "zone-shifted": [zone_shifted],
    "zone-shifted, re-sampled": [resampled, zone_shifted],
    "zone-shifted, other device": [noisy, resampled, zone_shifted],
    "clock jumped midway, mended": [clock_jumped],
    "clock jumped midway, other device": [noisy, resampled, clock_jumped],
}


def parted(run: Run, rng: Rng, gap: float) -> tuple[Run, Run]:
    """One outing as two: stopped and begun anew after a gap."""
    cut = run.lasts * rng.uniform(0.2, 0.8)
    first, rest = np.linspace(0, cut, 200), np.linspace(cut, run.lasts, 300)
    return run.at(first), run.at(rest).later(gap)


def different(kind: str, run: Run, rng: Rng) -> tuple[Run, Run]:
    """Two runs of one day."""
    if kind == "warm-up and race":
        return parted(run, rng, rng.uniform(300, 5400))
    if kind == "back to back, 0-60 s":
        return parted(run, rng, rng.uniform(0, 60))
    if kind == "back to back, clock 60 s wrong":
        return parted(run, rng, rng.uniform(-60, 0))
    if kind == "watch stopped 5 minutes late":
        return forgotten(run, rng)
    if kind.startswith("hourly loop"):
        return hourly(run, rng, even=kind.endswith("even pace"))
    gaps = {
        "morning and evening": run.lasts + rng.uniform(6, 11) * 3600,
        "morning and evening, on a quarter": on_the_quarter(run.lasts + rng.uniform(6, 11) * 3600, rng),
        "same lap, 0-20 minutes apart": 1.1 * run.lasts + rng.uniform(0, 1200),
        "same lap, on a quarter": on_the_quarter(1.1 * run.lasts + 60, rng),
    }
    return run, again(run, rng).later(gaps[kind])


def hourly(run: Run, rng: Rng, *, even: bool) -> tuple[Run, Run]:
    """The next loop of a backyard ultra: the same way by the same watch, begun on the hour; at an even pace, alike."""
    hours = np.ceil((run.lasts + 120) / 3600)
    second = noisy(run, rng) if even else again(run, rng)
    begins = replace(run, serial="a watch"), replace(second, serial="a watch")
    return begins[0], begins[1].later(3600 * hours + rng.uniform(-3, 3))


def forgotten(run: Run, rng: Rng) -> tuple[Run, Run]:
    """A watch that is stopped only when the next run has begun, at most five minutes late."""
    second = again(run, rng).later(run.lasts + 30)
    late = rng.uniform(0, min(300, 0.4 * run.lasts))
    rest = second.at(np.linspace(0, late, 60))
    moments = np.concatenate([run.elapsed, run.lasts + 30 + rest.elapsed])
    columns = (np.concatenate(each) for each in ((run.north, rest.north), (run.east, rest.east)))
    metres = np.concatenate([run.metres, run.metres[-1] + rest.metres])
    return Run(moments, *columns, metres, np.concatenate([run.heart, rest.heart])), second


DIFFERENT = (
    "warm-up and race",
    "back to back, 0-60 s",
    "back to back, clock 60 s wrong",
    "morning and evening",
    "morning and evening, on a quarter",
    "same lap, 0-20 minutes apart",
    "same lap, on a quarter",
    "watch stopped 5 minutes late",
    "hourly loop",
    "hourly loop, even pace",
)


def plain(recording: Recording) -> Run | None:
    """The columns of a recording with enough positions; None for another."""
    placed = recording.points.drop_nulls(["latitude_deg", "longitude_deg", "elapsed_s"])
    if placed.height < LEAST_PLACED or placed["elapsed_s"][-1] - placed["elapsed_s"][0] < LEAST_S:
        return None
    elapsed = placed["elapsed_s"].to_numpy()
    metres = placed["distance_m"].fill_null(strategy="forward").fill_null(0).to_numpy()
    heart = placed["heart_bpm"].fill_null(recording.row["heart_bpm"] or 0).to_numpy()
    shrink = np.cos(np.radians(placed["latitude_deg"][0]))
    north, east = placed["latitude_deg"].to_numpy(), placed["longitude_deg"].to_numpy() * shrink
    return Run(elapsed - elapsed[0], north, east, metres, heart)


def files(half: str) -> list[Run]:
    """The runs of one half of the corpus and of the invented runner."""
    found = list(discover_files([SHARED / "corpus"], lambda _name, _stamp: False))
    made = [recorded_as(outing, "fit") for outing in simulate(dt.date(2025, 11, 21), seed=11).outings[::3]]
    found += [FoundFile(f"invented/{number}", STAMP, content) for number, content in enumerate(made)]
    chosen = found[half == "report" :: 2]
    read = (read_file(each, each.name, ZoneInfo("UTC")) for each in chosen)
    return [run for file in read for recording in file.recordings if (run := plain(recording))]


def recording_of(name: str, run: Run, day: dt.datetime) -> FileRead:
    """The run as a file that has been read."""
    begins = day + dt.timedelta(seconds=12 * 3600 + run.starts_s)
    shrink = np.cos(np.radians(run.north[0]))
    placed = {"latitude_deg": run.north, "longitude_deg": run.east / shrink}
    unknown = (pl.lit(None, kind).alias(name) for name, kind in POINTS.schema.items() if name not in placed)
    sampled = pl.Series(run.elapsed * 1e6).cast(pl.Duration("us")) + begins
    points = pl.DataFrame(placed).with_columns(*unknown).with_columns(sampled_at=sampled.cast(pl.Datetime("us", "UTC")))
    row = {
        "recording_id": name, "content_hash": name, "format": "gpx", "started_at": begins,
        "ended_at": begins + dt.timedelta(seconds=run.lasts), "local_date": begins.date(),
        "local_clock": f"{begins:%H:%M}", "time_zone": "UTC", "distance_m": float(run.metres[-1]),
        "elapsed_s": run.lasts, "heart_bpm": float(run.heart.mean()) if run.heart.min() > 20 else None,
        "samples": run.elapsed.size,
        "status": "run", "device_serial": run.serial, "device": run.serial,
        "start_latitude_deg": float(run.north[0]), "start_longitude_deg": float(run.east[0] / shrink),
    }  # fmt: skip
    told = Recording(row, points.select(*POINTS.schema))
    return FileRead(name, STAMP, "run", name, (told,))


def main() -> None:
    """A line a kind of pair."""
    half = sys.argv[1] if len(sys.argv) > 1 else "report"
    rng = np.random.default_rng(2025)
    kinds, made = [], []
    for run in files(half):
        for kind, steps in SAME.items():
            other = run
            for step in steps:
                other = step(other, rng)
            kinds.append(kind)
            made.append((run, other))
        for kind in DIFFERENT:
            kinds.append(kind)
            made.append(different(kind, run, rng))
    joined, listed = answers(made)
    report(half, kinds, joined, listed)


def answers(made: list[tuple[Run, Run]]) -> tuple[list[bool], list[bool]]:
    """For each pair, whether the warehouse took it for one run, and whether it would list it as a close call."""
    with tempfile.TemporaryDirectory() as folder, Warehouse(Path(folder), Path(folder) / "points") as store:
        read = [
            recording_of(f"{number:06}-{part}", run, FIRST_DAY + dt.timedelta(days=3 * number))
            for number, pair in enumerate(made)
            for part, run in enumerate(pair)
        ]
        store.save("20250101-000000", read)
        store.build_tables()
        run_of = dict(store.table("run_files").select("recording_id", "run_id").iter_rows())
        pairs = {row["one"][:6]: row for row in store.table("run_pairs").iter_rows(named=True)}
        if os.environ.get("PAIRS"):
            store.table("run_pairs").write_parquet(os.environ["PAIRS"])
    joined = [run_of[f"{number:06}-0"] == run_of[f"{number:06}-1"] for number in range(len(made))]
    scores = [pairs.get(f"{number:06}") for number in range(len(made))]
    return joined, [bool(pair) and (not pair["same_run"] or pair["score"] < 0.8) for pair in scores]


def report(half: str, kinds: list[str], joined: list[bool], listed: list[bool]) -> None:
    """The table of both errors."""
    wrong = [one == (kind in DIFFERENT) for kind, one in zip(kinds, joined, strict=True)]
    total, errors = Counter(kinds), Counter(kind for kind, is_wrong in zip(kinds, wrong, strict=True) if is_wrong)
    shown = Counter(
        kind for kind, is_wrong, is_shown in zip(kinds, wrong, listed, strict=True) if is_wrong and is_shown
    )
    doubts = Counter(kind for kind, is_shown in zip(kinds, listed, strict=True) if is_shown)
    print(
        f"{half}: {total[DIFFERENT[0]]} runs\n{'pairs':38} {'number':>6} {'wrong':>6} {'listed':>7} {'all listed':>11}"
    )
    for title, group in (("one run taken for two", SAME), ("two runs taken for one", DIFFERENT)):
        for kind in group:
            print(f"{kind:38} {total[kind]:6} {errors[kind]:6} {shown[kind]:7} {doubts[kind]:11}")
        print(f"{title + ':':38} {sum(total[k] for k in group):6} {sum(errors[k] for k in group):6}\n")


if __name__ == "__main__":
    main()
