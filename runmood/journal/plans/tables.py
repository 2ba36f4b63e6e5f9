"""Plans in a table: the person's own sheet, and the workouts that TrainingPeaks exports.

TrainingPeaks' columns were checked against exports that people published (docs/plans.md): hours are decimal, distances
metres, and `Day Off` is a kind of workout.
"""

from __future__ import annotations

import csv
import io
import json
from itertools import zip_longest
from typing import TYPE_CHECKING

from runmood.core.i18n import Message, message
from runmood.journal.plans.models import (
    BadPlanError,
    PlanFile,
    Session,
    Sport,
    WrongCellError,
    amount,
    calendar_name,
    day_in,
    sessions_and_rest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from runmood.journal.plans.models import SetAside, Window


if TYPE_CHECKING:
    Row = dict[str, str]

OWN_COLUMNS = ("date", "planned", "distance_km", "duration_min", "name")
OWN_NEEDED = ("date", "planned")
TRAININGPEAKS_NEEDED = {"title", "workouttype", "workoutday"}
OWN_SPORTS = {"run": Sport.RUN, "rest": Sport.REST}
TRAININGPEAKS_SPORTS = {"run": Sport.RUN, "day off": Sport.REST}
SPORT_UNSAID = {"", "brick", "custom", "other", "race"}  # the title may say it
A_KM, A_MINUTE, AN_HOUR = 1000, 60, 3600


def read_sheet(content: bytes, name: str, _window: Window) -> PlanFile:
    """Return the sessions of a table, by its header."""
    text = content.decode("utf-8-sig", errors="replace")
    try:
        rows = _rows(text)
        header = next(rows)[1].keys()
        if header >= TRAININGPEAKS_NEEDED:
            return PlanFile("TrainingPeaks", *_sessions(rows, name, _trainingpeaks_session, "title"))
        _check_header(set(header), name)
        return PlanFile(calendar_name(name), *_sessions(rows, name, _own_session, "name"))
    except csv.Error as fault:
        raise BadPlanError(name, message("error.plan.no_table")) from fault


def _rows(text: str) -> Iterator[tuple[int, Row]]:
    """Yield the header as a row of itself, then each row by column with its line; empty rows are left out."""
    first = text.lstrip().partition("\n")[0]
    table = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    filled = ([cell.strip() for cell in row] for row in table if any(cell.strip() for cell in row))
    header = [column.lower() for column in next(filled, [])]
    yield table.line_num, dict(zip(header, header, strict=True))
    for row in filled:
        yield table.line_num, dict(zip_longest(header, row[: len(header)], fillvalue=""))


def _check_header(header: set[str], name: str) -> None:
    strange, lacking = header - set(OWN_COLUMNS), [column for column in OWN_NEEDED if column not in header]
    if lacking:
        raise BadPlanError(name, message("error.plan.lacks", lacking=", ".join(lacking), known=", ".join(OWN_COLUMNS)))
    if strange:
        unknown = ", ".join(sorted(strange))
        raise BadPlanError(name, message("error.plan.unknown", unknown=unknown, known=", ".join(OWN_COLUMNS)))


def _sessions(
    rows: Iterator[tuple[int, Row]], name: str, reader: Callable[[Row, Message], Session], title: str
) -> tuple[tuple[Session, ...], tuple[SetAside, ...]]:
    return sessions_and_rest(
        name,
        ((row, row[1].get(title, "")) for row in rows),
        lambda row: reader(row[1], message("error.plan.place.line", line=f"{row[0]}")),
        lambda row, fault: message("error.plan.line", line=f"{row[0]}", fault=fault),
    )


def _own_session(row: Row, place: Message) -> Session:
    planned = row.get("planned", "").lower()
    if planned not in OWN_SPORTS:
        raise WrongCellError("not_planned", value=repr(planned))
    return Session(
        date=day_in(row.get("date", "")),
        title=row.get("name", ""),
        place=place,
        sport=OWN_SPORTS[planned],
        distance_m=_amount(row, "distance_km", A_KM),
        planned_s=_amount(row, "duration_min", A_MINUTE),
    )


def _trainingpeaks_session(row: Row, place: Message) -> Session:
    kind = row["workouttype"].lower()
    return Session(
        date=day_in(row.get("workoutday", "")),
        title=row["title"],
        place=place,
        detail=row.get("workoutdescription", ""),
        sport=TRAININGPEAKS_SPORTS.get(kind, None if kind in SPORT_UNSAID else Sport.OTHER),
        distance_m=_amount(row, "planneddistanceinmeters", 1),
        planned_s=_amount(row, "plannedduration", AN_HOUR),
    )


def _amount(row: Row, column: str, unit: int) -> float | None:
    cell = row.get(column, "")
    try:
        return amount(column, float(cell.replace(",", ".")), unit) if cell else None
    except ValueError as fault:
        raise WrongCellError("no_amount", column=column, value=repr(cell)) from fault


# --- The events of intervals.icu's calendar, as its interface gives them: `/api/v1/athlete/{id}/events` saved in a
# file.

if TYPE_CHECKING:
    Event = dict[str, object]

RUNS = {"Run", "TrailRun", "VirtualRun"}
PLANS = ("WORKOUT", "RACE")  # what a category begins with; notes, holidays and targets plan no session


def read_events(content: bytes, name: str, _window: Window) -> PlanFile:
    """Return the workouts and races of a list of events."""
    try:
        events = json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise BadPlanError(name, message("error.plan.no_json")) from fault
    if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
        raise BadPlanError(name, message("error.plan.no_events"))
    numbered = ((each, _text(each[1], "name")) for each in enumerate(events, 1))
    reason = "error.plan.event"
    return PlanFile(
        "intervals.icu",
        *sessions_and_rest(
            name, numbered, _session, lambda each, fault: message(reason, event=f"{each[0]}", fault=fault)
        ),
    )


def _session(numbered: tuple[int, Event]) -> Session:
    number, event = numbered
    return Session(
        date=day_in(_text(event, "start_date_local")),
        title=_text(event, "name"),
        place=message("error.plan.place.number", number=str(number)),
        detail=_text(event, "description"),
        sport=_sport(event),
        distance_m=_event_amount(event, "distance"),
        planned_s=_event_amount(event, "moving_time"),
    )


def _sport(event: Event) -> Sport | None:
    """Return what the event is; a workout without a type may be told by its name."""
    if not str(event.get("category") or PLANS[0]).startswith(PLANS):
        return Sport.OTHER
    kind = event.get("type")
    return None if kind is None else Sport.RUN if kind in RUNS else Sport.OTHER


def _text(event: Event, item: str) -> str:
    """Return a text; half of a pair of surrogates, which JSON may hold, is none."""
    return str(event.get(item) or "").encode(errors="replace").decode()


def _event_amount(event: Event, item: str) -> float | None:
    value = event.get(item)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise WrongCellError("no_number", column=item, value=str(value))
    return amount(item, value)
