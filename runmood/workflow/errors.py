"""A step of the night that fails: a sentence for the person, places in the local log, and nothing a person wrote.

Messages of Python, Polars or DuckDB may quote a note or a mood, so they go nowhere: the log has the places in the code,
and Prefect hears the sentence. Sentences of our own name files and what to do, and are passed on.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
import subprocess
import traceback
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Self

from runmood.core.errors import UserError, spoken
from runmood.core.files import open_kept
from runmood.home.user_config import read_user_config

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path
    from types import TracebackType

    from runmood.core.i18n import Translator
    from runmood.home.home import Home


LOG = "nightly.log"
LOG_BYTES, LOGS_KEPT = 2**20, 3
PATIENCE_S = 60


class StepFailedError(UserError):
    """A step of the night that could not be done; the sentence says why."""

    def __init__(self, sentence: str, of: Exception) -> None:
        super().__init__(sentence)
        self.by_the_system = isinstance(of, OSError)  # a disk that was away, which another try may find again
        self.make_again = getattr(of, "make_again", False)  # a damaged database, which is out of the way now


class NightlyStep:
    """Whatever goes wrong in the block becomes a StepFailedError; stopping it by hand stays what it is.

    With `tell` the person's own command hears of it at once; where a night goes on, it hears when that ends.
    """

    def __init__(self, home: Home, name: str, *, tell: bool = False) -> None:
        self._home, self._name, self._tell = home, name, tell

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not isinstance(fault, Exception) or isinstance(fault, StepFailedError):
            return
        sentence = _sentence(self._home.say, fault, trace)
        write_log(self._home, f"{self._name} failed: {sentence}\n{_places(trace)}".rstrip())
        if self._tell:
            notify(self._home, self._name, sentence)
        raise StepFailedError(sentence, fault) from None


def write_log(home: Home, words: str) -> None:
    """Write a line in the home's own log, which its owner alone may read; go on where that fails."""
    line = logging.makeLogRecord({"msg": f"{dt.datetime.now(home.zone):%Y-%m-%d %H:%M:%S} {words}"})
    with contextlib.suppress(OSError), contextlib.closing(_PrivateLog(home.work / LOG)) as log:
        log.emit(line)


class _PrivateLog(RotatingFileHandler):
    """A log that only its owner may read; when it is full, an old one is removed."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, maxBytes=LOG_BYTES, backupCount=LOGS_KEPT, encoding="utf-8")

    def _open(self) -> TextIOWrapper:
        os.close(open_kept(self.baseFilename, os.O_WRONLY | os.O_CREAT))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Ignore a full disk."""


def notify(home: Home, step: str, sentence: str) -> None:
    """Run the command that the person chose for a night that fails, with the step and the sentence and nothing else."""
    try:
        command = read_user_config().on_failure
    except (UserError, OSError) as fault:
        write_log(home, home.say("error.on_failure_not_read", fault=spoken(home.say, fault)))
        return
    if not command:
        return
    env = os.environ | {"RUNMOOD_STEP": step, "RUNMOOD_FAULT": sentence}
    try:
        done = subprocess.run(command, shell=True, env=env, capture_output=True, timeout=PATIENCE_S, check=False)  # noqa: S602 - the person's own command
    except subprocess.TimeoutExpired:
        write_log(home, home.say("error.on_failure_too_long", seconds=PATIENCE_S))
    else:
        if done.returncode:
            write_log(home, home.say("error.on_failure_ended", status=done.returncode))


def _sentence(say: Translator, fault: Exception, trace: TracebackType | None) -> str:
    if isinstance(fault, UserError | OSError):
        return spoken(say, fault)
    places = traceback.extract_tb(trace)
    file = places[-1].filename.rpartition("site-packages/")[2] if places else ""
    line = (places[-1].lineno or 0) if places else 0
    return say("error.of_ours", kind=type(fault).__name__, file=file, line=f"{line}", log=LOG)


def _places(trace: TracebackType | None) -> str:
    """Return the places in the code that the fault came through, without any value."""
    return "".join(f"  {each.filename}, line {each.lineno}, {each.name}\n" for each in traceback.extract_tb(trace))
