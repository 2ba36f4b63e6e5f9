"""The messages and fields runmood reads, by the public FIT profile: number, name, divisor and offset of each.

A value is `raw / divisor - offset`. Fields that are not here are stepped over.
"""

from __future__ import annotations

from dataclasses import dataclass

FILE_ID = 0
SPORT = 12
SESSION = 18
LAP = 19
RECORD = 20
EVENT = 21
DEVICE_INFO = 23
WORKOUT = 26
ACTIVITY = 34
HEART = 132
FIELD_DESCRIPTION = 206

TIMESTAMP = 253

SEMICIRCLES = 2**31 / 180  # in one degree
SECONDS_TO_1990 = 631_065_600  # from 1970 to the last midnight of 1989 in UTC, where FIT begins to count
LEAST_DATE = 0x10000000  # smaller timestamps count from the moment the device was switched on


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, and how the whole number in the file becomes a value.

    `shape` is "number", "date" for a number that counts seconds, "text", or "list" where each message holds several
    numbers.
    """

    name: str
    divisor: float = 1
    offset: float = 0
    shape: str = "number"


def _date(name: str) -> Field:
    return Field(name, shape="date")


def _text(name: str) -> Field:
    return Field(name, shape="text")


def _list(name: str, divisor: float = 1) -> Field:
    return Field(name, divisor, shape="list")


TIME = _date("timestamp")  # in every message, under the number TIMESTAMP

FIELDS: dict[int, dict[int, Field]] = {
    FILE_ID: {
        0: Field("type"), 1: Field("maker"), 2: Field("product"), 4: _date("created"), 8: _text("product_name"),
    },
    SPORT: {0: Field("sport"), 1: Field("sub_sport"), 3: _text("name")},
    SESSION: {
        2: _date("start"), 5: Field("sport"), 6: Field("sub_sport"), 7: Field("elapsed_s", 1000),
        8: Field("timer_s", 1000), 9: Field("distance_m", 100), 16: Field("heart_bpm"), 22: Field("ascent_m"),
        110: _text("name"), 193: Field("effort", 10),
    },
    LAP: {
        2: _date("start"), 7: Field("elapsed_s", 1000), 8: Field("moving_s", 1000), 9: Field("distance_m", 100),
        15: Field("heart_bpm"), 25: Field("sport"), 39: Field("sub_sport"),
    },
    RECORD: {
        0: Field("latitude_deg", SEMICIRCLES), 1: Field("longitude_deg", SEMICIRCLES),
        2: Field("altitude_m", 5, 500), 3: Field("heart_bpm"), 4: Field("cadence"), 5: Field("distance_m", 100),
        6: Field("speed_m_s", 1000), 7: Field("power_w"), 8: _list("speed_and_distance"), 13: Field("temperature_c"),
        52: Field("cadence256", 256), 53: Field("cadence_fraction", 128), 73: Field("enhanced_speed_m_s", 1000),
        78: Field("enhanced_altitude_m", 5, 500),
    },
    EVENT: {0: Field("event"), 1: Field("event_type")},
    DEVICE_INFO: {0: Field("index"), 2: Field("maker"), 4: Field("product"), 27: _text("product_name")},
    WORKOUT: {8: _text("name")},
    ACTIVITY: {5: _date("local")},
    HEART: {
        0: Field("fraction_s", 32768), 6: _list("heart_bpm"), 9: _list("event_s", 1024), 10: _list("event_12"),
    },
    FIELD_DESCRIPTION: {
        0: Field("developer"), 1: Field("field"), 2: Field("base"), 3: _text("name"), 6: Field("divisor"),
        7: Field("offset"), 8: _text("units"), 14: Field("message"), 15: Field("native"),
    },
}  # fmt: skip
