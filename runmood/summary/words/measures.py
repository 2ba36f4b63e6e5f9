"""Times, paces and heights as a watch shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.summary.words.phrases import METRES_A_UNIT, UNIT_SHORT

if TYPE_CHECKING:
    from runmood.terms.speech import Units

METRES_A_FOOT = 0.3048


def clock(seconds: float | None) -> str:
    """Minutes and seconds, with hours from one on: 5:21, 1:04:10; nothing of an unknown time."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def pace(s_km: float | None, units: Units) -> str:
    """A pace in the person's units: 5:21 /km, 8:37 /mi."""
    return f"{clock(s_km * METRES_A_UNIT[units] / 1000)} /{UNIT_SHORT[units]}" if s_km else ""


def height(metres: float | None, units: Units) -> str:
    """A climb in metres or feet, whole."""
    if metres is None:
        return ""
    return f"{metres:.0f} m" if units == "metric" else f"{metres / METRES_A_FOOT:.0f} ft"


def temperature(celsius: float | None, units: Units) -> str:
    """Degrees Celsius, or Fahrenheit for who thinks in miles."""
    if celsius is None:
        return ""
    return f"{celsius:.0f} °C" if units == "metric" else f"{celsius * 9 / 5 + 32:.0f} °F"
