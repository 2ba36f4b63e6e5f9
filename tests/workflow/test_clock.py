"""Nights by a clock that changes: daylight saving, in every zone, and a clock that jumps by a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from runmood.core.checkins import CheckIn, NewEntry
from runmood.home.home import Home, open_home
from runmood.home.settings import Settings
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.warehouse.publish import differences
from runmood.workflow.nightly_run import NightlyRun, one_night
from runmood.workflow.state import is_due, last_due

if TYPE_CHECKING:
    from pathlib import Path

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
LAST_DAY = dt.date(2025, 11, 21)
OF_THE_IMPORT = {"imports", "source_files", "notices"}  # what names the moment of an import
ZONES = sorted(available_timezones())
# An hour each way, half an hour, at midnight, and far from Greenwich.
WITH_CHANGES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "Pacific/Chatham"]


@given(
    st.integers(150_000_000, 2_900_000_000).map(lambda second: dt.datetime.fromtimestamp(second, dt.UTC)),
    st.times(),
    st.sampled_from(ZONES),
)
@example(dt.datetime(2011, 12, 30, 10, 10, tzinfo=dt.UTC), dt.time(3, 30), "Pacific/Apia")
def test_a_night_was_due_lately_in_every_zone(now: dt.datetime, at: dt.time, zone: str) -> None:
    """Within the day before, or a little more where a clock or a calendar was changed, and never in what is to come."""
    assert dt.timedelta(0) <= now - last_due(now, at, ZoneInfo(zone)) < 3 * DAY


@pytest.mark.parametrize("zone", WITH_CHANGES)
@pytest.mark.parametrize("at", [dt.time(0, 30), dt.time(2, 30), dt.time(23, 45)])
def test_every_day_has_one_night_in_a_year_with_two_changes(tmp_path: Path, zone: str, at: dt.time) -> None:
    """A timetable that calls each hour has each local day's night once, on the days of 23 and of 25 hours too."""
    home = Home(tmp_path, Settings(time_zone=zone, nightly_at=at))
    now, nights, last = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), [], None
    while now.year == 2026:
        if is_due(home, last, now):
            last = NightlyRun(now, now.astimezone(home.zone).date())
            nights.append(last_due(now, at, home.zone).astimezone(home.zone).date())
        now += HOUR
    assert nights == [nights[0] + number * DAY for number in range(len(nights))]
    assert len(nights) in {365, 366}


def test_a_clock_that_jumps_by_a_day_changes_nothing_afterwards(tmp_path: Path) -> None:
    """A day ahead for one night, a day back for another: the night after is as if the clock had never jumped."""
    jumped, steady = (open_home(tmp_path / name) for name in ("jumped", "steady"))
    outings = [each for each in simulate(LAST_DAY, days=14).outings if each.sport == "running"]
    moment = dt.datetime.combine(outings[0].date, dt.time(20), jumped.zone)
    for home in (jumped, steady):
        append(home.journal, [NewEntry(moment, CheckIn(moment, "evening", 6))])
        for number, outing in enumerate(outings[:2]):
            (home.inbox / f"{number}.fit").write_bytes(recorded_as(outing, "fit"))
    for home, days in ((jumped, (0, 1, 0, -1, 0)), (steady, (0,))):
        for number in days:
            with home.writing():
                night = one_night(home, LAST_DAY + number * DAY)
            assert night.failed == {}
    assert [each for each in differences(steady.published, jumped.published) if each.table not in OF_THE_IMPORT] == []
