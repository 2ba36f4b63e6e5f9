"""Killed while it forgets, is backed up, is restored, or has its night while it is locked, a home loses nothing.

    python benchmarks/crash_commands.py [--kills 200] [--seed 1]        (make crash)

A home with runs and a journal is given one of four commands after the other, each in a process group of its own that is
killed (SIGKILL) after a random time. After each kill everything said and given has to be there, a forgotten entry all
or not at all; a backup is whole or not there; a restored home likewise; a locked home is locked, with nothing in clear
beside it. Then the command is given again, to its end. Exit status 1 where anything is otherwise.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from parts.killing import apart

from runmood.core.catalogue import DEFAULT
from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.i18n import translator
from runmood.core.locked import LOCKED, WAITING, is_locked
from runmood.home.home import open_home
from runmood.journal.forget import choose_entries
from runmood.journal.store import append, read
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow import steps
from runmood.workflow.backup import restore_backup, write_backup
from runmood.workflow.forget import forget_entries
from runmood.workflow.lock import lock_home, open_locked, opened_for_a_night, unlock_home
from runmood.workflow.nightly_run import one_night
from runmood.workflow.waiting import seal_entries

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.home.home import Home


GIVEN = "a calm river"
SAY = translator(DEFAULT, "metric")
DAY = dt.date(2025, 11, 21)
BEGAN = dt.datetime(2025, 11, 21, 21, tzinfo=dt.UTC)
GUARD_S = 60  # within which what a killed night left in clear is gone


@dataclass
class Sufferer:
    """A home, what was said and given in it, and what was found wrong."""

    home: Home
    folder: Path
    rng: random.Random
    found: Counter[str]
    number: int = 0

    def say(self) -> NewEntry:
        """One thing more to say, which stands nowhere yet."""
        self.number += 1
        at = BEGAN + dt.timedelta(minutes=self.number)
        return NewEntry(at, CheckIn(at, "evening", 5, note=f"the word {self.number:06d} and no other"))

    def given(self, root: Path) -> dict[str, tuple[bytes, int]]:
        """The files of an inbox, with their times."""
        paths = [path for path in (root / "inbox").rglob("*") if path.is_file()]
        return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}

    def check(self, fault: str, is_so: bool) -> None:
        """Note what is not as it has to be."""
        if not is_so:
            self.found[f"FAULTS: {fault}"] += 1

    def ids(self, root: Path) -> list[str]:
        """The entries of a home, in their order."""
        journal = read(root / "journal", verify=True)
        self.check("a line that is not as it was written", not journal.notices)
        return [each.id for each in journal.records]


def forgetting(it: Sufferer, moment: Callable[[str], float]) -> bool:
    """An entry is forgotten wholly or not at all, and then stands in no byte."""
    append(it.home.journal, [said := it.say()])
    before = it.ids(it.home.root)
    target = before[-1]
    chosen = choose_entries(read(it.home.journal).records, lambda each: each.id == target)
    work = lambda: forget_entries(it.home, chosen, BEGAN)  # noqa: E731
    killed = apart(work, moment("forget"))
    now = [each for each in it.ids(it.home.root) if each in before]
    it.check("entries lost while one was forgotten", now in (before, before[:-1]))
    apart(work)
    note = str(getattr(said.entry, "note", "")).encode()
    holding = [path for path in it.home.root.rglob("*") if path.is_file() and note in path.read_bytes()]
    it.check("a forgotten word that stands somewhere", not holding)
    return killed


def backing_up(it: Sufferer, moment: Callable[[str], float]) -> bool:
    """A backup is whole or not there, and the home is as it was."""
    target, passphrase = it.folder / "backup.zip", it.rng.choice((None, GIVEN))
    before, given = it.ids(it.home.root), it.given(it.home.root)
    work = lambda: write_backup(it.home, target, lambda _home: iter(()), passphrase)  # noqa: E731
    killed = apart(work, moment("backup"))
    it.check("a home changed by its backup", (it.ids(it.home.root), it.given(it.home.root)) == (before, given))
    if not target.exists():
        apart(work)
    again = it.folder / "again"
    apart(lambda: restore_backup(target, again, SAY, lambda: GIVEN))
    it.check("a backup that is not whole", (it.ids(again), it.given(again)) == (before, given))
    shutil.rmtree(again)
    target.unlink()
    return killed


def restoring(it: Sufferer, moment: Callable[[str], float]) -> bool:
    """A restored home is whole or not there, and the next try brings it."""
    target, root = it.folder / "kept.zip", it.folder / "restored"
    if not target.exists():
        apart(lambda: write_backup(it.home, target, lambda _home: iter(()), GIVEN))
        it.kept = it.ids(it.home.root), it.given(it.home.root)  # type: ignore[attr-defined]
    work = lambda: restore_backup(target, root, SAY, lambda: GIVEN)  # noqa: E731
    killed = apart(work, moment("restore"))
    until = time.monotonic() + GUARD_S
    while (left := [*it.folder.glob(".*")]) and time.monotonic() < until:
        time.sleep(0.05)
    it.check("something left aside by a restore or a backup", not left)
    if not root.exists():
        apart(work)
    it.check("a restored home that is not whole", (it.ids(root), it.given(root)) == it.kept)  # type: ignore[attr-defined]
    apart(lambda: steps.run_pipeline(open_home(root), DAY))
    shutil.rmtree(root)
    return killed


def night_while_locked(it: Sufferer, moment: Callable[[str], float]) -> bool:
    """It is locked all the time, nothing is left in clear, and a check-in made meanwhile is there afterwards."""
    before, given = it.ids(it.home.root), it.given(it.home.root)
    lock_home(it.home, None)
    private = open_locked(it.home.root, SAY, GIVEN)

    def work() -> None:
        with opened_for_a_night(it.home.root, SAY, private) as home, home.writing():
            one_night(home, DAY)

    seal_entries(it.home.root, [it.say()])
    killed = apart(work, moment("night"))
    seal_entries(it.home.root, [it.say()])
    it.check("a home that is open after its night", is_locked(it.home.root))
    until = time.monotonic() + GUARD_S
    while _in_clear(it.home.root) and time.monotonic() < until:
        time.sleep(0.05)
    it.check("something in clear after a night", not _in_clear(it.home.root))
    unlock_home(it.home.root, SAY, private)
    it.check("entries lost or doubled by a night", it.ids(it.home.root)[: len(before)] == before)
    it.check("a check-in lost that was made meanwhile", len(it.ids(it.home.root)) == len(before) + 2)
    it.check("a file of the inbox lost or doubled", it.given(it.home.root) == given)
    return killed


def _in_clear(root: Path) -> set[str]:
    return {path.name for path in root.iterdir()} - {LOCKED, WAITING}


COMMANDS = {"forget": forgetting, "backup": backing_up, "restore": restoring, "night": night_while_locked}


def fill(home: Home) -> None:
    """Runs and words of an invented runner; only in a process of its own, since threads of frames outlive no fork."""
    invented = simulate(DAY, days=14)
    for number, outing in enumerate(each for each in invented.outings if each.sport == "running"):
        (home.inbox / f"{number}.fit").write_bytes(recorded_as(outing, "fit"))
    append(home.journal, list(invented.said))
    steps.run_pipeline(home, DAY)


def suffer(folder: Path, kills: int, rng: random.Random) -> Counter[str]:
    """How often which command was killed, and what was wrong afterwards."""
    home = open_home(folder / "home")
    apart(lambda: fill(home))
    lock_home(home, GIVEN)
    unlock_home(home.root, SAY, open_locked(home.root, SAY, GIVEN))
    it, took, found = Sufferer(home, folder, rng, Counter()), {}, Counter[str]()
    for name, command in COMMANDS.items():  # once to the end, to know how long it takes
        began = time.monotonic()
        command(it, lambda _name: 10**6)
        took[name] = (time.monotonic() - began) / 2
    for number in range(kills):
        name = list(COMMANDS)[number % len(COMMANDS)]
        found[f"killed at {name}"] += COMMANDS[name](it, lambda name: rng.uniform(0, took[name]))
        print(f"\r{number + 1} of {kills}, {sum(it.found.values())} faults", end="", file=sys.stderr, flush=True)
    return found + it.found


def main() -> None:
    """Kill, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="runmood-crash-") as folder:
        found = suffer(Path(folder), wish.kills, random.Random(wish.seed))  # noqa: S311 - moments, no secrets
    print("\n" + ", ".join(f"{name} {count}" for name, count in found.items()))
    sys.exit(any(count for name, count in found.items() if name.startswith("FAULTS")))


if __name__ == "__main__":
    main()
