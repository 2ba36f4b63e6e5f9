"""Convert the gathered texts to samples, whole columns at once; no text can spoil more than its own value."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from runmood.readers.xml.parser import ParsedXml


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
