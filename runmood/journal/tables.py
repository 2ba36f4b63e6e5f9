"""What was said as rows of the tables in `runmood.schema.tables`; what was taken back gives none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from runmood.core.checkin_items import NAMES
from runmood.core.checkins import CheckIn
from runmood.core.entries import FindingFeedback, Goal, GoalReview, Reflection, ReportedDay, ReportedRun
from runmood.core.enums import GoalState
from runmood.journal.checkin_days import day_of, is_late
from runmood.journal.days import care_days, reported_care
from runmood.journal.plans.versions import plan_rows
from runmood.journal.resolve import effective_entries

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from runmood.journal.codec import JournalRecord


if TYPE_CHECKING:
    Row = dict[str, object]


def journal_frames(records: Iterable[JournalRecord], zone: ZoneInfo, until: dt.date) -> dict[str, list[Row]]:
    """Return the rows of each table of what was said, by its name; plans up to `until`."""
    said = effective_entries(records)
    return {
        "check_ins": check_in_rows(said),
        "plans": plan_rows(said, zone, until),
        "reported_runs": _reported_run_rows(said, zone, until),
        "reported_days": _reported_day_rows(said),
        "reported_care": [
            {"local_date": date, "care": str(care)} for date, care in care_days(reported_care(said), until).items()
        ],
        "check_in_helped": _helped_rows(said),
        "custom_answers": _own_answer_rows(said),
        "goals": _goal_rows(said, zone),
        "reflections": _reflection_rows(said),
        "finding_feedback": feedback_rows(said, zone),
    }


def check_in_rows(said: tuple[JournalRecord, ...]) -> list[Row]:
    """Return one row of CHECK_INS for each check-in."""
    return [_check_in_row(each, each.entry) for each in said if isinstance(each.entry, CheckIn)]


def _check_in_row(record: JournalRecord, check_in: CheckIn) -> Row:
    return {
        "check_in_id": record.id,
        "felt_at": check_in.at.astimezone(dt.UTC),
        "local_clock": f"{check_in.at:%H:%M}",
        "utc_offset": check_in.at.isoformat(timespec="minutes")[-6:],
        "local_date": day_of(check_in),
        "kind": check_in.kind,
        **{name: check_in.scores.get(name) for name in NAMES},
        "pain_where": check_in.pain_where,
        "tags": list(check_in.tags) or None,
        "skip_reason": check_in.skip_reason,
        "note": check_in.note,
        "late": is_late(record.said_at, check_in),
        "source": check_in.source,
        "edited": record.edited,
        "raw": check_in.raw,
    }


def _reported_run_rows(said: tuple[JournalRecord, ...], zone: ZoneInfo, until: dt.date) -> list[Row]:
    """Return one row for each run without a watch; without a clock it is at noon, each a second later."""
    rows: list[Row] = []
    for number, each in enumerate(said):
        run = each.entry
        if not isinstance(run, ReportedRun) or run.date > until:
            continue
        clock = dt.time.fromisoformat(run.clock) if run.clock else dt.time(12, number // 60 % 60, number % 60)
        begun = dt.datetime.combine(run.date, clock, zone)
        rows.append(
            {
                "report_id": each.id,
                "local_date": run.date,
                "started_at": begun.astimezone(dt.UTC),
                "local_clock": f"{clock:%H:%M}",
                "clock_known": run.clock is not None,
                "time_zone": str(zone),
                "distance_m": run.distance_m,
                "moving_s": run.moving_s,
                "effort": run.effort,
                "note": run.note,
            }
        )
    return rows


def _reported_day_rows(said: tuple[JournalRecord, ...]) -> list[Row]:
    """Return one row for each day of which the person said whether there was a run; the last word stands."""
    words = {each.entry.date: each.entry.word for each in said if isinstance(each.entry, ReportedDay)}
    return [{"local_date": date, "word": word} for date, word in words.items() if word]


def _helped_rows(said: tuple[JournalRecord, ...]) -> list[Row]:
    return [
        {"check_in_id": each.id, "local_date": day_of(each.entry), "thing": thing}
        for each in said
        if isinstance(each.entry, CheckIn)
        for thing in dict.fromkeys(each.entry.helped)
    ]


def _own_answer_rows(said: tuple[JournalRecord, ...]) -> list[Row]:
    return [
        {
            "check_in_id": each.id,
            "local_date": day_of(each.entry),
            "felt_at": each.entry.at.astimezone(dt.UTC),
            "item": item,
            "value": None if isinstance(answer, str) else answer,
            "words": answer if isinstance(answer, str) else None,
        }
        for each in said
        if isinstance(each.entry, CheckIn)
        for item, answer in each.entry.answers
    ]


def _goal_rows(said: tuple[JournalRecord, ...], zone: ZoneInfo) -> list[Row]:
    """Return one row a goal, with the last look at it."""
    looks = {each.entry.goal: each for each in said if isinstance(each.entry, GoalReview)}
    return [
        _goal_row(each, each.entry, zone) | _review(looks.get(each.id), zone)
        for each in said
        if isinstance(each.entry, Goal)
    ]


def _goal_row(record: JournalRecord, goal: Goal, zone: ZoneInfo) -> Row:
    return {
        "goal_id": record.id,
        "kind": goal.kind,
        "words": goal.words,
        "measure": goal.measure,
        "target": goal.target,
        "since": record.said_at.astimezone(zone).date(),
        "until": goal.until,
    }


def _review(look: JournalRecord | None, zone: ZoneInfo) -> Row:
    if look is None or not isinstance(look.entry, GoalReview):
        return {"state": GoalState.OPEN.value, "review": None, "reviewed_on": None}
    day = look.said_at.astimezone(zone).date()
    return {"state": look.entry.state, "review": look.entry.words, "reviewed_on": day}


def _reflection_rows(said: tuple[JournalRecord, ...]) -> list[Row]:
    return [
        {
            "reflection_id": each.id,
            "local_date": each.entry.date,
            "occasion": each.entry.occasion,
            "prompt": each.entry.prompt,
            "answer": each.entry.answer,
        }
        for each in said
        if isinstance(each.entry, Reflection)
    ]


def feedback_rows(said: Iterable[JournalRecord], zone: ZoneInfo) -> list[Row]:
    """Return one row of FINDING_FEEDBACK for each finding with feedback, the last word of which counts."""
    last = {each.entry.finding: (each.said_at, each.entry) for each in said if isinstance(each.entry, FindingFeedback)}
    return [
        {"question": code, "word": feedback.word, "note": feedback.note, "said_on": said_at.astimezone(zone).date()}
        for code, (said_at, feedback) in sorted(last.items())
        if feedback.word
    ]
