"""What kind of file a FIT file says it is, in the words a notice uses."""

from __future__ import annotations

from math import isnan

ACTIVITY = 4

_KINDS = {
    1: "a description of a device",
    2: "a device's settings",
    3: "a device's sport settings",
    5: "a workout to follow",
    6: "a course",
    7: "a schedule of workouts",
    9: "a set of weight measurements",
    10: "a list of totals",
    11: "a list of goals",
    14: "a set of blood pressure measurements",
    15: "all-day monitoring",
    20: "a summary without samples",
    28: "all-day monitoring",
    32: "all-day monitoring",
    34: "a segment",
    35: "a list of segments",
    40: "a display's settings",
    44: "a watch's own metrics",
    49: "a night's sleep",
    68: "heart rate variability overnight",
}


def file_kind(number: float) -> str:
    """The kind of file in words, with its article."""
    if isnan(number):
        return "a FIT file that does not say what it is"
    return _KINDS.get(int(number), f"a FIT file of kind {int(number)}")
