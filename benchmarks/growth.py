"""Nothing grows but what is meant to: `python benchmarks/growth.py [--cycles 200]`.

Each cycle is a day in a small home: a check-in, a file imported, that import undone, a night, by a clock that goes on a
day each time, up to today. Files and bytes of each kind are counted once the page shows all its days and weeks, and at
the end. What a person said grows, and its copies; everything else has as many files as before, and the bytes of
databases only by their rows: some 16 answers a night and an import a day. Exit status 1 where anything else grew.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from runmood.core.checkins import CheckIn, NewEntry
from runmood.home.home import open_home
from runmood.home.import_log import imports
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow.imports import import_paths, revert_import
from runmood.workflow.nightly_run import one_night

if TYPE_CHECKING:
    from runmood.home.home import Home


SETTLED = 70  # cycles: the page shows eight weeks, and no more copies of the journal are kept than `COPIES_KEPT`
KINDS = {
    "journal": r"journal/.*",
    "copies of the journal": r"\.work/journals/.*",
    "inbox": r"inbox/.*",
    "samples": r"points/.*",
    "databases": r".*\.duckdb",
    "pages": r"summaries/.*",
    "log": r"\.work/nightly\.log.*",
    "entries seen": r"\.work/journal-seen\.json",
    "settings": r"settings\.toml",
    "all else": r".*",
}
SAID = {"journal", "copies of the journal", "entries seen", "log"}  # a line or a few each day; the log up to its limit
MOST = 1.5  # how much larger the databases may be for the rows of half a year


class Held(NamedTuple):
    """How many files there are of a kind, and their bytes."""

    files: int = 0
    bytes: int = 0


def held(home: Home) -> dict[str, Held]:
    """What a home holds, by kind."""
    counted: dict[str, Held] = defaultdict(Held)
    for path in (each for each in home.root.rglob("*") if each.is_file()):
        name = path.relative_to(home.root).as_posix()
        kind = next(kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, name))
        counted[kind] = Held(counted[kind].files + 1, counted[kind].bytes + path.stat().st_size)
    return counted


def cycle(home: Home, file: Path, number: int, day: dt.date) -> None:
    """A day: something said, a file given and taken back, and the night."""
    moment = dt.datetime.combine(day, dt.time(20), home.zone)
    append(home.journal, [NewEntry(moment, CheckIn(moment, "evening", 5 + number % 3, note=f"day {number}"))])
    import_paths(home, [file])
    with home.writing():
        revert_import(home, imports(home.journal)[-1].batch)
        night = one_night(home, day)
    if night.failed:
        sys.exit(f"cycle {number}: {night.failed}")


def grown(before: dict[str, Held], after: dict[str, Held]) -> list[str]:
    """The kinds of which there is more than is meant to be."""
    found = []
    for kind in KINDS:
        was, now = before.get(kind, Held()), after.get(kind, Held())
        print(f"{kind:22} {was.files:5} files {was.bytes:10,} bytes   then {now.files:5} files {now.bytes:10,} bytes")
        limit = float("inf") if kind in SAID else was.bytes * (MOST if kind == "databases" else 1.1)
        if now.files > was.files or now.bytes > limit:
            found.append(kind)
    return found


def main() -> None:
    """Live in a home for so many days, and tell what grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=200)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-growth-") as folder:
        first_day = dt.datetime.now(dt.UTC).date() - dt.timedelta(days=wish.cycles)
        home, file = open_home(Path(folder) / "home"), Path(folder) / "run.fit"
        outings = [each for each in simulate(first_day, days=14).outings if each.sport == "running"]
        file.write_bytes(recorded_as(outings[0], "fit"))
        (home.inbox / "kept.fit").write_bytes(recorded_as(outings[1], "fit"))
        for number in range(wish.cycles):
            cycle(home, file, number, first_day + dt.timedelta(days=number))
            if number == min(SETTLED, wish.cycles // 2):
                before = held(home)
            print(f"\r{number + 1} of {wish.cycles}", end="", file=sys.stderr, flush=True)
        found = grown(before, held(home))
    print(f"{wish.cycles} cycles: grew but was not meant to: {', '.join(found) or 'nothing'}")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
