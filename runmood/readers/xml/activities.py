"""From gathered texts to samples: columns at once, and no text can spoil more than its own value."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
import polars as pl

from runmood.core.models import DecodedRun, Totals
from runmood.core.notices import DAMAGED, MENDED, SAMPLES_DROPPED
from runmood.readers.parsing.sports import ON_FOOT, sport_of
from runmood.schema.tables import LAPS, RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import numpy.typing as npt

    from runmood.core.notices import Notice
    from runmood.readers.xml.parser import Activity, ParsedXml


_SECOND = 1_000_000
# Python's calendar ends at the year 9999, a file's does not; no watch has ever been there.
_CALENDAR = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
# A lap's new Track goes on without a pause when the next sample follows as closely as watches save samples.
_PAUSE_US = 10 * _SECOND
_AFTER_SECONDS = re.compile(r"(?:[.,](\d+))?\s*(?:[Zz]|([+-])(\d\d):?(\d\d)?)?")
_NUMBERS = tuple(column.name for column in RAW_SAMPLES.columns if column.dtype == pl.Float64)


@dataclass(frozen=True, slots=True)
class Samples:
    """The samples that have a usable time: a frame of RAW_SAMPLES, and which sample of the file each row was."""

    frame: pl.DataFrame
    numbers: npt.NDArray[np.int64]
    utc_offset_s: int | None

    def between(self, first: int, end: int) -> slice:
        """Return the rows of the file's samples from `first` to before `end`."""
        low, high = np.searchsorted(self.numbers, [first, end])
        return slice(int(low), int(high))


def samples(gathered: ParsedXml) -> Samples:
    """Return every sample of the file that has a usable time, in the order of the file."""
    found = gathered.texts.get("sampled_at", {})
    at, offset = moments(list(found.values()))
    timed = np.fromiter(found, np.int64, len(found))
    in_order = np.argsort(timed, kind="stable")
    in_order = in_order[at.is_not_null().to_numpy()[in_order]]
    timed, at = timed[in_order], at.gather(in_order)
    values = {name: _column(gathered.texts.get(name, {}), gathered.samples)[timed] for name in _NUMBERS}
    _drop_impossible(values["latitude_deg"], values["longitude_deg"])
    frame = pl.DataFrame(
        [
            at.alias("sampled_at"),
            *(pl.Series(name, column, nan_to_null=True) for name, column in values.items()),
            pl.Series("segment", _segments(gathered, timed, at.to_physical().to_numpy())),
        ]
    )
    return Samples(RAW_SAMPLES.check(frame), timed, offset)


def moments(texts: Sequence[str]) -> tuple[pl.Series, int | None]:
    """Parse times as UTC, null where a text is none, and the first offset from UTC that is not zero, in seconds.

    Takes Z, +hh:mm, +hhmm, +hh or nothing (UTC then), and any fraction; digits beyond the microsecond are cut.

    Returns:
        The times, one for each text, and the offset.
    """
    text = pl.col("text").str.strip_chars()
    seconds = text.str.slice(0, 19).str.replace(" ", "T", literal=True)
    read = pl.DataFrame({"text": texts}, schema={"text": pl.String}).select_seq(
        sampled_at=seconds.str.to_datetime(
            "%Y-%m-%dT%H:%M:%S", strict=False, time_unit="us", time_zone="UTC", cache=False
        ),
        tail=text.str.slice(19),
    )
    at, tails = read
    meanings = {tail: _meaning(tail) for tail in dict.fromkeys(tails)}
    if set(meanings) - {"Z"}:
        shifts = {tail: meaning[0] if meaning else None for tail, meaning in meanings.items()}
        at = at + tails.replace_strict(shifts, return_dtype=pl.Int64).cast(pl.Duration("us"))
    at = pl.select(pl.when(at.is_between(*_CALENDAR)).then(at)).to_series()
    offsets = (meaning[1] for meaning in meanings.values() if meaning)
    return at, next((offset for offset in offsets if offset), None)


def offset_of(text: str) -> int | None:
    """Return the offset from UTC in the text of a time, in seconds; null for none, and for zero."""
    meaning = _meaning(text.strip()[19:])
    return (meaning[1] if meaning else 0) or None


def _meaning(tail: str) -> tuple[int, int] | None:
    """Parse what follows the seconds: microseconds to add, and the offset from UTC in seconds; null for nonsense."""
    match = _AFTER_SECONDS.fullmatch(tail)
    if match is None:
        return None
    fraction, sign, hours, minutes = match.groups()
    offset = (int(hours or 0) * 60 + int(minutes or 0)) * 60 * (-1 if sign == "-" else 1)
    return int((fraction or "")[:6].ljust(6, "0")) - offset * _SECOND, offset


def numbers(texts: Iterable[str]) -> npt.NDArray[np.float64]:
    """Parse numbers; NaN where a text is none: blank, a decimal comma, a word, infinity."""
    column = pl.Series(list(texts), dtype=pl.String)
    read = column.cast(pl.Float64, strict=False)
    if read.null_count():
        read = column.str.strip_chars().cast(pl.Float64, strict=False)
    values = read.to_numpy()
    return np.where(np.isfinite(values), values, np.nan)


def _column(found: dict[int, str], count: int) -> npt.NDArray[np.float64]:
    """Return one number for each sample of the file; NaN where the sample has none."""
    column = np.full(count, np.nan)
    if found:
        column[np.fromiter(found, np.int64, len(found))] = numbers(found.values())
    return column


def _drop_impossible(latitude: npt.NDArray[np.float64], longitude: npt.NDArray[np.float64]) -> None:
    """Replace positions of which one value is absent or off the globe with NaN, in place."""
    nowhere = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))  # noqa: PLR2004 - the globe's own numbers
    latitude[nowhere] = np.nan
    longitude[nowhere] = np.nan


def _segments(gathered: ParsedXml, timed: npt.NDArray[np.int64], at_us: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Assign each sample its segment: every trkseg and Track begins one, but a lap's Track only after a pause."""
    begins = set(gathered.segments)
    for first in gathered.lap_segments:
        row = int(np.searchsorted(timed, first))
        if 0 < row < len(at_us) and at_us[row] - at_us[row - 1] > _PAUSE_US:
            begins.add(first)
    return np.searchsorted(np.array(sorted(begins), np.int64), timed, side="right").astype(np.int64)


# --- From what a file holds to its runs: which parts belong together, and what the device says of each.

_ONE_OUTING_S = 30 * 60
_MOST_STEPS_OF_ONE_LEG = 120
_FASTEST_TENTH = 0.9
_LAP_COLUMNS = ("moving_s", "distance_m", "heart_bpm")


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
        yield XmlActivity(activity, points if points.height else _from_laps(activity), dropped, damaged)


def _outings(parts: list[XmlActivity]) -> list[list[XmlActivity]]:
    """Group tracks that are one outing: of one sport, at most half an hour apart, in order of time."""
    outings: list[list[XmlActivity]] = []
    for part in sorted(parts, key=lambda part: part.times):
        before = outings[-1] if outings else []
        if before and _goes_on(before, part):
            before.append(part)
        else:
            outings.append([part])
    return outings


def _goes_on(before: list[XmlActivity], part: XmlActivity) -> bool:
    ended = max(earlier.times[1] for earlier in before)
    same_sport = before[0].activity.facts.get("sport") == part.activity.facts.get("sport")
    return same_sport and (part.times[0] - ended).total_seconds() <= _ONE_OUTING_S


def _run(group: list[XmlActivity], gathered: ParsedXml, utc_offset_s: int | None) -> DecodedRun:
    facts = group[0].activity.facts
    sport, sub_sport = sport_of(facts.get("sport"))
    points = pl.concat([part.points for part in group])
    partial = any(part.damaged for part in group)
    laps = tuple(_laps(group[0].activity))
    return DecodedRun(
        points=_segments_from_nought(_both_feet(points, sport)),
        sport=sport,
        sub_sport=sub_sport,
        name=facts.get("name") or gathered.facts.get("name"),
        device=facts.get("device") or gathered.facts.get("device"),
        totals=Totals() if partial else _totals(laps),
        laps=laps,
        utc_offset_s=utc_offset_s or offset_of(facts.get("time") or gathered.facts.get("time") or ""),
        partial=partial,
        notices=tuple(_notices(group, gathered, points.height)),
    )


def _notices(group: list[XmlActivity], gathered: ParsedXml, height: int) -> Iterator[Notice]:
    title = gathered.names.title
    if any(part.damaged for part in group):
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
    return points.with_columns(pl.col("cadence_spm") * 2)


def _segments_from_nought(points: pl.DataFrame) -> pl.DataFrame:
    """Count the segments of this run from zero."""
    segments = points["segment"].to_numpy()
    counted = np.cumsum(np.diff(segments, prepend=segments[:1]) != 0)
    return points if np.array_equal(segments, counted) else points.with_columns(segment=counted)


def _laps(activity: Activity) -> Iterator[dict[str, object]]:
    """Yield the laps as rows of LAPS without the recording's id; TCX has the timer's time only, pauses left out."""
    laps = [lap for lap in activity.laps if lap]
    if not laps:
        return
    starts, _ = moments([lap.get("time", "") for lap in laps])
    columns = {name: _possible(name, [lap.get(name, "") for lap in laps]) for name in _LAP_COLUMNS}
    for count, start in enumerate(starts):
        values = {name: column[count] for name, column in columns.items()}
        yield {"lap": count + 1, "started_at": start, "elapsed_s": None, **values}


def _possible(name: str, texts: list[str]) -> list[float | None]:
    """Return the numbers that a column of LAPS may hold; null for others."""
    least, most = next(column.bounds for column in LAPS.columns if column.name == name)
    return [float(value) if least <= value <= most else None for value in numbers(texts)]


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
