"""Every home that a summary is made of in these tests: a year with everything in it, and the odd ones."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from reports.asked import ASKED
from reports.diaries import (
    LAST,
    a_turn,
    all_unknown,
    day,
    diary,
    early_days,
    fading,
    fixed_rest_days,
    full_year,
    lift,
    many_long_runs,
    no_moods,
    nothing_seen,
    only_a_plan,
    quiet_weeks,
    seen_otherwise,
    unevenly_rated,
    year_of_days,
)
from reports.periods import PERIODS

from runmood.core.i18n import translator

HOMES = {
    "a full year": full_year,
    "an invented home": lambda: full_year(invented=True, truths=("Evenings were lower on missed runs.",)),
    "in miles": lambda: replace(full_year(), say=translator("en", "imperial")),
    "nothing at all": lambda: diary([]),
    "one run": lambda: diary([day(LAST, "unplanned_run", 5012.0, 7.0)]),
    "one mile": lambda: replace(diary([day(LAST, "unplanned_run", 1609.344)]), say=translator("en", "imperial")),
    "a run without a distance": lambda: diary([day(LAST, "unplanned_run", 0.0, 6.5)]),
    "quiet weeks": quiet_weeks,
    "all unknown": all_unknown,
    "only a plan": only_a_plan,
    "no moods": no_moods,
    "early days": early_days,
    "nothing seen": nothing_seen,
    "fixed rest days": fixed_rest_days,
    "a lift": lift,
    "fading": fading,
    "unevenly rated": unevenly_rated,
    "a turn": a_turn,
    "many long runs": many_long_runs,
    "seen otherwise": seen_otherwise,
    "ten years": lambda: diary(year_of_days(3650), findings=full_year().findings),
    "a week in midweek": lambda: diary(year_of_days(9, dt.date(2026, 1, 1)), as_of=dt.date(2026, 1, 1)),
    "back after months": lambda: diary(year_of_days(60), as_of=LAST + dt.timedelta(days=90)),
    **ASKED,
    **PERIODS,
}
