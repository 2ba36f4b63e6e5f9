"""Build the runs of a file: which of its parts belong together, and what the device says of each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, cast

import numpy as np
import polars as pl

from runmood.core.i18n import Name
from runmood.core.notices import DAMAGED, MENDED, SAMPLES_DROPPED
from runmood.core.recordings import DecodedRun, Totals
from runmood.readers.sports import ON_FOOT, sport_in_any_language, sport_in_title
from runmood.readers.xml.frames import Samples, moments, numbers, offset_of
from runmood.schema.tables import LAPS, RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from runmood.core.notices import Notice
    from runmood.readers.xml.parser import Activity, ParsedXml


_ONE_OUTING_S = 30 * 60
_MOST_STEPS_OF_ONE_LEG = 120
_FASTEST_TENTH = 0.9
_LAP_COLUMNS = ("moving_s", "distance_m", "heart_bpm")
_LAP_BOUNDS = {column.name: column.bounds for column in LAPS.columns}


@dataclass(frozen=True, slots=True)
class XmlActivity:
    """One trk or Activity: its elements, its samples, how many were dropped, whether the damage fell in it."""

    activity: Activity
    points: pl.DataFrame
    dropped: int
    damaged: bool

    @property
    def times(self) -> tuple[dt.datetime, dt.datetime]:
        """Its first and last moment."""
        at = self.points["sampled_at"]
        return cast("dt.datetime", at.min()), cast("dt.datetime", at.max())


def to_activities(gathered: ParsedXml, samples: Samples) -> Iterator[DecodedRun]:
    """Yield the activities of the file, in its order; none when no sample can be used."""
    parts = [part for part in _parts(gathered, samples) if part.points.height]
    groups = _outings(parts) if gathered.names.format == "gpx" else [[part] for part in parts]
    for group in groups:
        yield _run(group, gathered, samples.utc_offset_s)


def _parts(gathered: ParsedXml, samples: Samples) -> Iterator[XmlActivity]:
    ends = [*(activity.first_sample for activity in gathered.activities), gathered.samples][1:]
    for activity, end in zip(gathered.activities, ends, strict=True):
        rows = samples.between(activity.first_sample, end)
        points = samples.frame[rows]
        dropped = end - activity.first_sample - points.height
        damaged = gathered.fault is not None and end == gathered.samples
        if activity.element == "Course":
            continue
        if not points.height:
            points = _from_laps(activity)
        if not points.height and _names_a_run(activity):
            points = _moment_only(activity, gathered)
        yield XmlActivity(activity, points, dropped, damaged)


def _names_a_run(activity: Activity) -> bool:
    sport, _ = sport_in_any_language(activity.facts.get("sport"))
    return (sport or sport_in_title(activity.facts.get("name"))) == "running"


def _moment_only(activity: Activity, gathered: ParsedXml) -> pl.DataFrame:
    """Return a run that has no samples as the moment that its file names; empty where it names none."""
    began = _moment(activity.facts.get("time")) or _moment(gathered.facts.get("time"))
    return RAW_SAMPLES.frame([{"sampled_at": began, "segment": 0}] if began else [])


def _outings(parts: list[XmlActivity]) -> list[list[XmlActivity]]:
    """Group tracks that are one outing: of one sport, at most half an hour apart, in order of time."""
    outings: list[list[XmlActivity]] = []
    ended, sport = dt.datetime.max.replace(tzinfo=dt.UTC), None
    for (began, ends), part in sorted(((part.times, part) for part in parts), key=itemgetter(0)):
        its_sport = part.activity.facts.get("sport")
        if outings and its_sport == sport and (began - ended).total_seconds() <= _ONE_OUTING_S:
            outings[-1].append(part)
            ended = max(ended, ends)
        else:
            outings.append([part])
            ended, sport = ends, its_sport
    return outings


def _run(group: list[XmlActivity], gathered: ParsedXml, utc_offset_s: int | None) -> DecodedRun:
    facts = group[0].activity.facts
    sport, sub_sport = sport_in_any_language(facts.get("sport"))
    points = pl.concat([part.points for part in group])
    partial = any(part.damaged for part in group)
    laps = tuple(_laps(group[0].activity))
    return DecodedRun(
        points=_segments_from_nought(_both_feet(points, sport)),
        sport=sport,
        sub_sport=sub_sport,
        name=facts.get("name") or gathered.facts.get("name"),
        device=facts.get("device") or gathered.facts.get("device"),
        device_serial=(facts.get("serial", "").strip("0") and facts["serial"]) or None,
        totals=Totals() if partial else _totals(laps),
        laps=laps,
        utc_offset_s=utc_offset_s or offset_of(facts.get("time") or gathered.facts.get("time") or ""),
        partial=partial,
        notices=tuple(_notices(group, gathered, points.height)),
    )


def _notices(group: list[XmlActivity], gathered: ParsedXml, height: int) -> Iterator[Notice]:
    title = Name(gathered.names.title)
    if gathered.fault and any(part.damaged for part in group):
        yield DAMAGED(format=title, fault=gathered.fault, samples=height)
    if gathered.mended:
        yield MENDED(format=title, fault=gathered.mended)
    dropped = sum(part.dropped for part in group)
    if dropped > 0:
        yield SAMPLES_DROPPED(count=dropped)


def _both_feet(points: pl.DataFrame, sport: str | None) -> pl.DataFrame:
    """Convert cadence to steps of both feet.

    On foot, GPX and TCX count one leg, so the value is doubled, unless the fastest tenth is above 120 a minute, which
    no single leg does: such a writer counted both. On a bicycle the value is left as it stands.

    Returns:
        The samples.
    """
    cadence = points["cadence_spm"]
    has_steps = sport in ON_FOOT and cadence.null_count() < points.height
    fastest = cadence.quantile(_FASTEST_TENTH) if has_steps else None
    if fastest is None or fastest > _MOST_STEPS_OF_ONE_LEG:
        return points
    return points.clone().replace_column(points.get_column_index("cadence_spm"), cadence * 2)


def _segments_from_nought(points: pl.DataFrame) -> pl.DataFrame:
    """Count the segments of this run from zero."""
    segments = points["segment"].to_numpy()
    counted = np.cumsum(np.diff(segments, prepend=segments[:1]) != 0)
    if np.array_equal(segments, counted):
        return points
    return points.clone().replace_column(points.get_column_index("segment"), pl.Series("segment", counted))


def _laps(activity: Activity) -> Iterator[dict[str, object]]:
    """Yield the laps as rows of LAPS without the recording's id; TCX has the timer's time only, pauses left out."""
    laps = [lap for lap in activity.laps if lap]
    if not laps:
        return
    starts, _ = moments([lap.get("time", "") for lap in laps])
    read = numbers(lap.get(name, "") for name in _LAP_COLUMNS for lap in laps).reshape(len(_LAP_COLUMNS), -1)
    columns = {name: _possible(name, values) for name, values in zip(_LAP_COLUMNS, read, strict=True)}
    for count, start in enumerate(starts):
        values = {name: column[count] for name, column in columns.items()}
        yield {"lap": count + 1, "started_at": start, "elapsed_s": None, **values}


def _possible(name: str, read: npt.NDArray[np.float64]) -> list[float | None]:
    """Return the numbers that a column of LAPS may hold; null for others."""
    least, most = _LAP_BOUNDS[name]
    return [value if least <= value <= most else None for value in read.tolist()]


def _totals(laps: tuple[dict[str, object], ...]) -> Totals:
    """Add up the laps; the heart rate is weighted by the laps' time."""
    return Totals(distance_m=_sum(laps, "distance_m"), timer_s=_sum(laps, "moving_s"), heart_bpm=_mean_heart(laps))


def _sum(laps: tuple[dict[str, object], ...], name: str) -> float | None:
    values = [value for lap in laps if isinstance(value := lap[name], float)]
    return sum(values) if values else None


def _mean_heart(laps: tuple[dict[str, object], ...]) -> float | None:
    pairs = [(lap["heart_bpm"], lap["moving_s"]) for lap in laps]
    known = [(beats, time) for beats, time in pairs if isinstance(beats, float) and isinstance(time, float) and time]
    return sum(beats * time for beats, time in known) / sum(time for _, time in known) if known else None


def _moment(text: str | None) -> dt.datetime | None:
    found: dt.datetime | None = moments([text or ""])[0][0]
    return found


def _from_laps(activity: Activity) -> pl.DataFrame:
    """Return a treadmill run without samples as its start, and its end with the distance that the laps add up to."""
    laps = list(_laps(activity))
    starts = [lap["started_at"] for lap in laps if lap["started_at"] is not None]
    start = starts[0] if starts else _moment(activity.facts.get("time"))
    time = _sum(tuple(laps), "moving_s")
    if start is None or not time:
        return RAW_SAMPLES.empty()
    at = pl.Series("sampled_at", [start, start], pl.Datetime("us", "UTC")) + pl.Series(
        [0, round(time * 1e6)], dtype=pl.Duration("us")
    )
    rows: list[dict[str, object]] = [
        {"sampled_at": at[0], "distance_m": 0.0, "segment": 0},
        {"sampled_at": at[1], "distance_m": _sum(tuple(laps), "distance_m"), "segment": 0},
    ]
    return RAW_SAMPLES.frame(rows)
