"""Convert the gathered texts to samples, whole columns at once; no text can spoil more than its own value."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from itertools import chain, compress
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from runmood.readers.xml.parser import NO_SAMPLES
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from runmood.readers.xml.parser import ParsedXml


_SECOND = 1_000_000
# Python's calendar ends at the year 9999, a file's does not; no watch has ever been there.
_CALENDAR = dt.datetime(1970, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)
_LAST_US = 7_258_118_400_000_000  # 2200
_REGULAR = {
    len(each): each for each in ("0000-00-00T00:00:00Z", "0000-00-00T00:00:00.000Z", "0000-00-00T00:00:00.000000Z")
}
_PLACES = np.array([1000, 100, 10, 1])
_FRACTIONS = 10 ** np.arange(5, -1, -1)
_NINE, _MONTHS, _HOURS, _SIXTY = 9, 12, 24, 60
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
    at_us, offset = _times(gathered)
    timed = np.flatnonzero(at_us >= 0)
    whole = len(timed) == gathered.samples
    values = _columns(gathered)
    _drop_impossible(values)
    columns = (
        pl.Series(name, column if whole else column[timed], nan_to_null=True)
        if column is not None
        else pl.Series(name, [None], pl.Float64).new_from_index(0, len(timed))
        for name, column in values.items()
    )
    at_us = at_us if whole else at_us[timed]
    frame = pl.DataFrame(
        [
            _as_moments(at_us).alias("sampled_at"),
            *columns,
            pl.Series("segment", _segments(gathered, timed, at_us)),
        ]
    )
    return Samples(RAW_SAMPLES.check(frame), timed, offset)


def _times(gathered: ParsedXml) -> tuple[npt.NDArray[np.int64], int | None]:
    """Return the microseconds of each sample of the file since 1970, -1 without a usable time, and the offset."""
    at_us = np.full(gathered.samples, -1, np.int64)
    numbers_, texts = _texts_of(gathered, "sampled_at")
    found, offset = _regular_times(texts), None
    if found is None:
        at, offset = moments(texts)
        found = at.to_physical().fill_null(-1).to_numpy()
    at_us[numbers_] = found
    return at_us, offset


def _texts_of(gathered: ParsedXml, column: str) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return the texts of a column and the numbers of their samples: those that marks stood for, then the others."""
    parts = list(gathered.marked.get(column, ()))
    if found := gathered.texts.get(column):
        parts.append((np.array(list(found), np.int64), list(map(str.strip, found.values()))))
    if len(parts) == 1:
        return parts[0]
    numbers_ = np.concatenate([NO_SAMPLES, *(each for each, _ in parts)])
    return numbers_, list(chain.from_iterable(texts for _, texts in parts))


def _regular_times(texts: Sequence[str]) -> npt.NDArray[np.int64] | None:
    """Return the microseconds of times of the commonest kinds, like 2025-05-04T08:00:00Z; null for any others."""
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    at_us = np.empty(len(texts), np.int64)
    for length in np.unique(lengths).tolist():
        rows = lengths == length
        of_length = texts if rows.all() else list(compress(texts, rows))
        found = _like(_REGULAR[length], of_length) if length in _REGULAR else None
        if found is None:
            return None
        at_us[rows] = found
    return at_us


def _like(pattern: str, texts: Sequence[str]) -> npt.NDArray[np.int64] | None:
    """Return the microseconds of times that are all written like a pattern; null where one is not, or is none."""
    letters = np.frombuffer("".join(texts).encode("latin-1", "replace"), np.uint8).reshape(len(texts), -1)
    shape = np.frombuffer(pattern.encode(), np.uint8)
    is_figure = shape == ord("0")
    figures = letters[:, is_figure].astype(np.int64) - ord("0")
    if (letters[:, ~is_figure] != shape[~is_figure]).any() or (figures < 0).any() or (figures > _NINE).any():
        return None
    year = figures[:, :4] @ _PLACES
    month, day, hour, minute, second = (figures[:, 4:14:2] * 10 + figures[:, 5:14:2]).T
    micros = figures[:, 14:] @ _FRACTIONS[: figures.shape[1] - 14]
    months = (year - 1970) * 12 + month - 1
    days = months.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64) + day - 1
    at_us = (((days * 24 + hour) * 60 + minute) * 60 + second) * _SECOND + micros
    is_true = (month >= 1) & (month <= _MONTHS) & (hour < _HOURS) & (minute < _SIXTY) & (second < _SIXTY)
    is_true &= days.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64) == months  # no 31 February
    return at_us if (is_true & (at_us >= 0) & (at_us <= _LAST_US)).all() else None


def _as_moments(at_us: npt.NDArray[np.int64]) -> pl.Series:
    return pl.Series(at_us).cast(pl.Datetime("us", "UTC"))


def moments(texts: Sequence[str]) -> tuple[pl.Series, int | None]:
    """Parse times as UTC, null where a text is none, and the first offset from UTC that is not zero, in seconds.

    Takes Z, +hh:mm, +hhmm, +hh or nothing (UTC then), and any fraction; digits beyond the microsecond are cut.

    Returns:
        The times, one for each text, and the offset.
    """
    regular = _regular_times(texts)
    if regular is not None:
        return _as_moments(regular), None
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
    """Parse numbers, some written with a decimal comma; NaN where a text is none: blank, a word, infinity."""
    column = pl.Series(list(texts), dtype=pl.String)
    read = column.cast(pl.Float64, strict=False)
    if read.null_count():
        plain = column.str.strip_chars().str.replace(",", ".", literal=True)
        read = plain.cast(pl.Float64, strict=False)
    values = read.to_numpy()
    return np.where(np.isfinite(values), values, np.nan)


def _columns(gathered: ParsedXml) -> dict[str, npt.NDArray[np.float64] | None]:
    """Return one number for each sample of the file, NaN where it has none, by column; null where no sample has one."""
    written = {name: _texts_of(gathered, name) for name in _NUMBERS}
    read = numbers(chain.from_iterable(texts for _, texts in written.values()))
    ends = np.cumsum([len(texts) for _, texts in written.values()])
    columns: dict[str, npt.NDArray[np.float64] | None] = dict.fromkeys(_NUMBERS)
    for (name, (numbers_, texts)), values in zip(written.items(), np.split(read, ends[:-1]), strict=True):
        if texts:
            columns[name] = column = np.full(gathered.samples, np.nan)
            column[numbers_] = values
    return columns


def _drop_impossible(values: dict[str, npt.NDArray[np.float64] | None]) -> None:
    """Replace positions of which one value is absent or off the globe with NaN, in place."""
    latitude, longitude = values["latitude_deg"], values["longitude_deg"]
    if latitude is None or longitude is None:
        values["latitude_deg"] = values["longitude_deg"] = None
        return
    nowhere = ~((np.abs(latitude) <= 90) & (np.abs(longitude) <= 180))  # noqa: PLR2004 - the globe's own numbers
    latitude[nowhere] = np.nan
    longitude[nowhere] = np.nan


def _segments(gathered: ParsedXml, timed: npt.NDArray[np.int64], at_us: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Count the segments from 0: every trkseg and Track begins one, but a lap's Track only after a pause."""
    begins = set(gathered.segments)
    for first in gathered.lap_segments:
        row = int(np.searchsorted(timed, first))
        if 0 < row < len(at_us) and at_us[row] - at_us[row - 1] > _PAUSE_US:
            begins.add(first)
    found: npt.NDArray[np.int64] = np.searchsorted(np.array(sorted(begins), np.int64), timed, side="right")
    return found - (found[0] if len(found) else 0)
