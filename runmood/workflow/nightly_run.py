"""One night of one home, by whatever calls it: Prefect's flow, a worker that serves many homes, a test.

What is the caller's, and not the home's, comes from the caller: the day, how files are read, how a step is run, and
who hears of a fault.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.files import read_kept, replace_made
from runmood.core.json_records import read_record
from runmood.home.work_folder import read_last_run
from runmood.ingest.folder_stamps import without_inbox
from runmood.ingest.watched import collect_from_folders, queue_messages, take_messages
from runmood.workflow.errors import NightlyStep, StepFailedError, write_log
from runmood.workflow.state import NEEDS, STEPS, check_clock, outputs_hash, stale_steps, state_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from runmood.core.i18n import Translator
    from runmood.home.home import Home
    from runmood.ingest.workers import OpenReader

    FailureNotifier = Callable[[Home, str, str], None]  # called with the step that failed and the sentence
    RunStep = Callable[..., "Outcome"]  # called with step, home, day, and `reader` where one is given

KEPT = "last-night.json"
FOLDERS = "folders"  # looked into before the steps; what came of it is told with them


def no_notification(_home: Home, _step: str, _sentence: str) -> None:
    """Leave it to the log and to who asks what a night came to."""


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

    `failed` says why a step could not be done, `left` why one was not tried.
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
            self.failed[step] = str(fault)
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
        return without_inbox(state) if self.waiting else state

    def as_text(self, say: Translator) -> str:
        """Return what was done and what was not, for the terminal and the log."""
        if not self.done and not self.failed:
            return say("night.nothing_new")
        failed = (
            say("night.failed", step=say(f"night.step.{step}"), fault=fault) for step, fault in self.failed.items()
        )
        return "\n".join([*self.done.values(), *failed, *self.left.values()])

    def as_markdown(self, say: Translator) -> str:
        """Return the same for Prefect's page."""
        steps = [*self.done.items(), *self.failed.items()] or [("night", say("night.nothing_new"))]
        lines = (
            f"### {say(f'night.step.{step}')}{' !' if step in self.failed else ''}\n{said}" for step, said in steps
        )
        return "\n\n".join(line.replace("\n  ", "\n- ") for line in lines)


def last_night(home: Home) -> NightlyRun | None:
    """Return the last night that came to an end; null before the first, or where nothing legible was kept."""
    try:
        return parse_night(read_kept(home.work / KEPT))
    except (OSError, ValueError):
        return None


def parse_night(content: bytes | str) -> NightlyRun | None:
    """Return the night that was kept in these words; null where they are not legible."""
    try:
        night = read_record(NightlyRun, json.loads(content))
    except (ValueError, RecursionError):
        return None
    return night if {*night.done, *night.failed, *night.left} <= {*STEPS, FOLDERS} else None


def keep_night(home: Home, night: NightlyRun, tell: FailureNotifier = no_notification) -> None:
    """Keep what a night came to, write it in the log, and tell of what failed."""
    replace_made(home.work / KEPT, json.dumps(asdict(night), default=lambda moment: moment.isoformat(), indent=1))
    write_log(home, night.as_text(home.say))
    if night.failed:
        tell(home, *next(iter(night.failed.items())))


def run_step(step: str, home: Home, day: dt.date, reader: OpenReader | None = None) -> Outcome:
    """Run one step of the night.

    Args:
        step: its name.
        home: the home.
        day: up to which day everything is made.
        reader: how files are read; on both cores where it is null.

    Returns:
        What it came to.

    Raises:
        StepFailedError: it could not be done.
    """
    with NightlyStep(home, step):
        from runmood.workflow import night as work  # noqa: PLC0415 - a night without news needs none of it

        return work.STEPS[step](home, day, reader)


def one_night(
    home: Home,
    day: dt.date,
    *,
    reader: OpenReader | None = None,
    run: RunStep = run_step,
    tell: FailureNotifier = no_notification,
) -> NightlyRun:
    """Do what is due in a home of which the caller holds the lock.

    A database found damaged on the way is kept aside, and the night begins once more.

    Args:
        home: the home.
        day: up to which day everything is made.
        reader: how files are read; on both cores where it is null.
        run: how a step is run.
        tell: who hears of a fault, once the night is over.

    Returns:
        What each step came to.

    Raises:
        UserError: the clock shows a day long before the last night.
    """
    last = last_night(home)
    check_clock(last, day, read_last_run(home))
    sentences = take_messages(home)
    state = state_of(home, day, last)
    step = partial(run, reader=reader) if reader else run
    night = _run_steps(home, day, stale_steps(last.state if last else {}, state), step)
    if night.make_again:
        night = _run_steps(home, day, STEPS, step)
    if sentences:
        night.done[FOLDERS] = "\n".join(sentences)
    night.state = night.state_after(state | {"made": outputs_hash(home)})
    night.good_at = night.began_at if night.good else last.good_at if last else None
    keep_night(home, night, tell)
    return night


def _run_steps(home: Home, day: dt.date, steps: tuple[str, ...], run: Callable[..., Outcome]) -> NightlyRun:
    """Run the steps, one after the other; one that needs the result of a failed one is left."""
    night = NightlyRun(dt.datetime.now(dt.UTC), day)
    for step in steps:
        if failed := [name for name in NEEDS.get(step, ()) if name not in night.done]:
            names = [home.say(f"night.step.{name}") for name in (step, *failed)]
            night.left[step] = home.say("night.left", step=names[0], missing=names[1:])
        else:
            night.do(step, partial(run, step, home, day))
    return night


def collect_watched_files(home: Home) -> None:
    """Bring what is new in the watched folders, for the night that follows; the caller holds the home's lock.

    Only for a home of the caller's own: settings of somebody else may name any folder of this computer.
    """
    queue_messages(home, collect_from_folders(home, dt.datetime.now(dt.UTC)))


def quiet_night(home: Home, day: dt.date) -> NightlyRun | None:
    """Return the night that has nothing to do, noted as any other; null where something is due.

    Raises:
        UserError: the clock shows a day long before the last night.
    """
    now = dt.datetime.now(dt.UTC)
    with home.writing():
        last = last_night(home)
        check_clock(last, day, read_last_run(home))
        sentences, state = collect_from_folders(home, now), state_of(home, day, last)
        if last is None or stale_steps(last.state, state):
            queue_messages(home, sentences)
            return None
        night = NightlyRun(now, day, state=state, good_at=now)
        night.done = {FOLDERS: "\n".join(sentences)} if sentences else {}
        keep_night(home, night)
    return night
