"""The events of intervals.icu's calendar, as its interface gives them: `/api/v1/athlete/{id}/events` saved in a file.

Known from programs that write and read it (docs/plans.md): a list of objects with `start_date_local`, `category`
(WORKOUT, RACE_A …, NOTE, HOLIDAY …), `type` (Run, TrailRun, Ride …), `name`, `description`, and, where the workout has
them, `moving_time` in seconds and `distance` in metres.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from runmood.journal.plans.files.session import BadPlanError, PlanFile, Session, Sport, amount, day_in

if TYPE_CHECKING:
    from runmood.journal.plans.files.session import Window

    Event = dict[str, object]

RUNS = {"Run", "TrailRun", "VirtualRun"}
PLANS = ("WORKOUT", "RACE")  # what a category begins with; notes, holidays and targets plan no session


def read_events(content: bytes, name: str, _window: Window) -> PlanFile:
    """The workouts and races of a list of events."""
    try:
        events = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise BadPlanError(name, f"it is no JSON that can be read ({fault})") from fault
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise BadPlanError(name, "it is no list of intervals.icu's events")
    return PlanFile("intervals.icu", tuple(_session(event, name, number) for number, event in enumerate(events, 1)))


def _session(event: Event, name: str, number: int) -> Session:
    try:
        return Session(
            date=day_in(_text(event, "start_date_local")),
            title=_text(event, "name"),
            place=f"event {number}",
            detail=_text(event, "description"),
            sport=_sport(event),
            distance_m=_amount(event, "distance"),
            planned_s=_amount(event, "moving_time"),
        )
    except ValueError as fault:
        raise BadPlanError(name, f"event {number}: {fault}") from fault


def _sport(event: Event) -> Sport | None:
    """What the event is; a workout without a type may be told by its name."""
    if not str(event.get("category") or PLANS[0]).startswith(PLANS):
        return Sport.OTHER
    kind = event.get("type")
    return None if kind is None else Sport.RUN if kind in RUNS else Sport.OTHER


def _text(event: Event, item: str) -> str:
    """A text; half of a pair of surrogates, which JSON may hold, is none."""
    return str(event.get(item) or "").encode(errors="replace").decode()


def _amount(event: Event, item: str) -> float | None:
    value = event.get(item)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"{item} is {value}, which is no number")  # noqa: TRY004 - a fault of the file
    return amount(item, value)
