"""How fast Apple Health's export is taken apart: `python benchmarks/apple_health.py [MEGABYTES] [WORKOUTS]`.

An invented export (heart rate every 5 s of each workout, then steps, heart rate and energy of all other days, up to the
size asked for; half of the workouts are runs) is walked by expat with a callback an element, and taken apart by
`split_apple_health`, each in a process of its own, in turn. CPU time, the ratio of the two, and the highest memory
of each process. Routes lie not beside it: they are read one workout at a time, as any GPX.
"""

from __future__ import annotations

import datetime as dt
import resource
import statistics
import sys
import tempfile
import time
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

from runmood.core.notices import Notice
from runmood.readers.vendors.apple_health_workouts import split_apple_health

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


ROUNDS = 3
FIRST = dt.datetime(2016, 1, 1, 17, 30, tzinfo=dt.UTC)
CLOCK = "%Y-%m-%d %H:%M:%S +0000"
DEVICE = (
    "&lt;&lt;HKDevice: 0x281d4a9e0&gt;, name:Apple Watch, manufacturer:Apple Inc., model:Watch, hardware:Watch6,2&gt;"
)
RECORD = (
    ' <Record type="HK{kind}" sourceName="Watch of somebody" sourceVersion="10.1" device="' + DEVICE + '" unit="{unit}"'
    ' creationDate="{at}" startDate="{at}" endDate="{at}" value="{value}">\n'
    '  <MetadataEntry key="HKMetadataKeyHeartRateMotionContext" value="0"/>\n </Record>\n'
)
KINDS = (
    ("QuantityTypeIdentifierStepCount", "count"),
    ("QuantityTypeIdentifierHeartRate", "count/min"),
    ("QuantityTypeIdentifierActiveEnergyBurned", "kcal"),
    ("QuantityTypeIdentifierDistanceWalkingRunning", "km"),
    ("QuantityTypeIdentifierBasalEnergyBurned", "kcal"),
)


class NoFiles:
    """Nothing lies beside the export."""

    def names(self) -> tuple[str, ...]:  # noqa: D102 - of the protocol
        return ()

    def read(self, name: str) -> None:  # noqa: D102 - of the protocol
        del name


def elements(megabytes: int, workouts: int) -> Iterator[str]:
    """Yield the elements of the export: records first, then workouts, as Apple has them."""
    written = 0
    for day in range(workouts):
        for second in range(0, 2400, 5):
            at = (FIRST + dt.timedelta(days=day, seconds=second)).strftime(CLOCK)
            text = RECORD.format(kind=KINDS[1][0], unit=KINDS[1][1], at=at, value=140 + second % 20)
            written += len(text)
            yield text
    number = 0
    while written < megabytes << 20:
        at = (FIRST + dt.timedelta(seconds=60 * number)).strftime(CLOCK)
        kind, unit = KINDS[number % len(KINDS)]
        text = RECORD.format(kind=kind, unit=unit, at=at, value=number % 90)
        written += len(text)
        number += 1
        yield text
    for day in range(workouts):
        began, ended = (FIRST + dt.timedelta(days=day, seconds=s) for s in (0, 2400))
        sport = ("Running", "Cycling")[day % 2]
        yield (
            f' <Workout workoutActivityType="HKWorkoutActivityType{sport}" duration="40" durationUnit="min"'
            f' sourceName="Watch of somebody" creationDate="{ended:{CLOCK}}" startDate="{began:{CLOCK}}"'
            f' endDate="{ended:{CLOCK}}">\n  <MetadataEntry key="HKTimeZone" value="Europe/Prague"/>\n </Workout>\n'
        )


def write(path: Path, megabytes: int, workouts: int) -> None:
    """Write the invented export."""
    with path.open("w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE HealthData [\n<!ELEMENT HealthData ANY>\n]>\n')
        file.write('<HealthData locale="en_GB">\n')
        file.writelines(elements(megabytes, workouts))
        file.write("</HealthData>\n")


def walk(path: Path) -> int:
    """Walk the export with expat, as any reader that asks for each element would."""
    parser, found = expat.ParserCreate(), [0]

    def count(_name: str, _attributes: dict[str, str]) -> None:
        found[0] += 1

    parser.StartElementHandler = count
    with path.open("rb") as file:
        parser.ParseFile(file)
    return found[0]


def take_apart(path: Path) -> int:
    """Take the export apart as an import does."""
    with path.open("rb") as file:
        return sum(not isinstance(each, Notice) for each in split_apple_health(file, NoFiles()))


def measured(work: Callable[[Path], int], path: Path) -> tuple[float, float, int]:
    """Return CPU seconds, megabytes of memory beyond the start, and what the work came to."""
    began = time.process_time()
    count = work(path)
    return time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, count


def main(megabytes: int = 2048, workouts: int = 3000) -> None:
    """Print both, and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export.xml"
        write(path, megabytes, workouts)
        ratios = []
        for _ in range(ROUNDS):
            taken = {}
            for work in (walk, take_apart):
                with get_context("spawn").Pool(1) as process:
                    taken[work] = process.apply(measured, (work, path))
                seconds, memory, count = taken[work]
                print(f"{work.__name__:10} {seconds:7.2f} s CPU  {memory:5.0f} MB  {count} found", flush=True)
            ratios.append(taken[take_apart][0] / taken[walk][0])
        print(f"{path.stat().st_size / 2**20:.0f} MB, {workouts} workouts: {statistics.median(ratios):.2f} of the walk")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
