"""How far what we measure lies from what devices themselves said, what measuring costs, and what stays null.

    python benchmarks/measuring.py [ROUNDS]

Over every run of the corpus, each content once: ascent and distance are worked out by us although the device has its
own. Costs are CPU time of one thread, decoding and measuring in turn on the same file: read the ratios.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from runmood.core.enums import RecordingStatus
from runmood.core.errors import UnreadableFileError
from runmood.core.recordings import DecodedRun, Totals
from runmood.metrics.classify import classify_recording
from runmood.metrics.measure import RunMetrics, measure
from runmood.readers import decode
from runmood.schema.tables import RECORDINGS
from runmood.tracks.clean import clean_track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


os.environ.setdefault("POLARS_MAX_THREADS", "1")  # as the command line does


SHARED = Path(os.environ.get("RUNMOOD_SHARED") or Path(__file__).resolve().parents[2] / "shared")
UTC = ZoneInfo("UTC")
ENOUGH_SAMPLES = 100


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the corpus: where it is from, what was decoded, and what was measured without the device's word."""

    name: str
    format: str
    content: bytes
    decoded: DecodedRun
    row: dict[str, object]
    own: dict[str, object]
    placed: dict[str, object]

    @property
    def maker(self) -> str:
        """Who made the device, so far as the file says."""
        known = ("Garmin", "COROS", "Polar", "TomTom", "Strava", "Stryd")
        device = self.decoded.device or ""
        named = next((maker for maker in known if device.startswith(maker)), None)
        return named or ("Garmin" if device.startswith(("Forerunner", "vívo")) else "unnamed")


def measured(decoded: DecodedRun) -> RunMetrics:
    """What a run says, cleaned and measured as an import does."""
    path = clean_track(decoded, UTC)
    return measure(
        path.points, decoded, heights_from=path.heights_from, total_m=path.total_m, distance_source=path.distance_source
    )


def runs() -> Iterator[Run]:
    """Every run of the corpus, each start and length once."""
    seen = set()
    for path in sorted((SHARED / "corpus").glob("*/*/*")):
        content = path.read_bytes()
        try:
            file = decode(content)
        except UnreadableFileError:
            continue
        for decoded in file.activities:
            if found := _run(f"{path.parent.name}/{path.name}", file.format, content, decoded):
                key = file.format, found.decoded.points["sampled_at"].min(), found.row["samples"]
                if key not in seen:
                    seen.add(key)
                    yield found


def _run(name: str, form: str, content: bytes, decoded: DecodedRun) -> Run | None:
    try:
        row = measured(decoded).row
    except UnreadableFileError:
        return None
    if classify_recording(decoded, row, decoded.sport).status is not RecordingStatus.RUN:
        return None
    own = replace(decoded, totals=Totals(timer_s=decoded.totals.timer_s))
    without = decoded.points.with_columns(distance_m=pl.lit(None, pl.Float64))
    on_positions = replace(own, points=without)
    return Run(name, form, content, decoded, row, measured(own).row, measured(on_positions).row)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One of our numbers against the device's: both, how they differ, what is a tail, and what explains it."""

    name: str
    ours: Callable[[Run], object]
    device: Callable[[Totals], float | None]
    tail: float
    because: Callable[[Run], str]
    percent: bool = True

    def difference(self, run: Run) -> float | None:
        """Ours less the device's, in per cent of the device's or in the unit; null where either says nothing."""
        ours, device = self.ours(run), self.device(run.decoded.totals)
        if not isinstance(ours, float) or not device:
            return None
        return 100 * (ours / device - 1) if self.percent else ours - device


def number(row: dict[str, object], name: str) -> float:
    """A measured number, 0 where there is none: for printing only."""
    value = row[name]
    return float(value) if isinstance(value, int | float) else 0.0


def _stops(run: Run) -> str:
    stood, gap, paused = (number(run.row, f"{why}_s") for why in ("standing", "gap", "paused"))
    return f"stood {stood:.0f} s and left gaps of {gap:.0f} s with the timer running, {paused:.0f} s paused"


def _heights(run: Run) -> str:
    raw = run.decoded.points["altitude_m"].drop_nulls().diff().clip(lower_bound=0).sum()
    device, ours = run.decoded.totals.ascent_m or 0.0, number(run.own, "ascent_m")
    return f"{device:.0f} m by the device, {ours:.0f} by us, {raw:.0f} with all noise, from {run.own['ascent_source']}"


def _samples(run: Run) -> str:
    at = run.decoded.points["sampled_at"].drop_nulls().sort().diff().dt.total_microseconds().median()
    return f"a sample every {float(at or 0) / 1e6:.0f} s, {number(run.row, 'distance_m') / 1000:.1f} km; {_stops(run)}"  # type: ignore[arg-type]  # of a column of numbers


def _laps(run: Run) -> str:
    share = number(run.row, "heart_coverage")
    return f"{len(run.decoded.laps)} laps, heart rate for {share:.0%} of the time; {_stops(run)}"


COMPARISONS = (
    Comparison("distance as counted, %", lambda run: run.own["distance_m"], lambda it: it.distance_m, 1, _samples),
    Comparison("distance by positions, %", lambda run: run.placed["distance_m"], lambda it: it.distance_m, 4, _samples),
    Comparison(
        "time not paused, %",
        lambda run: number(run.row, "elapsed_s") - number(run.row, "paused_s"),
        lambda it: it.timer_s,
        1,
        _stops,
    ),
    Comparison("time in motion, %", lambda run: run.row["moving_s"], lambda it: it.timer_s, 5, _stops),
    Comparison("heart rate, bpm", lambda run: run.own["heart_bpm"], lambda it: it.heart_bpm, 1.5, _laps, percent=False),
    Comparison("ascent, %", lambda run: run.own["ascent_m"], lambda it: it.ascent_m, 25, _heights),
    Comparison("ascent, m", lambda run: run.own["ascent_m"], lambda it: it.ascent_m, 25, _heights, percent=False),
)


def differences(found: list[Run]) -> None:
    """Prints each comparison: all makers and each, and every tail with what explains it."""
    print(f"{'ours less the device':28}{'runs':>5}{'worst-':>9}{'quarter':>9}{'median':>9}{'quarter':>9}{'worst+':>9}")
    for comparison in COMPARISONS:
        told = [(run, each) for run in found if (each := comparison.difference(run)) is not None]
        _line(comparison.name, [each for _, each in told])
        makers = Counter(run.maker for run, _ in told)
        for maker, _ in makers.most_common():
            _line(f"  {maker}", [each for run, each in told if run.maker == maker])
        for run, each in sorted(told, key=lambda pair: -abs(pair[1])):
            if abs(each) > comparison.tail:
                device = run.decoded.device or "no device named"
                print(f"    {each:+7.1f}  {device} ({run.name[-32:]}): {comparison.because(run)}")


def _line(name: str, values: list[float]) -> None:
    low, middle, high = statistics.quantiles(values, n=4) if len(values) > 1 else [values[0]] * 3
    print(f"{name:28}{len(values):5}{min(values):9.2f}{low:9.2f}{middle:9.2f}{high:9.2f}{max(values):9.2f}")


def costs(found: list[Run], rounds: int) -> None:
    """Prints what cleaning and measuring cost against decoding, by format."""
    ratios: dict[str, list[tuple[float, float]]] = {}
    for run in found:
        if len(decode(run.content).activities) == 1 and number(run.row, "samples") >= ENOUGH_SAMPLES:
            decoding, measuring = _milliseconds(run, rounds)
            ratios.setdefault(run.format, []).append((decoding, measuring))
    head = f"{'decoding ms':>13}{'measuring ms':>14}{'ratio':>8}{'quarters':>15}{'of all':>10}"
    print(f"\n{'CPU time a run':16}{'runs':>5}{head}")
    for form, pairs in ratios.items():
        shares = [measuring / decoding for decoding, measuring in pairs]
        low, middle, high = statistics.quantiles(shares, n=4)
        decoding, measuring = zip(*pairs, strict=True)
        usual = f"{statistics.median(decoding):13.2f}{statistics.median(measuring):14.2f}"
        print(
            f"{form:16}{len(pairs):5}{usual}{middle:8.2f}{low:10.2f} {high:.2f}{sum(measuring) / sum(decoding):10.2f}"
        )


def _milliseconds(run: Run, rounds: int) -> tuple[float, float]:
    """The least CPU time of decoding, and of cleaning and measuring, each in turn."""
    times: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for taken, work in zip(times, (lambda: decode(run.content), lambda: measured(run.decoded)), strict=True):
            began = time.process_time()
            work()
            taken.append((time.process_time() - began) * 1e3)
    return min(times[0]), min(times[1])


def absent(found: list[Run]) -> None:
    """Prints how many runs lack each measured column, and why."""
    print(f"\nnull in {len(found)} runs")
    for column in RECORDINGS.columns:
        lacking = [run for run in found if column.name in run.row and run.row[column.name] is None]
        if lacking:
            reasons = Counter(_why(column.name, run) for run in lacking)
            told = ", ".join(f"{count} {why}" for why, count in reasons.most_common())
            print(f"  {column.name:20}{len(lacking):5}   {told}")


NEEDS = {
    "heart_bpm": "heart_bpm",
    "heart_max_bpm": "heart_bpm",
    "decoupling_percent": "heart_bpm",
    "cadence_spm": "cadence_spm",
    "power_w": "power_w",
    "temperature_c": "temperature_c",
    "ascent_m": "altitude_m",
    "descent_m": "altitude_m",
    "ascent_source": "altitude_m",
    "grade_adjusted_pace_s_km": "altitude_m",
    "start_latitude_deg": "latitude_deg",
    "start_longitude_deg": "longitude_deg",
}


def _why(column: str, run: Run) -> str:
    recorded = run.decoded.points
    name = NEEDS.get(column)
    if name is None:
        return "not said"
    known = 1 - recorded[name].null_count() / recorded.height
    if known == 0:
        return f"without {name}"
    if column == "decoupling_percent":
        return "under 40 min" if number(run.row, "moving_s") < 2400 else "not steady, or heart rate with holes"
    return f"{name} in under {0.5 if name == 'heart_bpm' else 0.8:.0%} of samples, or it never changes"


def main() -> None:
    """Prints the three tables."""
    found = list(runs())
    print(f"{len(found)} runs of the corpus, those that are the same run in another file once\n")
    differences(found)
    costs(found, int(sys.argv[1]) if len(sys.argv) > 1 else 7)
    absent(found)


if __name__ == "__main__":
    main()
