"""How many times faster our FIT reader is than fitparse, and than fitfast, on the corpus' runs of about an hour.

    python benchmarks/fit_decoding.py [ROUNDS]

fitfast (Rust) is left out where it is not installed: `.venv/bin/pip install fitfast==0.1.0` puts it beside.

From bytes to columns of samples, with sessions and laps; ours to a checked frame of RAW_SAMPLES. Both in turn on the
same file, CPU time of one process, medians. The machine is shared: read the ratios.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import fitparse
import numpy as np
from fitparse.records import DEV_TYPES

from runmood.core.errors import UnreadableFileError
from runmood.readers.fit import read_fit

if TYPE_CHECKING:
    from collections.abc import Callable


SHARED = Path(os.environ.get("RUNMOOD_SHARED") or Path(__file__).resolve().parents[2] / "shared")
RUN_SAMPLES = range(2_000, 6_001)
COLUMNS = (
    "position_lat", "position_long", "enhanced_altitude", "distance", "enhanced_speed", "heart_rate", "cadence",
    "fractional_cadence", "power", "temperature",
)  # fmt: skip
OURS_FOR_ONE = 9  # our reader is timed this often for each time fitparse is


def hour_long_runs() -> list[bytes]:
    """Every file of the corpus that is one run of 2,000 to 6,000 samples."""
    found = []
    for path in sorted((SHARED / "corpus" / "fit").glob("*/*")):
        content = path.read_bytes()
        try:
            activities = read_fit(content).activities
        except UnreadableFileError:
            continue
        whole = [run.sport for run in activities if not run.partial] == ["running"]
        if whole and len(activities[0].points) in RUN_SAMPLES:
            found.append(content)
    return found


def by_fitparse(content: bytes) -> dict[str, np.ndarray]:
    """The same columns by way of fitparse, with its sessions and laps read as well; its checksum is on, as ours is."""
    DEV_TYPES.clear()
    rows: dict[str, list[dict[str, object]]] = {"record": [], "session": [], "lap": []}
    for message in fitparse.FitFile(io.BytesIO(content)).get_messages(tuple(rows)):
        rows[message.name].append(message.get_values())
    return {name: np.array([row.get(name) for row in rows["record"]], dtype=float) for name in COLUMNS} | {
        "timestamp": np.array([row.get("timestamp") for row in rows["record"]], dtype="datetime64[us]")
    }


def by_fitfast(content: bytes) -> list[object]:
    """The same messages by way of fitfast, which takes a call for each kind; null for a file it refuses."""
    import fitfast  # noqa: PLC0415 - measured only where it is installed

    try:
        return [fitfast.records(content, kind) for kind in ("record", "session", "lap")]
    except fitfast.FitDecodeError:
        return []


def milliseconds(read: Callable[[bytes], object], content: bytes) -> float:
    """CPU time of one reading."""
    start = time.process_time()
    read(content)
    return (time.process_time() - start) * 1e3


def main() -> None:
    """Prints a line for each file and the median of the ratios."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    others = {"fitparse": by_fitparse} | ({"fitfast": by_fitfast} if find_spec("fitfast") else {})
    ratios: dict[str, list[float]] = {name: [] for name in others}
    print(f"{'KB':>5} {'samples':>7} {'ours ms':>8}" + "".join(f"{name:>12} ms  ratio" for name in others))
    for content in hour_long_runs():
        ours: list[float] = []
        theirs: dict[str, list[float]] = {name: [] for name in others}
        for _ in range(rounds):
            ours += [milliseconds(read_fit, content) for _ in range(OURS_FOR_ONE)]
            for name, read in others.items():
                theirs[name].append(milliseconds(read, content))
        mine = statistics.median(ours)
        line = f"{len(content) / 1024:5.0f} {len(read_fit(content).activities[0].points):7} {mine:8.2f}"
        for name, times in theirs.items():
            ratios[name].append(statistics.median(times) / mine)
            line += f"{statistics.median(times):15.1f} {ratios[name][-1]:6.1f}"
        print(line)
    for name, found in ratios.items():
        print(f"{name}: median ratio {statistics.median(found):.1f}, from {min(found):.1f} to {max(found):.1f}")


if __name__ == "__main__":
    main()
