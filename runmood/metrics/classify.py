"""Whether what was recorded is a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.notices import NO_SPORT, NOT_A_RUN, NOT_RUNNING_PACE, SPORT_BY_PACE, TOO_SHORT, Notice

if TYPE_CHECKING:
    from runmood.core.models import DecodedRun


RUNNING = "running"
SHORTEST_S = 60.0
SHORTEST_M = 100.0
# Between a brisk walk and the marathon record (5.9 m/s): in motion, most people's runs lie within 1.9 and 5 m/s.
SLOWEST_RUN_M_S = 1.7
FASTEST_RUN_M_S = 6.0


def why_not_a_run(decoded: DecodedRun, measured: dict[str, object]) -> Notice | None:
    """Return why an activity is set aside; None when it is a run, by its sport or, without one, by its pace."""
    if decoded.sport not in (None, RUNNING):
        return NOT_A_RUN(sport=decoded.sport.replace("_", " "))
    elapsed_s, distance_m, moving_s = (_number(measured[name]) for name in ("elapsed_s", "distance_m", "moving_s"))
    if elapsed_s < SHORTEST_S or (measured["distance_m"] is not None and distance_m < SHORTEST_M):
        return TOO_SHORT(elapsed_s=elapsed_s, distance_m=distance_m)
    if decoded.sport == RUNNING:
        return None
    if not distance_m or not moving_s:
        return NO_SPORT()
    speed = distance_m / moving_s
    return None if SLOWEST_RUN_M_S <= speed <= FASTEST_RUN_M_S else NOT_RUNNING_PACE(speed_km_h=speed * 3.6)


def quality_flags(decoded: DecodedRun) -> tuple[Notice, ...]:
    """Return the notices on a run that was accepted."""
    return (SPORT_BY_PACE(),) if decoded.sport is None else ()


def _number(value: object) -> float:
    return value if isinstance(value, float) else 0.0
