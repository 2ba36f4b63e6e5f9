"""What the numbers for makers and watches mean, by the public FIT profile: those that record runs."""

from __future__ import annotations

from math import isnan

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
    """The device in words, "Garmin Forerunner 245"; null where neither maker nor product is known."""
    make = None if isnan(maker) else MAKERS.get(int(maker))
    model = named or _model(maker, product)
    if make is None or model is None:
        return model or make
    return model if model.lower().startswith(make.lower()) else f"{make} {model}"


def _model(maker: float, product: float) -> str | None:
    if maker != GARMIN or isnan(product):
        return None
    return GARMIN_WATCHES.get(int(product), f"product {int(product)}")
