"""Damaged files of every kind, until the time is up: `make fuzz MINUTES=4 FORMAT=all SEED=1`.

Each file is one of the corpus (an invented one where the corpus is absent) with one to five kinds of damage
(parts/mutations.py), read as an import reads it (parts/fuzz_targets.py). Allowed are results and `UnreadableFile`. A
process of its own does the reading; one that takes too long over a file or dies is ended and begun again behind that
file. Of each kind of failure the first file is cut down as far as it goes on failing in the same place, and written
into a folder, for a regression test. File number N of a format and seed is always the same. Exit status 1 where any
failed.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import tempfile
import time
import traceback
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

from parts.fuzz_targets import TARGETS
from parts.mutations import KINDS, damaged

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


WARM_UP = 200
SHORTEN_S = 15
START_S = 120
FAILED = "FAILED "
ENDINGS = {"journal": "jsonl", "settings": "toml", "state": "json"}


class Told(NamedTuple):
    """What the reading process tells of one file."""

    outcome: str
    seconds: float = 0.0
    bytes: int = 0
    megabytes: float = 0.0


@dataclass(slots=True)
class Tally:
    """What came of the files of one format; `failures` has the number of the first file of each kind."""

    outcomes: Counter[str] = field(default_factory=Counter)
    failures: dict[str, int] = field(default_factory=dict)
    slowest: tuple[float, int, int] = (0.0, 0, 0)
    megabytes: list[float] = field(default_factory=list)

    def add(self, number: int, told: Told) -> None:
        """One file more."""
        self.outcomes[told.outcome] += 1
        self.slowest = max(self.slowest, (told.seconds, number, told.bytes))
        if told.megabytes:
            self.megabytes.append(told.megabytes)
        if told.outcome.startswith(FAILED) and told.outcome not in self.failures:
            self.failures[told.outcome] = number
            print(f"  {told.outcome}, first in file {number}")


def made(kind: str, seed: int, number: int, files: list[bytes]) -> bytes:
    """The file of that number."""
    rng = Random(f"{kind}-{seed}-{number}")  # noqa: S311 - damage, no secret
    return damaged(rng.choice(files), rng.choice(files), rng, KINDS[kind])


def outcome_of(kind: str, content: bytes) -> str:
    """The outcome in a word; for a failure, what was raised and where, the same words for the same fault."""
    try:
        return TARGETS[kind][1](content)
    except KeyboardInterrupt:
        raise
    except BaseException as fault:  # noqa: BLE001 - to find what nobody expects is the purpose; Rust panics are no Exception
        frames = [frame for frame in traceback.extract_tb(fault.__traceback__) if "/runmood/" in frame.filename]
        where = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "outside"
        return f"{FAILED}{type(fault).__name__} at {where}"


def read_on(kind: str, seed: int, first: int, pipe: Connection) -> None:
    """The reading process: file after file, each told of, until it is ended."""
    files = TARGETS[kind][0](kind)
    pipe.send(Told("ready"))
    for number in range(first, sys.maxsize):
        content = made(kind, seed, number, files)
        began = _cpu_s()
        outcome = outcome_of(kind, content)
        pipe.send(Told(outcome, _cpu_s() - began, len(content), _megabytes()))


def fuzz(kind: str, seed: int, until: float, cap_s: float, most: int) -> Tally:
    """The tally of one format, after so many files or at a moment, whichever is first."""
    tally, number = Tally(), 0
    while time.monotonic() < until and number < most:
        ours, theirs = multiprocessing.Pipe(duplex=False)
        reader = multiprocessing.Process(target=read_on, args=(kind, seed, number, theirs))
        reader.start()
        theirs.close()
        number = _listen(ours, tally, range(number, most), until, cap_s)
        reader.kill()
        reader.join()
    return tally


def _listen(pipe: Connection, tally: Tally, numbers: range, until: float, cap_s: float) -> int:
    """Hears of files until the time is up, one takes too long, or the reader dies; gives the number to go on with."""
    told, number = pipe.recv() if pipe.poll(START_S) else None, numbers.start
    while told and time.monotonic() < until and number in numbers:
        try:
            told = pipe.recv() if pipe.poll(cap_s) else Told(f"{FAILED}no answer in {cap_s:g} s", cap_s)
        except EOFError:
            told = Told(f"{FAILED}the process died")
        tally.add(number, told)
        number += 1
        if not told.megabytes:
            break
    return number


def shortened(kind: str, content: bytes, outcome: str) -> bytes:
    """A part of the file that fails in the same way: pieces left out, the large ones first, while the time lasts."""
    until, step = time.monotonic() + SHORTEN_S, max(len(content) // 2, 1)
    while step and time.monotonic() < until:
        place = 0
        while place < len(content) and time.monotonic() < until:
            shorter = content[:place] + content[place + step :]
            if outcome_of(kind, shorter) == outcome:
                content = shorter
            else:
                place += step
        step //= 2
    return content


def keep(kind: str, seed: int, tally: Tally, folder: Path) -> None:
    """Writes a file for each kind of failure; those that end or stop the process as they are."""
    files = TARGETS[kind][0](kind) if tally.failures else []
    for outcome, number in tally.failures.items():
        content = made(kind, seed, number, files)
        if " at " in outcome:
            content = shortened(kind, content, outcome)
        name = "".join(letter if letter.isalnum() else "-" for letter in outcome.removeprefix(FAILED))
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{kind}-{seed}-{number}-{name}.{ENDINGS.get(kind, kind)}"
        path.write_bytes(content)
        print(f"  {outcome}: {tally.outcomes[outcome]} files, {len(content)} bytes in {path}")


def report(kind: str, tally: Tally) -> None:
    """A line of counts, the slowest file, and how memory grew."""
    count = tally.outcomes.total()
    failed = sum(many for outcome, many in tally.outcomes.items() if outcome.startswith(FAILED))
    others = [f"{outcome} {many}" for outcome, many in tally.outcomes.most_common() if not outcome.startswith(FAILED)]
    seconds, number, size = tally.slowest
    print(f"{kind}: {count} files, {failed} failures of {len(tally.failures)} kinds; {', '.join(others)}")
    print(f"  slowest {seconds:.2f} s of CPU (file {number}, {size} bytes)", end="; ")
    warm = tally.megabytes[WARM_UP:] or [0.0]
    print(f"memory {warm[0]:.0f} MB after {WARM_UP} files, {warm[-1]:.0f} at the end, {max(warm):.0f} at most")


def _cpu_s() -> float:
    """CPU time of this process and of those it started and that ended: a busy machine makes no file slow."""
    return sum(os.times()[:4])


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def main() -> None:
    """Every format in turn, an equal share of the time each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--format", choices=[*TARGETS, "all"], default="all")
    parser.add_argument("--files", type=int, default=sys.maxsize, help="of each format at most")
    parser.add_argument("--cap", type=float, default=60, help="seconds for one file, by the clock")
    parser.add_argument("--failures", type=Path, default=Path(tempfile.gettempdir()) / "runmood-fuzz")
    wish = parser.parse_args()
    kinds = list(TARGETS) if wish.format == "all" else [wish.format]
    tallies = {}
    for kind in kinds:
        until = time.monotonic() + 60 * wish.minutes / len(kinds)
        tallies[kind] = fuzz(kind, wish.seed, until, wish.cap, wish.files)
        report(kind, tallies[kind])
        keep(kind, wish.seed, tallies[kind], wish.failures)
    sys.exit(any(tally.failures for tally in tallies.values()))


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    main()
