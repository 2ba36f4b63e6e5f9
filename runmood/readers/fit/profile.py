"""The messages and fields runmood reads, by the public FIT profile: number, name, divisor and offset of each.

A value is `raw / divisor - offset`. Fields that are not here are stepped over.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from runmood.core.i18n import Message, Name, message

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
        0: Field("type"), 1: Field("maker"), 2: Field("product"), 3: Field("serial"), 4: _date("created"),
        8: _text("product_name"),
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


GARMIN = 1

MAKERS: dict[int, str] = {
    1: "Garmin", 13: "Dynastream", 15: "Dynastream", 16: "Timex", 23: "Suunto", 32: "Wahoo", 38: "o-synce",
    52: "Epson", 61: "Geonaute", 63: "Specialized", 69: "Stages", 70: "SIGMA", 71: "TomTom", 86: "Elite",
    89: "Tacx", 95: "Stryd", 111: "Technogym", 115: "iGPSPORT", 122: "Johnson", 123: "Polar", 127: "LEOMO",
    128: "iFIT", 129: "COROS", 140: "Decathlon", 142: "TAG Heuer", 144: "Zwift", 148: "EZON", 258: "Lezyne",
    260: "Zwift", 262: "Recon", 265: "Strava", 267: "Bryton", 281: "TrainerRoad", 282: "The Sufferfest",
    289: "Hammerhead", 294: "COROS", 300: "NURVV", 305: "WHOOP", 307: "OneLap", 309: "FORM", 310: "Decathlon",
    315: "RGT", 321: "Lululemon", 326: "Nike", 331: "MyWhoosh", 337: "Runna", 339: "Zepp", 340: "Peloton",
    348: "Huawei",
}  # fmt: skip

GARMIN_WATCHES: dict[int, str] = {
    717: "Forerunner 405", 782: "Forerunner 50", 988: "Forerunner 60", 1018: "Forerunner 310XT",
    1124: "Forerunner 110", 1328: "Forerunner 910XT", 1345: "Forerunner 610", 1436: "Forerunner 70",
    1446: "Forerunner 310XT", 1482: "Forerunner 10", 1499: "Swim", 1551: "fenix", 1623: "Forerunner 620",
    1632: "Forerunner 220", 1765: "Forerunner 920XT", 1903: "Forerunner 15", 1907: "vivoactive", 1967: "fenix 2",
    1988: "epix", 2050: "fenix 3", 2148: "Forerunner 25", 2153: "Forerunner 225", 2156: "Forerunner 630",
    2157: "Forerunner 230", 2158: "Forerunner 735XT", 2337: "vivoactive HR", 2413: "fenix 3 HR",
    2431: "Forerunner 235", 2503: "Forerunner 35", 2544: "fenix 5S", 2604: "fenix 5X", 2691: "Forerunner 935",
    2697: "fenix 5", 2700: "vivoactive 3", 2886: "Forerunner 645", 2888: "Forerunner 645 Music",
    2891: "Forerunner 30", 2900: "fenix 5S Plus", 2988: "vivoactive 3 Music", 3076: "Forerunner 245",
    3077: "Forerunner 245 Music", 3110: "fenix 5 Plus", 3111: "fenix 5X Plus", 3113: "Forerunner 945",
    3224: "vivoactive 4S", 3225: "vivoactive 4", 3226: "Venu", 3282: "Forerunner 45", 3287: "fenix 6S",
    3288: "fenix 6S", 3289: "fenix 6", 3290: "fenix 6", 3291: "fenix 6X", 3466: "Instinct Solar",
    3589: "Forerunner 745", 3596: "Venu Sq Music", 3600: "Venu Sq", 3638: "Enduro", 3652: "Forerunner 945 LTE",
    3703: "Venu 2", 3704: "Venu 2S", 3851: "Venu 2 Plus", 3869: "Forerunner 55", 3888: "Instinct 2",
    3889: "Instinct 2S", 3905: "fenix 7S", 3906: "fenix 7", 3907: "fenix 7X", 3943: "epix (Gen 2)",
    3990: "Forerunner 255 Music", 3991: "Forerunner 255S Music", 3992: "Forerunner 255", 3993: "Forerunner 255S",
    4024: "Forerunner 955", 4115: "Venu Sq 2", 4116: "Venu Sq 2 Music", 4257: "Forerunner 265",
    4258: "Forerunner 265S", 4260: "Venu 3", 4261: "Venu 3S", 4312: "epix Pro 42 mm", 4313: "epix Pro 47 mm",
    4314: "epix Pro 51 mm", 4315: "Forerunner 965", 4341: "Enduro 2", 4374: "fenix 7S Pro Solar",
    4375: "fenix 7 Pro Solar", 4376: "fenix 7X Pro Solar", 4394: "Instinct 2X", 4426: "vivoactive 5",
    4432: "Forerunner 165", 4433: "Forerunner 165 Music", 4532: "fenix 8 Solar", 4533: "fenix 8 Solar 51 mm",
    4534: "fenix 8 43 mm", 4536: "fenix 8", 4565: "Forerunner 970", 4570: "Forerunner 570", 4574: "Forerunner 570S",
    4575: "Enduro 3", 4625: "vivoactive 6", 4631: "fenix 8 Pro", 4643: "Venu 4", 4644: "Venu 4S",
    4814: "Forerunner 170 Music", 4815: "Forerunner 170", 4916: "Forerunner 70 (2026)", 5134: "fenix 9",
    5169: "Enduro 4",
}  # fmt: skip


def device_name(maker: float, product: float, named: str | None) -> str | None:
    """Name the device, "Garmin Forerunner 245"; null where neither maker nor product is known."""
    make = None if isnan(maker) else MAKERS.get(int(maker))
    model = named or _model(maker, product)
    if make is None or model is None:
        return model or make
    return model if model.lower().startswith(make.lower()) else f"{make} {model}"


def _model(maker: float, product: float) -> str | None:
    if maker != GARMIN or isnan(product):
        return None
    return GARMIN_WATCHES.get(int(product), f"product {int(product)}")


ACTIVITY_FILES = 4

_KINDS = {1, 2, 3, 5, 6, 7, 9, 10, 11, 14, 15, 20, 28, 32, 34, 35, 40, 44, 49, 68}  # those that the catalogues name


def file_kind(number: float) -> Message:
    """Name the kind of file, with its article."""
    if isnan(number):
        return message("fit_file.unsaid")
    known = int(number) in _KINDS
    return message(f"fit_file.{int(number)}") if known else message("fit_file.other", kind=Name(int(number)))


SPORTS: dict[int, str] = {
    1: "running", 2: "cycling", 3: "transition", 4: "fitness_equipment", 5: "swimming", 6: "basketball",
    7: "soccer", 8: "tennis", 9: "american_football", 10: "training", 11: "walking", 12: "cross_country_skiing",
    13: "alpine_skiing", 14: "snowboarding", 15: "rowing", 16: "mountaineering", 17: "hiking", 18: "multisport",
    19: "paddling", 20: "flying", 21: "e_biking", 22: "motorcycling", 23: "boating", 24: "driving", 25: "golf",
    26: "hang_gliding", 27: "horseback_riding", 28: "hunting", 29: "fishing", 30: "inline_skating",
    31: "rock_climbing", 32: "sailing", 33: "ice_skating", 34: "sky_diving", 35: "snowshoeing", 36: "snowmobiling",
    37: "stand_up_paddleboarding", 38: "surfing", 39: "wakeboarding", 40: "water_skiing", 41: "kayaking",
    42: "rafting", 43: "windsurfing", 44: "kitesurfing", 45: "tactical", 46: "jumpmaster", 47: "boxing",
    48: "floor_climbing", 49: "baseball", 53: "diving", 56: "shooting", 58: "winter_sport", 59: "grinding",
    62: "hiit", 63: "video_gaming", 64: "racket", 65: "wheelchair_push_walk", 66: "wheelchair_push_run",
    67: "meditation", 68: "para_sport", 69: "disc_golf", 70: "team_sport", 71: "cricket", 72: "rugby", 73: "hockey",
    74: "lacrosse", 75: "volleyball", 76: "water_tubing", 77: "wakesurfing", 78: "water_sport", 79: "archery",
    80: "mixed_martial_arts", 81: "motor_sports", 82: "snorkeling", 83: "dance", 84: "jump_rope", 85: "pool_apnea",
    86: "mobility", 87: "geocaching", 88: "canoeing",
}  # fmt: skip

SUB_SPORTS: dict[int, str] = {
    1: "treadmill", 2: "street", 3: "trail", 4: "track", 5: "spin", 6: "indoor_cycling", 7: "road", 8: "mountain",
    9: "downhill", 10: "recumbent", 11: "cyclocross", 12: "hand_cycling", 13: "track_cycling", 14: "indoor_rowing",
    15: "elliptical", 16: "stair_climbing", 17: "lap_swimming", 18: "open_water", 19: "flexibility_training",
    20: "strength_training", 21: "warm_up", 22: "match", 23: "exercise", 24: "challenge", 25: "indoor_skiing",
    26: "cardio_training", 27: "indoor_walking", 28: "e_bike_fitness", 29: "bmx", 30: "casual_walking",
    31: "speed_walking", 32: "bike_to_run_transition", 33: "run_to_bike_transition", 34: "swim_to_bike_transition",
    35: "atv", 36: "motocross", 37: "backcountry", 38: "resort", 39: "rc_drone", 40: "wingsuit", 41: "whitewater",
    42: "skate_skiing", 43: "yoga", 44: "pilates", 45: "indoor_running", 46: "gravel_cycling",
    47: "e_bike_mountain", 48: "commuting", 49: "mixed_surface", 50: "navigate", 51: "track_me", 52: "map",
    53: "single_gas_diving", 54: "multi_gas_diving", 55: "gauge_diving", 56: "apnea_diving", 57: "apnea_hunting",
    58: "virtual_activity", 59: "obstacle", 62: "breathing", 63: "ccr_diving", 65: "sail_race", 66: "expedition",
    67: "ultra", 68: "indoor_climbing", 69: "bouldering", 70: "hiit", 71: "indoor_grinding",
    72: "hunting_with_dogs", 73: "amrap", 74: "emom", 75: "tabata", 77: "esport", 78: "triathlon", 79: "duathlon",
    80: "brick", 81: "swim_run", 82: "adventure_race", 83: "trucker_workout", 84: "pickleball", 85: "padel",
    86: "indoor_wheelchair_walk", 87: "indoor_wheelchair_run", 88: "indoor_hand_cycling", 90: "field", 91: "ice",
    92: "ultimate", 93: "platform", 94: "squash", 95: "badminton", 96: "racquetball", 97: "table_tennis",
    98: "overland", 99: "trolling_motor", 110: "fly_canopy", 111: "fly_paraglide", 112: "fly_paramotor",
    113: "fly_pressurized", 114: "fly_navigate", 115: "fly_timer", 116: "fly_altimeter", 117: "fly_wx",
    118: "fly_vfr", 119: "fly_ifr", 121: "dynamic_apnea", 123: "enduro", 124: "rucking", 125: "rally",
    126: "pool_triathlon", 127: "e_bike_enduro",
}  # fmt: skip

TWO_LEGGED = frozenset({"running", "walking", "hiking"})


def sport_name(number: float) -> str | None:
    """Name the sport in lower case; null where the file has none, "sport 99" where only its maker knows the name."""
    if isnan(number) or number in {0, 254}:
        return None
    return SPORTS.get(int(number), f"sport {int(number)}")


def sub_sport_name(number: float) -> str | None:
    """Name the kind of the sport: treadmill, trail, track; null where absent or unknown."""
    return None if isnan(number) else SUB_SPORTS.get(int(number))
