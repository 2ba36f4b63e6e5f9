"""What is due tonight, and what a night came to; nothing is loaded that a night without news does not need.

A night that follows one without faults, on the same day, with the same inbox, journal, settings and formulas, and what
was made still in its place, has nothing to do. When only the day has moved on, nothing is read; days, findings, the
published copy and the page follow the calendar.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.versions import FORMULAS, schema_sources
from runmood.home.import_log import IMPORT_LOG
from runmood.home.last_run import read_last_run
from runmood.workflow.errors import StepFailedError, notify, write_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from zoneinfo import ZoneInfo

    from runmood.home.home import Home


KEPT = "last-night.json"
NOTHING_NEW = "Nothing new: there is no watch file that has not been read before, and everything is made."
A_DAY = dt.timedelta(days=1)
YEARS = range(1971, 9999)  # of which every clock can tell the local time
STEPS = ("import", "journal", "days", "findings", "publish", "summary")
READ_AGAIN = {"inbox", "place", "formulas", "readers", "made"}
READERS = Path(__file__).parents[1] / "readers"  # whose versions are not asked for: importing them takes longer
# What a step cannot do without. Where `findings` fails, tonight's days are published with the last good findings; where
# `days` or `publish` fails, the summary is written from the last good copy.
NEEDS = {"findings": ("days",), "publish": ("days",)}


def state_of(home: Home, day: dt.date) -> dict[str, str]:
    """All that tonight's results follow from, each as a few letters that change when it does."""
    return {
        "inbox": _hashed(_stamps(home.inbox)),
        "journal": _hashed(_contents(home.journal.glob("*"))),
        "settings": _hashed(_contents([home.settings_file])),
        "formulas": f"{FORMULAS} {schema_sources()}",
        "readers": _hashed(_contents(READERS.rglob("*.py"))),
        "place": str(home.root.resolve()),
        "made": made(home),
        "day": f"{day}",
    }


def made(home: Home) -> str:
    """Return a hash of the writer's database and the published one as they stand."""
    return _hashed(line for path in (home.work / "runmood.duckdb", home.published) for line in _stamps(path))


def stale_steps(before: Mapping[str, str], now: Mapping[str, str]) -> tuple[str, ...]:
    """Return the steps that are due, in their order; none where everything is as the last night left it."""
    changed = {name for name in now if before.get(name) != now[name]}
    if not changed:
        return ()
    return STEPS if changed & READ_AGAIN else STEPS[1:]


def _hashed(lines: Iterator[str]) -> str:
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _stamps(top: Path) -> Iterator[str]:
    """Name, size and time of a file, or of everything in a folder, in order of name."""
    if not top.is_dir():
        yield f"{top.name} {_stamp(top)}\n"
        return
    for folder, folders, names in os.walk(top, followlinks=False):
        folders.sort()
        for name in sorted(names):
            path = os.path.join(folder, name)  # noqa: PTH118 - thousands of them, each night
            yield f"{path[len(str(top)) :]} {_stamp(path)}\n"


def _stamp(path: str | Path) -> str:
    """Size and times; what cannot be looked at says so, and when it can, that is a change."""
    try:
        status = os.stat(path)  # noqa: PTH116 - as above
    except OSError as fault:
        return f"errno {fault.errno}"
    return f"{status.st_size} {status.st_mtime_ns} {status.st_mode}"


def _contents(paths: Iterable[Path]) -> Iterator[str]:
    """Yield what stands in files; the log of imports, which follows from the inbox, is left out."""
    for path in sorted(path for path in paths if path.name != IMPORT_LOG and path.is_file()):
        yield f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n"


class NightFailedError(UserError):
    """A night of which some steps failed; the sentence says which and why."""

    def __init__(self, night: NightlyRun) -> None:
        super().__init__(" ".join(f"{step}: {sentence}" for step, sentence in night.failed.items()))
        self.night = night

    def __reduce__(self) -> str | tuple[object, ...]:
        """As Prefect packs it."""
        return NightFailedError, (self.night,)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a step came to: a sentence, whether a person should look at it, and how many files wait to be opened."""

    sentence: str
    needs_a_look: bool = False
    waiting: int = 0


@dataclass(slots=True)
class NightlyRun:
    """One night: the day it speaks of, and what each step came to.

    `failed` has a sentence for each step that could not be done, `left` what each step waited for that was not tried.
    `state` is all that the results follow from; empty after a fault, so that the next night does everything.
    """

    began_at: dt.datetime
    day: dt.date
    done: dict[str, str] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    needs_a_look: bool = False
    waiting: int = 0
    make_again: bool = False
    good_at: dt.datetime | None = None
    state: dict[str, str] = field(default_factory=dict)

    def do(self, step: str, work: Callable[[], Outcome]) -> None:
        """Do a step; its fault stays its own."""
        try:
            outcome = work()
        except StepFailedError as fault:
            self.failed[step] = fault.sentence
            self.make_again |= fault.make_again
        else:
            self.done[step] = outcome.sentence
            self.needs_a_look |= outcome.needs_a_look
            self.waiting += outcome.waiting

    @property
    def good(self) -> bool:
        """Whether no step failed."""
        return not self.failed

    def state_after(self, state: dict[str, str]) -> dict[str, str]:
        """Return what the next night may take as done: nothing after a fault, no inbox with an unopened file."""
        if not self.good:
            return {}
        return {name: value for name, value in state.items() if name != "inbox" or not self.waiting}

    def as_text(self) -> str:
        """Return what was done and what was not, for the terminal and the log."""
        if not self.done and not self.failed:
            return NOTHING_NEW
        failed = (f"{step} FAILED: {sentence}" for step, sentence in self.failed.items())
        left = (f"{step} was left as it was, for want of {missing}" for step, missing in self.left.items())
        return "\n".join([*self.done.values(), *failed, *left])

    def as_markdown(self) -> str:
        """Return the same for Prefect's page."""
        results = {**self.done, **self.failed} or {"night": NOTHING_NEW}
        lines = (f"### {step}{' FAILED' if step in self.failed else ''}\n{said}" for step, said in results.items())
        return "\n\n".join(line.replace("\n  ", "\n- ") for line in lines)


def last_night(home: Home) -> NightlyRun | None:
    """Return the last night that came to an end; null before the first, or where nothing legible was kept."""
    path = home.work / KEPT
    if not path.exists():
        return None
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        moments = {"began_at": dt.datetime.fromisoformat(kept["began_at"]), "day": dt.date.fromisoformat(kept["day"])}
        good_at = kept["good_at"] and dt.datetime.fromisoformat(kept["good_at"])
        night = NightlyRun(**(kept | moments | {"good_at": good_at}))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    return night if _is_legible(night) else None


def _is_legible(night: NightlyRun) -> bool:
    """Whether a night that was kept is as it was written, so far as later nights rely on it."""
    texts = (night.done, night.failed, night.left, night.state)
    moments = [moment for moment in (night.began_at, night.good_at) if moment]
    return (
        all(isinstance(each, dict) and all(isinstance(text, str) for text in each.values()) for each in texts)
        and all(moment.tzinfo and moment.year in YEARS for moment in moments)
        and night.day.year in YEARS
    )


def close(home: Home, night: NightlyRun) -> None:
    """Keep what a night came to, write it in the log, and tell whom the person chose of what failed."""
    draft = home.work / f"{KEPT}.draft"
    draft.write_text(json.dumps(asdict(night), default=lambda moment: moment.isoformat(), indent=1), encoding="utf-8")
    draft.replace(home.work / KEPT)
    write_log(home, night.as_text())
    if night.failed:
        notify(home, *next(iter(night.failed.items())))


def quiet_night(home: Home, day: dt.date) -> NightlyRun | None:
    """Return the night that has nothing to do, noted as any other; null where something is due.

    Raises:
        UserError: the clock shows a day long before the last night.
    """
    with home.writing():
        last, state = last_night(home), state_of(home, day)
        check_clock(last, day, read_last_run(home))
        if last is None or stale_steps(last.state, state):
            return None
        now = dt.datetime.now(dt.UTC)
        night = NightlyRun(now, day, state=state, good_at=now)
        close(home, night)
    return night


def check_clock(last: NightlyRun | None, day: dt.date, last_run: dt.datetime | None) -> None:
    """Refuse a night before the last one and before the last run: a clock that has lost its battery shows such a day.

    Where only the last night lies ahead, it was its clock that was wrong, and this night goes on.

    Raises:
        UserError: the clock is behind.
    """
    if last and day < last.day - A_DAY and last_run and day < last_run.date() - A_DAY:
        raise UserError(
            f"The clock says {day:%d %B %Y}, and the last night was {last.day:%d %B %Y}. "
            "Your last run is later too. Nothing was done. Set this computer's clock; if it is right, delete "
            ".work/last-night.json in the home."
        )


def last_due(now: dt.datetime, at: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the last moment at which a night was to begin; an hour that a change of clocks leaves out counts."""
    today = now.astimezone(zone).date()
    moments = (dt.datetime.combine(day, at, zone) for day in (today, today - dt.timedelta(days=1)))
    return next(moment for moment in moments if moment <= now)


def is_due(home: Home, last: NightlyRun | None, now: dt.datetime) -> bool:
    """Whether no night has begun since the last moment at which one was to begin; one of days to come is none."""
    return last is None or not last_due(now, home.settings.nightly_at, home.zone) <= last.began_at <= now
