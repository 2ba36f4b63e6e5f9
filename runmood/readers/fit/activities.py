"""Activities out of one file: its sessions, each with its samples, its laps and what the device says of it."""

from __future__ import annotations

from dataclasses import replace
from math import isnan
from typing import TYPE_CHECKING

import numpy as np

from runmood.core import notices
from runmood.core.i18n import Name
from runmood.core.recordings import DecodedRun, Totals
from runmood.readers.activities import end_times
from runmood.readers.fit.profile import (
    ACTIVITY_FILES,
    DEVICE_INFO,
    FILE_ID,
    LAP,
    LEAST_DATE,
    RECORD,
    SESSION,
    SPORT,
    WORKOUT,
    device_name,
    sport_name,
    sub_sport_name,
)
from runmood.readers.fit.records import Samples, points, read_samples
from runmood.readers.fit.times import moment, utc_offset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from runmood.core.notices import Notice
    from runmood.readers.fit.messages import MessageColumns, Numbers
    from runmood.readers.fit.parts import FitFile


Fields = dict[str, float]

_NAN = float("nan")
_DAY_S = 86_400
_LONGEST_S = 100 * _DAY_S
_MOST_EFFORT = 10
_HEARTS = (20, 250)  # what columns.LAPS allows


def is_activity(part: FitFile) -> bool:
    """Return whether the part is a recorded activity; without a type, whether it holds records or a session."""
    kinds = part.rows(FILE_ID).number("type")
    if len(kinds) == 0 or isnan(kinds[0]):
        return bool(len(part.rows(RECORD)) or len(part.rows(SESSION)))
    return bool(kinds[0] == ACTIVITY_FILES)


def read_activities(part: FitFile, hearts: MessageColumns) -> list[DecodedRun]:
    """Return one activity for each session; one in all where the part has no session. Empty sessions are dropped.

    `hearts` are the beats that a strap stored, from every part of the file.

    Returns:
        The activities, in order of their starts.
    """
    samples = read_samples(part, hearts)
    sessions = _sessions(part, samples["sampled_at"]) or [{}]
    starts = [session.get("start", 0.0) for session in sessions]
    owners = _owners(starts, samples["sampled_at"])
    lap_owners = _owners(starts, part.rows(LAP).number("start"))
    found = []
    for number, session in enumerate(sessions):
        mine = owners == number
        its_samples = _chosen(samples, mine) or _ends(session)
        if its_samples:
            run = _activity(part, session, its_samples, _laps(part, lap_owners == number))
            dropped = int((mine & np.isnan(samples["sampled_at"])).sum())
            found.append(replace(run, notices=tuple(_faults(part, len(run.points), dropped))))
    return found


def _sessions(part: FitFile, times: Numbers) -> list[Fields]:
    """Return each session, in order of their starts; the last of those that start at the same moment.

    A start that cannot be true is left out, and the session stands first.

    Returns:
        The fields of each session by name.
    """
    usual = np.nanmedian(times) if np.isfinite(times).any() else _NAN
    by_start: dict[float, Fields] = {}
    for row, session in enumerate(part.rows(SESSION).each()):
        start = session.get("start", session.get("timestamp", 0.0) - session.get("elapsed_s", 0.0))
        if start < LEAST_DATE or (part.suspect and abs(start - usual) > _DAY_S):
            start = 0.0
        by_start[start] = session | {"start": start, "row": row}
    return [by_start[start] for start in sorted(by_start)]


def _owners(starts: list[float], times: Numbers) -> NDArray[np.int64]:
    """Return the index of the session that each time falls in: the last that began before it, else the first."""
    owners: NDArray[np.int64] = (np.searchsorted(starts, times, side="right") - 1).clip(0, len(starts) - 1)
    return owners


def _chosen(samples: Samples, mine: NDArray[np.bool_]) -> Samples | None:
    """Return the samples that are marked and have a time; null without any."""
    timed = mine & np.isfinite(samples["sampled_at"])
    if not timed.any():
        return None
    return samples if timed.all() else {name: values[timed] for name, values in samples.items()}


def _ends(session: Fields) -> Samples | None:
    """Return start and end as samples, for a session entered by hand or by a watch that stores none."""
    start, elapsed = session.get("start", 0.0), session.get("elapsed_s", session.get("timer_s", _NAN))
    end = session.get("timestamp", _NAN) if isnan(elapsed) else start + elapsed
    if start < LEAST_DATE or not start < end < start + _LONGEST_S:
        return None
    since_s, segments = np.array(end_times(end - start, session.get("timer_s", _NAN))).T
    far = np.where(since_s > 0, session.get("distance_m", _NAN), 0.0)
    return {"sampled_at": start + since_s, "distance_m": far, "segment": segments}


def _activity(part: FitFile, session: Fields, samples: Samples, laps: tuple[dict[str, object], ...]) -> DecodedRun:
    sport = _sport(part, session)
    return DecodedRun(
        points=points(samples, sport),
        sport=sport,
        sub_sport=sub_sport_name(session.get("sub_sport", _first(part, SPORT, "sub_sport"))),
        name=_name(part, session),
        device=_device(part),
        device_serial=_serial(part),
        totals=_totals(session),
        laps=laps,
        utc_offset_s=utc_offset(part),
        effort=_effort(session),
        partial=part.fault is not None,
    )


def _faults(part: FitFile, samples: int, dropped: int) -> Iterator[Notice]:
    if part.fault:
        yield notices.DAMAGED(format=Name("FIT"), fault=part.fault, samples=samples)
    if part.sound is False:
        yield notices.CHECKSUM()
    if dropped:
        yield notices.SAMPLES_DROPPED(count=dropped)


def _sport(part: FitFile, session: Fields) -> str | None:
    numbers = (session.get("sport", _NAN), _first(part, SPORT, "sport"), _first(part, LAP, "sport"))
    return sport_name(next((number for number in numbers if not isnan(number)), _NAN))


def _name(part: FitFile, session: Fields) -> str | None:
    """Return the workout's name, else the one under which the device keeps the sport."""
    profile = part.rows(SESSION).text("name")[int(session["row"])] if "row" in session else None
    return _words(part, WORKOUT, "name") or profile or _words(part, SPORT, "name")


def _device(part: FitFile) -> str | None:
    infos = part.rows(DEVICE_INFO)
    creator = np.flatnonzero(infos.number("index") == 0)[:1]
    named = _words(part, FILE_ID, "product_name")
    maker = {name: _first(part, FILE_ID, name) for name in ("maker", "product")}
    for row in creator:
        named = named or infos.text("product_name")[row]
        maker = {name: infos.number(name)[row] if isnan(value) else value for name, value in maker.items()}
    return device_name(maker["maker"], maker["product"], named)


def _serial(part: FitFile) -> str | None:
    """Return the number of the device that made the file; null where it gives none, or 0, which stands for none."""
    serial = _first(part, FILE_ID, "serial")
    return None if isnan(serial) or not serial else f"{serial:.0f}"


def _totals(session: Fields) -> Totals:
    return Totals(
        distance_m=_measured(session, "distance_m"),
        elapsed_s=_measured(session, "elapsed_s"),
        timer_s=_measured(session, "timer_s"),
        ascent_m=_measured(session, "ascent_m"),
        heart_bpm=session.get("heart_bpm") or None,
    )


def _effort(session: Fields) -> float | None:
    effort = _measured(session, "effort")
    return effort if effort is not None and effort <= _MOST_EFFORT else None


def _measured(fields: Fields, name: str) -> float | None:
    """Return a value of the device; null if it gives none, or one below zero, which only damage makes."""
    value = fields.get(name, -1.0)
    return value if value >= 0 else None


def _laps(part: FitFile, mine: NDArray[np.bool_]) -> tuple[dict[str, object], ...]:
    laps = [lap for lap, its_own in zip(part.rows(LAP).each(), mine.tolist(), strict=True) if its_own]
    return tuple(_lap(number, lap) for number, lap in enumerate(laps, start=1))


def _lap(number: int, lap: Fields) -> dict[str, object]:
    """Return a row of LAPS without the recording's id; what the device did not write is null."""
    start, heart = lap.get("start", 0.0), lap.get("heart_bpm", 0.0)
    return {
        "lap": number,
        "started_at": moment(start) if start >= LEAST_DATE else None,
        "elapsed_s": _measured(lap, "elapsed_s"),
        "moving_s": _measured(lap, "moving_s"),
        "distance_m": _measured(lap, "distance_m"),
        "heart_bpm": heart if _HEARTS[0] <= heart <= _HEARTS[1] else None,
    }


def _first(part: FitFile, message: int, name: str) -> float:
    """Return the first value in a kind of message; NaN where none has one."""
    values = part.rows(message).number(name)
    given = values[np.isfinite(values)]
    return float(given[0]) if len(given) else _NAN


def _words(part: FitFile, message: int, name: str) -> str | None:
    return next((text for text in part.rows(message).text(name) if text), None)
