"""Google Fit's part of a Takeout: `Fit/All Sessions/*.json`, one session a file, in a few figures.

How sure: known from files that people published and from programs that read them, which agree: lengths are metres. A
session's TCX lies in `Fit/Activities`; both are one run, and the TCX says more. Sessions of sleep are none of this.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.core.i18n import Name, Term
from runmood.core.notices import NO_SAMPLES, NOT_A_RUN
from runmood.core.recordings import DecodedFile
from runmood.readers.activities import ActivityTotals, build_activity
from runmood.readers.registry import export_reader
from runmood.readers.sports import sport_of
from runmood.readers.values import from_iso, json_of, mapping, number, sequence, with_offset, words

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun

    JsonObject = dict[str, object]


_KEYS = ('"fitnessActivity"', '"startTime"')
_MOST = 1e7


def _is_session(text: str) -> bool:
    """Return whether the text is one session of Google Fit."""
    return text.startswith("{") and all(key in text for key in _KEYS)


@export_reader(
    "googlefit",
    version=2,
    layout="json",
    files=[],
    signature=rb'"fitnessActivity"',
    beginning=rb'"fitnessActivity"',
    accepts=_is_session,
)
def read_google_fit(text: str) -> DecodedFile:
    """Return the session, or that it is another sport."""
    session = mapping(json_of(text, "Google Fit"))
    sport, sub_sport = sport_of(words(session.get("fitnessActivity")))
    if sport not in {None, "running"}:
        return DecodedFile("googlefit", (), (NOT_A_RUN(sport=Term("sport", sport)),))
    run = _run(session)
    if run is None:
        raise UnreadableFileError(NO_SAMPLES(format=Name("Google Fit")))
    return DecodedFile("googlefit", (replace(run, sport=sport, sub_sport=sub_sport),))


def _run(session: JsonObject) -> DecodedRun | None:
    started_at, ended_at = from_iso(session.get("startTime")), from_iso(session.get("endTime"))
    elapsed_s = (ended_at - started_at).total_seconds() if started_at and ended_at else None
    timer_s = number((words(session.get("duration")) or "").removesuffix("s"), 1, _MOST)
    totals = ActivityTotals(
        elapsed_s=elapsed_s or timer_s,
        distance_m=_figure(session, "com.google.distance.delta"),
        timer_s=timer_s,
        heart_bpm=_figure(session, "com.google.heart_rate.summary"),
    )
    run = build_activity(started_at, totals)
    _, offset = with_offset(session.get("startTime"))
    return run and replace(run, utc_offset_s=offset)


def _figure(session: JsonObject, name: str) -> object:
    """Return the figure of the whole session that has this name."""
    figures = map(mapping, sequence(session.get("aggregate")))
    return next(
        (each.get("floatValue", each.get("intValue")) for each in figures if each.get("metricName") == name), None
    )
