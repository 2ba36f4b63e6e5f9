"""Findings of every question in every state, with the facts that each question's specification promises."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from reports.diaries import LAST, finding, with_findings

if TYPE_CHECKING:
    from runmood.reports.context import ReportData


SURE = {"strength": "some", "since": dt.date(2026, 6, 3), "growing": True, "e_value": 25.0,
        "e_value_best": 31.0}  # fmt: skip
SINCE = {"since": dt.date(2026, 11, 10)}
SOCIAL = {"thing": "social", "seen": True, "with": 12, "without": 31, "effect": 0.8, "effect_least": 0.1,
          "effect_most": 1.4, "e_value": 40.0}  # fmt: skip
HILLS = {"thing": "<b>hills</b>", "seen": True, "with": 8, "without": 1, "effect": -0.6, "effect_least": -1.3,
         "effect_most": 0.1, "e_value": 30.0}  # fmt: skip
LONG = SOCIAL | {"thing": "long", "seen": False, "e_value": 0.4}

SEEN: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "A5": (
        {"load_ratio": 1.31, "load_unit": "effort minutes", "wellness": -1.7, "effort_change": 1.0,
         "rated_days_lately": 12, "runs_lately": 1, "set_apart_days": 1, "estimated_days": 2}, SINCE),
    "B3": ({"low_days": 14, "only_running_days": 11, "other_kinds": 1, "log_share": 0.7}, SINCE),
    "B5": (
        {"runs_hurt": 7, "runs_to_stop": 1, "painful_runs": 2, "most_pain": 7, "stop_and_check": True,
         "dates": [f"2026-11-{number:02}" for number in range(8, 15)]}, SINCE),
    "B6": (
        {"minutes_growth": 0.41, "rated_runs": 33, "lift_change": -0.12}, SURE | {"effect": -0.12}),
    "B7": ({"rest_days": 10, "runs_on_rest": 6, "planned_runs": 15, "longer_runs": 5}, SINCE),
    "C1": (
        {"rated_runs": 44, "higher_after": 30, "lower_after": 6, "mood_before": 5.9, "mood_after": 6.6},
        SURE | {"effect": 0.7, "effect_least": 0.3, "effect_most": 1.1}),
    "C2": ({"rated_runs": 43, "things": [SOCIAL, HILLS, LONG]}, SURE | {"effect": 0.8}),
    "C4": ({"rated_days": 80, "things": [SOCIAL | {"thing": "time outside"}, HILLS]}, SURE | {"effect": 0.8}),
    "S1": ({"median_mood": 3.0, "rated_days_lately": 12, "wellness": -1.4, "low_mood": True}, SINCE),
}  # fmt: skip

MISSING = {
    "A5": ("days", "rated_days_before", "rated_days_lately", "known_days_before", "known_days_lately"),
    "A6": ("runs_lately", "runs_before"),
    "A7": ("known_days",),
    "B3": ("low_days", "log_days"),
    "B5": ("marked_days",),
    "B6": ("days", "rated_runs", "known_weeks"),
    "B7": ("rest_days",),
    "B8": ("gaps",),
    "C1": ("rated_runs",),
    "C2": ("rated_runs", "rated_runs_with", "rated_runs_without"),
    "C4": ("rated_days", "rated_days_with", "rated_days_without"),
    "S1": ("rated_days_lately",),
}
FIGURES = {
    "A6": {"effort_lately": 5.1, "effort_before": 4.4, "runs_lately": 4, "runs_before": 11, "heart_lately_bpm": 147.2,
           "heart_before_bpm": 149.8, "pace_lately_s_km": 341.0, "pace_before_s_km": 337.0},
    "A7": {"load": 1234.0, "load_unit": "effort minutes", "monotony": 1.21, "strain": 1500.0, "load_percentile": 62,
           "monotony_percentile": 40, "strain_percentile": 55},
    "B8": {"gaps": 4, "run_day_mood": 6.4, "mood_day_1": 6.2, "days_1": 4, "mood_day_2": 6.0, "days_2": 1,
           "mood_day_3": 5.8, "days_3": 3, "mood_day_4": 5.5, "days_4": 7},
}  # fmt: skip


def everything_seen() -> ReportData:
    """Every question with a yes, on one page."""
    told = [finding(code, "seen", facts, **more) for code, (facts, more) in SEEN.items()]
    return with_findings(*told, *(finding(code, "not_seen", facts) for code, facts in FIGURES.items()))


def lower_after_runs() -> ReportData:
    """Mood that was lower after runs, and moods before and after that are not known."""
    facts, more = SEEN["C1"]
    kept = {name: facts[name] for name in ("rated_runs", "higher_after", "lower_after")}
    lower = more | {"effect": -0.7, "effect_least": -1.1, "effect_most": -0.3, "growing": False}
    return with_findings(finding("C1", "seen", kept, **lower))


def one_of_each() -> ReportData:
    """Counts of one in every answer that counts."""
    ones = {"low_days": 1, "only_running_days": 1, "other_kinds": 0, "runs_hurt": 1, "dates": ["2026-11-20"],
            "rest_days": 1, "runs_on_rest": 1, "planned_runs": 4, "longer_runs": 4, "rated_runs": 1,
            "higher_after": 1, "lower_after": 0, "rated_days_lately": 1, "set_apart_days": 1, "estimated_days": 1,
            "minutes_growth": 0.3, "lift_change": 0.01}  # fmt: skip
    codes = ("A5", "B3", "B5", "B6", "B7", "C1", "S1")
    return with_findings(*(finding(code, "seen", ones, **SEEN[code][1]) for code in codes))


def everything_lacking(count: int = 3) -> ReportData:
    """Every question waiting for so many of each thing."""
    told = [
        finding(code, "not_enough_evidence", {"lacking": dict.fromkeys(names, count)})
        for code, names in MISSING.items()
    ]
    return with_findings(*told)


def nothing_to_see() -> ReportData:
    """Every question asked and none with a yes; one cannot be told apart."""
    told = [finding(code, "not_seen", {"detectable": 0.6} if code == "C1" else {}) for code in SEEN]
    return with_findings(*told, finding("B6", "confounded", {"race": True}, night=LAST))


def waiting_its_turn() -> ReportData:
    """A finding that is seen, and that may stand on the screen from tomorrow."""
    facts, more = SEEN["B3"]
    tomorrow = (LAST + dt.timedelta(days=1)).isoformat()
    return with_findings(finding("B3", "seen", facts | {"shown_from": tomorrow}, **more))


ASKED = {
    "everything seen": everything_seen,
    "lower after runs": lower_after_runs,
    "one of each": one_of_each,
    "everything lacking": everything_lacking,
    "one thing lacking": lambda: everything_lacking(1),
    "nothing to see": nothing_to_see,
    "waiting its turn": waiting_its_turn,
}
