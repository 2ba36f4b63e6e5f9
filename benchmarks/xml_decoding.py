"""How fast GPX and TCX are read, against gpxpy and tcxreader: `python benchmarks/xml_decoding.py [ROUNDS]`.

Each file of the corpus between 0.2 and 2 MB is read by every candidate in turn, round after round, so that a busy
machine slows all of them alike. CPU time, the median of the rounds, the median of the ratios over the files.
`plain` is our own reader without `shapes`: every element through expat's callbacks.
gpxpy uses lxml where that is installed, which makes it slower still; the header says which it was.
"""

from __future__ import annotations

import io
import os
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

import gpxpy
import gpxpy.parser
from tcxreader.tcxreader import TCXReader

from runmood.readers.xml import read_xml
from runmood.readers.xml.activities import to_activities
from runmood.readers.xml.formats import TABLES
from runmood.readers.xml.frames import samples
from runmood.readers.xml.parser import collect_elements

if TYPE_CHECKING:
    from collections.abc import Callable


SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parents[2] / "shared"))
SMALLEST, LARGEST = 200_000, 2_000_000
OTHERS = {"gpx": "gpxpy", "tcx": "tcxreader"}


def candidates(kind: str, content: bytes) -> dict[str, Callable[[], object]]:
    """What reads the file, by name; the others first."""
    names = TABLES[kind]

    def plain() -> object:
        gathered = collect_elements(content.strip(), names)
        return list(to_activities(gathered, samples(gathered)))

    def other() -> object:
        if kind == "gpx":
            return gpxpy.parse(content.decode())
        return TCXReader().read(io.BytesIO(content), only_gps=False)

    return {
        OTHERS[kind]: other,
        "plain": plain,
        "runmood": lambda: read_xml(content),
        "expat alone": lambda: expat.ParserCreate().Parse(content.strip(), True),
    }


def measure(readers: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median milliseconds of each reader."""
    took: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            begin = time.process_time()
            read()
            took[name].append(1000 * (time.process_time() - begin))
    return {name: statistics.median(times) for name, times in took.items()}


def report(kind: str, rounds: int) -> None:
    """One line a file, then the medians."""
    paths = sorted(SHARED.glob(f"corpus/{kind}/*/*.{kind}"))
    files = {path: path.read_bytes() for path in paths if SMALLEST <= path.stat().st_size <= LARGEST}
    lines = {path: measure(candidates(kind, content), rounds) for path, content in files.items()}
    other = OTHERS[kind]
    print(f"\n{kind}: {len(files)} files, {rounds} rounds, milliseconds; in brackets times faster than {other}")
    for path, took in lines.items():
        cells = "  ".join(f"{name} {ms:7.1f} ({took[other] / ms:4.1f})" for name, ms in took.items())
        print(f"{len(files[path]) / 1e6:5.2f} MB  {cells}  {path.name[-44:]}")
    for name in next(iter(lines.values())):
        ratios = [took[other] / took[name] for took in lines.values()]
        speed = sum(map(len, files.values())) / sum(took[name] for took in lines.values()) / 1000
        spread = f"{min(ratios):.1f} to {max(ratios):.1f}"
        print(f"{name:12} {speed:6.1f} MB/s  {statistics.median(ratios):5.1f} x {other}, {spread}")


def main() -> None:
    """Both formats."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    print(f"expat {expat.EXPAT_VERSION}, gpxpy with {gpxpy.parser.mod_etree.__name__}")
    for kind in OTHERS:
        report(kind, rounds)


if __name__ == "__main__":
    main()
