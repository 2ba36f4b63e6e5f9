"""The samples of a FIT file as two other readers see them, in the columns of RAW_SAMPLES."""

from __future__ import annotations

import datetime as dt
import io
import math
from typing import Any

import fitparse
import numpy as np
import polars as pl
from fitparse.records import DEV_TYPES
from garmin_fit_sdk import Decoder, Stream

from runmood.schema.tables import RAW_SAMPLES

EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
ON_FOOT = {"running", "walking", "hiking", None}
SEMICIRCLE = 180 / 2**31

# RAW_SAMPLES's columns but cadence: the fields that give each, the preferred one first, and what to multiply with.
FIELDS = {
    "latitude_deg": (("position_lat",), SEMICIRCLE),
    "longitude_deg": (("position_long",), SEMICIRCLE),
    "altitude_m": (("enhanced_altitude", "altitude"), 1),
    "distance_m": (("distance",), 1),
    "speed_m_s": (("enhanced_speed", "speed"), 1),
    "heart_bpm": (("heart_rate",), 1),
    "power_w": (("power",), 1),
    "temperature_c": (("temperature",), 1),
}


def by_garmin_sdk(content: bytes) -> list[dict[str, Any]]:
    """Every record that Garmin's own reader yields, seconds since the FIT epoch as time; raises if it complains."""
    records = []
    stream = Stream.from_byte_array(bytearray(content))
    while stream.position() < stream.get_length():
        messages, errors = Decoder(stream).read(convert_datetimes_to_dates=False)
        if errors:
            raise ValueError(str(errors[0]))
        records += messages.get("record_mesgs", [])
        if stream.get_length() - stream.position() < 14:
            break
    return records


def by_fitparse(content: bytes) -> list[dict[str, Any]]:
    """Every record that fitparse yields; the first value of a name wins."""
    DEV_TYPES.clear()
    records = []
    for message in fitparse.FitFile(io.BytesIO(content), check_crc=False).get_messages("record"):
        record: dict[str, Any] = {}
        for field in message.fields:
            if not isinstance(field.field_def, fitparse.records.DevFieldDefinition):
                record.setdefault(field.name, field.value)
        if isinstance(record.get("timestamp"), dt.datetime):
            record["timestamp"] = (record["timestamp"].replace(tzinfo=dt.UTC) - EPOCH).total_seconds()
        records.append(record)
    return records


def differences(points: pl.DataFrame, records: list[dict[str, Any]], sports: list[str | None]) -> dict[str, int]:
    """For each column, in how many samples the two readers differ; the count of samples first of all.

    `sports` tells for each sample what was done, since only on foot cadence counts twice.
    """
    if len(points) != len(records):
        return {"samples": len(points) - len(records)}
    found = {}
    for name, values in _expected(records, sports).items():
        ours = _seconds(points["sampled_at"]) if name == "sampled_at" else points[name].to_numpy()
        wrong = ~np.isclose(ours.astype(float), values, rtol=1e-12, atol=1e-9, equal_nan=True)
        if wrong.any():
            found[name] = int(wrong.sum())
    return found


def _expected(records: list[dict[str, Any]], sports: list[str | None]) -> dict[str, np.ndarray]:
    columns = {"sampled_at": np.array([_number(record, ("timestamp",)) for record in records])}
    for name, (fields, factor) in FIELDS.items():
        columns[name] = np.array([_number(record, fields) for record in records]) * factor
    fraction = np.array([_number(record, ("fractional_cadence",)) for record in records])
    cadence = np.array([_number(record, ("cadence",)) for record in records]) + np.nan_to_num(fraction)
    columns["cadence_spm"] = cadence * np.array([2 if sport in ON_FOOT else 1 for sport in sports])
    assert set(columns) == set(RAW_SAMPLES.schema) - {"segment"}
    return columns


def _number(record: dict[str, Any], names: tuple[str, ...]) -> float:
    for name in names:
        value = record.get(name)
        value = value[0] if isinstance(value, list | tuple) and value else value
        if isinstance(value, int | float):
            return float(value)
    return math.nan


def _seconds(moments: pl.Series) -> np.ndarray:
    return (moments.cast(pl.Int64).to_numpy() / 1e6) - EPOCH.timestamp()
