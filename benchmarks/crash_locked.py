"""Killed while it is locked or unlocked, a home loses nothing.

    python benchmarks/crash_locked.py [--kills 200] [--seed 1]

A home with 400 files and a journal is locked and unlocked by a child that is killed (SIGKILL) after a random time, with
a check-in in between. After each kill the home is either open or locked; it is locked and unlocked once more to the
end, and every byte, every time and every entry has to be there, and nothing in clear beside a locked home. Exit status
1 where not.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from parts.killing import apart

from runmood.core.catalogue import DEFAULT
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.i18n import translator
from runmood.core.locked import LOCKED, WAITING, is_locked
from runmood.home.home import open_home
from runmood.journal.store import append, read
from runmood.workflow.lock import lock_again, lock_home, open_locked, unlock_home
from runmood.workflow.waiting import seal_entries

if TYPE_CHECKING:
    from runmood.home.home import Home


GIVEN = "a calm river"
SAY = translator(DEFAULT, "metric")
BEGAN = dt.datetime(2025, 11, 21, 21, tzinfo=dt.UTC)


def filled(root: Path, rng: random.Random) -> Home:
    """A home with files of many sizes."""
    home = open_home(root)
    for number in range(400):
        path = home.root / rng.choice(("inbox", "points", "inbox/deep")) / f"{number}.fit"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(rng.randbytes(rng.choice((0, 100, 5_000, 300_000))))
    return home


def unlocked(home: Home, given: str = GIVEN) -> int:
    """How many check-ins were made meanwhile in a home that is unlocked by a passphrase."""
    return unlock_home(home.root, SAY, open_locked(home.root, SAY, given))


def contents(home: Home) -> dict[str, tuple[bytes, int]]:
    """The files that nobody changes, with their times."""
    folders = (home.inbox, home.points)
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(home.root).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def said(home: Home, number: int) -> None:
    """A check-in, into a home in whatever state it is."""
    at = BEGAN + dt.timedelta(minutes=number)
    new = [NewEntry(at, CheckIn(at, "evening", 5, note=f"number {number}"))]
    if is_locked(home.root):
        seal_entries(home.root, new)
    else:
        append(home.journal, new)


def cycle(home: Home, number: int, moments: tuple[float, float], found: Counter[str]) -> None:
    """A home killed while it is locked, locked to the end, killed while it is unlocked, and unlocked to the end."""
    found["killed locking"] += apart(lambda: lock_home(home, None), moments[0])
    found["locked all the same"] += is_locked(home.root)
    said(home, 2 * number)
    if is_locked(home.root):
        lock_again(home.root)
    else:
        lock_home(home, None)
    found["FAULTS: something beside a locked home"] += bool(
        {path.name for path in home.root.iterdir()} - {LOCKED, WAITING}
    )
    found["killed unlocking"] += apart(lambda: unlocked(home), moments[1])
    found["still locked after it"] += is_locked(home.root)
    said(home, 2 * number + 1)
    if is_locked(home.root):
        unlocked(home)


def suffer(home: Home, kills: int, rng: random.Random) -> Counter[str]:
    """How often it was killed where, and what was wrong afterwards."""
    found: Counter[str] = Counter()
    before = contents(home)
    began = time.monotonic()
    lock_home(home, GIVEN)
    to_lock, began = time.monotonic() - began, time.monotonic()
    unlocked(home)
    to_unlock = time.monotonic() - began
    size = sum(len(content) for content, _ in before.values()) / 2**20
    print(f"{size:.0f} MB: locked in {to_lock:.2f} s, unlocked in {to_unlock:.2f} s")
    for number in range(kills):
        cycle(home, number, (rng.uniform(0, to_lock), rng.uniform(0, to_unlock)), found)
        found["FAULTS: other files"] += contents(home) != before
        found["FAULTS: entries lost or doubled"] += len(read(home.journal).records) != 2 * number + 2
        print(f"\r{number + 1} of {kills}", end="", file=sys.stderr, flush=True)
    return found


def main() -> None:
    """Kill, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    rng = random.Random(wish.seed)  # noqa: S311 - moments, no secrets
    with tempfile.TemporaryDirectory(prefix="runmood-crash-") as folder:
        found = suffer(filled(Path(folder) / "home", rng), wish.kills, rng)
    print("\n" + ", ".join(f"{name} {count}" for name, count in found.items()))
    sys.exit(any(count for name, count in found.items() if name.startswith("FAULTS")))


if __name__ == "__main__":
    main()
