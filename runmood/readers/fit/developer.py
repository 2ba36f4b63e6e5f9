"""Developer fields that can replace a native column which a file lacks."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from runmood.readers.fit.profile import FIELDS, RECORD
from runmood.readers.fit.protocol import DeveloperField

if TYPE_CHECKING:
    from runmood.readers.fit.messages import MessageColumns

_NAMES = {
    "power": "power_w",
    "running power": "power_w",
    "runpower": "power_w",
    "stryd power": "power_w",
    "cadence": "cadence",
    "run cadence": "cadence",
    "stryd cadence": "cadence",
    "heart rate": "heart_bpm",
    "heartrate": "heart_bpm",
    "hr": "heart_bpm",
    "distance": "distance_m",
    "stryd distance": "distance_m",
    "speed": "speed_m_s",
    "stryd speed": "speed_m_s",
    "elevation": "altitude_m",
    "altitude": "altitude_m",
}

_UNITS = {
    "power_w": {"w", "watt", "watts"},
    "cadence": {"rpm", "spm", "strides/min", "steps/min"},
    "heart_bpm": {"bpm"},
    "distance_m": {"m", "meter", "meters", "metres"},
    "speed_m_s": {"m/s"},
    "altitude_m": {"m", "meter", "meters", "metres"},
}

_STEPS = {"spm", "steps/min"}  # both feet; the native field counts one
_ENHANCED = {"enhanced_speed_m_s": "speed_m_s", "enhanced_altitude_m": "altitude_m"}


def developer_overrides(descriptions: MessageColumns) -> dict[tuple[int, int], DeveloperField]:
    """Return developer fields of the records that can replace native columns, those that name one first.

    The key is the developer's index and the field's number, as the definitions use them.

    Returns:
        The fields by their key.
    """
    by_number: dict[tuple[int, int], DeveloperField] = {}
    by_name: dict[tuple[int, int], DeveloperField] = {}
    texts = zip(descriptions.text("name"), descriptions.text("units"), strict=True)
    for row, (name, units) in zip(descriptions.each(), texts, strict=True):
        if not {"developer", "field", "base"} <= row.keys() or row.get("message", RECORD) != RECORD:
            continue
        key = int(row["developer"]), int(row["field"])
        native = _native(row.get("native", float("nan")))
        named = _named(name, units)
        if native or named:
            (by_number if native else by_name)[key] = _field(key, native or named, row, units)
    return by_number | by_name


def _native(number: float) -> str:
    field = None if isnan(number) else FIELDS[RECORD].get(int(number))
    if field is None or field.shape != "number":
        return ""
    return _ENHANCED.get(field.name, field.name) if _ENHANCED.get(field.name, field.name) in _UNITS else ""


def _named(name: str | None, units: str | None) -> str:
    column = _NAMES.get((name or "").lower().replace("_", " "), "")
    return column if (units or "").lower() in _UNITS.get(column, ()) else ""


def _field(key: tuple[int, int], column: str, row: dict[str, float], units: str | None) -> DeveloperField:
    legs = 2 if column == "cadence" and (units or "").lower() in _STEPS else 1
    divisor = (row.get("divisor") or 1) * legs
    return DeveloperField(column, f"developer {key[0]}.{key[1]}", int(row["base"]), divisor, row.get("offset", 0.0))
