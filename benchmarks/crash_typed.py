"""Killed at whatever is typed, a home loses nothing: every command that writes, ended amid its work.

    python benchmarks/crash_typed.py [--kills 200] [--seed 1]        (make crash)

A home with runs and a journal is given one command after the other, each in a process group of its own that is killed
(SIGKILL) after a random time. After each kill all that was said is there, with at most what the command itself says;
each file given is as it was, a new one whole or not there; the settings can be read. What was lost with the kill is
typed again. At the end every table equals that of a home made anew from the same inbox and journal. `forget`, `backup`,
`restore`, `nightly`, `lock` and `unlock` have benchmarks of their own. Exit status 1 where anything is otherwise.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from parts.killing import apart

from runmood.cli.main import COMMANDS, main
from runmood.home.home import INCOMING, open_home
from runmood.home.import_log import imports
from runmood.home.settings import read_settings
from runmood.journal.store import append, read
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import differences
from runmood.warehouse.queries import run_query
from runmood.workflow import steps

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.home.home import Home


DAY = dt.date(2025, 11, 21)
OF_THE_IMPORT = {"imports", "source_files", "notices"}  # what names the moment of an import
ELSEWHERE = {"forget", "backup", "restore", "nightly", "lock", "unlock"}  # crash.py, crash_commands.py, crash_locked.py
NEVER_ENDING = {"web", "schedule"}
OF_OTHER_HOMES = {"cohort", "demo"}
ASKING = {"reflect", "readiness"}  # at a terminal; they write as `goal` does
READING = {"log", "columns", "query", "settings", "doctor", "verify", "support"}


@dataclass
class Sufferer:
    """A home, what is given to it, and what was found wrong."""

    home: Home
    given: Path
    runs: tuple[str, ...] = ()
    found: Counter[str] = field(default_factory=Counter)

    def check(self, fault: str, is_so: bool) -> None:
        """Note what is not as it has to be."""
        if not is_so:
            self.found[f"FAULTS: {fault}"] += 1

    def ids(self) -> list[str]:
        """The entries of the journal, in their order."""
        journal = read(self.home.journal, verify=True)
        self.check("a line that is not as it was written", not journal.notices)
        return [each.id for each in journal.records]

    def inbox(self) -> dict[str, tuple[bytes, int]]:
        """The files of the inbox with their times, but copies that were broken off, which the next night deletes."""
        paths = [each for each in self.home.inbox.rglob("*") if each.is_file() and not each.name.startswith(INCOMING)]
        return {
            each.relative_to(self.home.inbox).as_posix(): (each.read_bytes(), each.stat().st_mtime_ns) for each in paths
        }

    def file(self, name: str, content: str) -> str:
        """A file of another program, to be given to a command."""
        (self.given / name).write_text(content, encoding="utf-8")
        return str(self.given / name)


def undo(it: Sufferer, _number: int) -> list[str]:
    """Take back the latest import."""
    known = imports(it.home.journal)
    return ["undo", known[-1].batch] if known else ["undo"]


def moods(it: Sufferer, number: int) -> list[str]:
    """Give moods of another app."""
    day = DAY - dt.timedelta(days=number % 300)
    rows = f"full_date,date,weekday,time,mood,activities,note_title,note\n{day},x,x,20:15,good,,,word {number}\n"
    return ["journal", "import", it.file(f"daylio-{number}.csv", rows)]


def plan(it: Sufferer, number: int) -> list[str]:
    """Plan a run."""
    day = DAY + dt.timedelta(days=number % 300)
    return ["plan", it.file(f"plan-{number}.csv", f"date,planned\n{day},run\n")]


def files(it: Sufferer, number: int) -> list[str]:
    """Give a file of a watch."""
    given = sorted(it.given.glob("*.fit"))
    return ["import", str(given[number % len(given)])]


def in_turn(*words: str) -> Callable[[Sufferer, int], list[str]]:
    """Say something, and take it back the next time."""
    return lambda it, number: (
        [each.format(run=it.runs[0], given=it.given) for each in words] + ["--undo"] * (number % 2)
    )


TYPED: dict[str, Callable[[Sufferer, int], list[str]]] = {
    "check-in": lambda _it, number: [
        "check-in", "--mood", f"{number % 10}", "--energy", "5", "--kind", "evening", "--note", f"word {number}",
        "--at", f"{DAY - dt.timedelta(days=number % 300)} 20:{number % 60:02}",
    ],
    "goal": lambda _it, number: ["goal", "add", "--kind", "fitness", f"goal {number}"],
    "plan": plan,
    "import": files,
    "journal": moods,
    "ran": lambda _it, number: ["ran", f"{DAY - dt.timedelta(days=30 + number % 300)}", "--km", "5", "--minutes", "30"],
    "undo": undo,
    "ill": in_turn("ill", "2025-11-20"),
    "hurt": in_turn("hurt", "2025-11-19"),
    "better": in_turn("better"),
    "not-a-run": in_turn("not-a-run", "{run}"),
    "is-a-run": in_turn("is-a-run", "{run}"),
    "use": in_turn("use", "{run}"),
    "trim": in_turn("trim", "{run}", "--from", "0.4km"),
    "join": lambda it, _number: ["join", *it.runs[1:3]],
    "split": lambda it, _number: ["split", it.runs[1]],
    "run": lambda it, number: ["run", it.runs[3], "--tag", ("easy", "race")[number % 2]],
    "runs": lambda _it, _number: ["runs"],
    "findings": lambda _it, number: ["findings", "B1", ("--hide", "--show")[number % 2]],
    "watch": lambda it, number: ["watch", str(it.given / "watched"), *["--stop"] * (number % 2)],
    "export": lambda it, number: ["export", it.runs[0], str(it.given / f"{number}.gpx"), "--gpx"],
    "summary": lambda _it, _number: ["summary"],
    "share": lambda _it, _number: ["share", "--yes"],
    "tables": lambda it, number: ["tables", str(it.given / f"tables-{number}")],
    "rebuild": lambda _it, _number: ["rebuild"],
}  # fmt: skip


def typed(home: Home, words: list[str]) -> None:
    """Do what is typed, saying nothing; a fault that no sentence tells is one."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    os.chdir(home.root)
    sys.argv = ["runmood", "--home", str(home.root), *words]
    try:
        main()
    except SystemExit as ended:
        if ended.code not in {None, 0, 1, 2}:
            raise


def suffer_one(it: Sufferer, name: str, number: int, seconds: float) -> bool:
    """Give one command, kill it after some time, look at everything, and type it again where it was lost."""
    words = TYPED[name](it, number)
    before, given = it.ids(), it.inbox()
    killed = apart(lambda: typed(it.home, words), seconds)
    after = it.ids()
    it.check(f"entries lost or doubled at {name}", after[: len(before)] == before and len({*after}) == len(after))
    it.check(f"a file of the inbox changed at {name}", given.items() <= it.inbox().items())
    read_settings(it.home.settings_file)
    if killed and after == before:
        apart(lambda: typed(it.home, words))
    whole = {each.read_bytes() for each in it.given.glob("*.fit")} | {content for content, _ in given.values()}
    it.check(f"half a file in the inbox at {name}", {content for content, _ in it.inbox().values()} <= whole)
    return killed


def fill(home: Home, given: Path) -> None:
    """Runs and words of an invented runner, and files to be given later; in a process of its own, as all frames are."""
    invented = simulate(DAY, days=60)
    outings = [each for each in invented.outings if each.sport == "running"]
    for number, outing in enumerate(outings):
        (given if number % 2 else home.inbox).joinpath(f"{number:03}.fit").write_bytes(recorded_as(outing, "fit"))
    append(home.journal, list(invented.said))
    steps.run_pipeline(home, DAY)
    told = run_query(home.published, "select run_id from runs order by run_id")["run_id"].to_list()
    (given / "runs.json").write_text(json.dumps(told), encoding="utf-8")


def compare(home: Home, aside: Path) -> None:
    """End with a fault where the tables are not those of the same inbox and journal in a home of its own."""
    peace = open_home(aside)
    for folder in ("inbox", "journal"):
        shutil.copytree(home.root / folder, peace.root / folder, dirs_exist_ok=True)
    shutil.copyfile(home.settings_file, peace.settings_file)
    for each in (home, peace):
        steps.run_pipeline(each, DAY)
    found = [str(each) for each in differences(peace.published, home.published) if each.table not in OF_THE_IMPORT]
    if found:
        raise SystemExit("; ".join(found))


def suffer(folder: Path, kills: int, rng: random.Random) -> Counter[str]:
    """How often which command was killed, and what was wrong afterwards."""
    home, given = open_home(folder / "home"), folder / "given"
    (given / "watched").mkdir(parents=True)
    apart(lambda: fill(home, given))
    it = Sufferer(home, given, tuple(json.loads((given / "runs.json").read_text(encoding="utf-8"))))
    took: dict[str, float] = {}
    for number in range(kills):
        name = [*TYPED][number % len(TYPED)]
        if name not in took:  # once to the end, to know how long it takes
            began = time.monotonic()
            suffer_one(it, name, kills + number, 10**6)
            took[name] = time.monotonic() - began
        it.found[f"killed at {name}"] += suffer_one(it, name, number // len(TYPED), rng.uniform(0, took[name]))
        print(f"\r{number + 1} of {kills}", end="", file=sys.stderr, flush=True)
    try:
        apart(lambda: compare(home, folder / "peace"))
    except RuntimeError:
        it.check("tables other than those of the same inbox and journal", False)
    return it.found


def kill_and_tell() -> None:
    """Kill, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    wish = parser.parse_args()
    if new := {*COMMANDS} - {*TYPED} - ELSEWHERE - NEVER_ENDING - OF_OTHER_HOMES - ASKING - READING:
        parser.error(f"of no kind yet: {', '.join(sorted(new))}")
    with tempfile.TemporaryDirectory(prefix="runmood-crash-") as folder:
        found = suffer(Path(folder), wish.kills, random.Random(wish.seed))  # noqa: S311 - moments, no secrets
    print(f"\n{found.total() - sum(found[each] for each in found if each.startswith('FAULTS'))} kills:", end=" ")
    print(", ".join(f"{name} {count}" for name, count in found.items() if count))
    sys.exit(any(count for name, count in found.items() if name.startswith("FAULTS")))


if __name__ == "__main__":
    kill_and_tell()
