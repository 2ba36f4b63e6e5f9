"""The last night, who writes at the moment, and the clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pipelines.nightly.doctor.seen import Seen
from pipelines.nightly.faults import LOG
from pipelines.nightly.night import A_DAY, last_night

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipelines.home import Home
    from pipelines.nightly.night import Night

LONG = dt.timedelta(days=2)


def looked_at(home: Home, now: dt.datetime) -> Iterator[Seen]:
    """The last night, the last good one, the clock, and who writes."""
    last = last_night(home)
    yield _last(home, last, now)
    if last and now.astimezone(home.zone).date() < last.day - A_DAY:
        yield Seen("clock", f"This computer's clock is before the last night, {last.day}. Set it.", asks=True)
    if writer := home.writer():
        yield Seen("lock", f"Somebody is writing: {writer}. Nothing to do; the next one waits its turn.")


def _last(home: Home, last: Night | None, now: dt.datetime) -> Seen:
    if last is None:
        sentence = (
            "There was none yet. `runmood nightly` does what is due; `runmood schedule --print` tells how each night."
        )
        return Seen("last night", sentence, asks=True)
    when = f"{last.began_at.astimezone(home.zone):%d %B %Y %H:%M}"
    if not last.good:
        good = f"{last.good_at.astimezone(home.zone):%d %B %Y}" if last.good_at else "never"
        failed = f"{when}: {', '.join(last.failed)} failed; the last good one was {good}."
        return Seen("last night", f"{failed} .work/{LOG} tells why; `runmood nightly` tries again.", asks=True)
    if now - last.began_at > LONG:
        sentence = f"{when}, which is long ago. Is `runmood schedule` running? `runmood nightly` does what is due."
        return Seen("last night", sentence, asks=True)
    return Seen("last night", f"{when}, in order.")
