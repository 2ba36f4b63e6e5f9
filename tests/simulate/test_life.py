from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl
import pytest

from runmood.core.checkins import CheckIn, NewEntry
from runmood.core.entries import Goal, Habit, PlannedDay, Reflection
from runmood.simulate import Simulation, simulate

if TYPE_CHECKING:
    from runmood.simulate.entries import GroundTruth


def check_ins(year: Simulation, kind: str) -> list[tuple[NewEntry, CheckIn]]:
    """What was said of one kind, with the moment."""
    return [(said, said.entry) for said in year.said if isinstance(said.entry, CheckIn) and said.entry.kind == kind]


def truth(year: Simulation, question: str) -> GroundTruth:
    """The one truth about a question."""
    (found,) = (truth for truth in year.truths if truth.question == question)
    return found


def evenings(year: Simulation) -> dict[str, float]:
    """Mean evening mood of ordinary days, by what was planned and done."""
    status = pl.when("missed").then(pl.lit("missed")).otherwise("planned")
    kept = year.diary.filter(~pl.col("ill"), ~pl.col("away"), ~pl.col("hard"))
    return dict(kept.group_by(status.alias("status")).agg(pl.mean("mood_sd")).rows())


def test_the_diary_has_every_day_once(simulated_year: Simulation) -> None:
    """365 days in order, up to and with the last."""
    dates = simulated_year.diary["date"].to_list()
    assert len(dates) == 365
    assert dates[-1] == dt.date(2025, 11, 21)
    assert all(after - before == dt.timedelta(days=1) for before, after in pairwise(dates))


def test_about_four_runs_a_week_are_planned_and_a_quarter_missed(simulated_year: Simulation) -> None:
    """Close to four planned runs a week, a fifth to a third missed, and misses keep each other company."""
    planned = simulated_year.diary.filter(pl.col("planned") == "run")
    assert planned.height / 52 == pytest.approx(4, abs=0.35)
    assert 0.2 <= planned["missed"].mean() <= 0.33
    after = planned["missed"].shift()
    assert planned.filter(after)["missed"].mean() > planned.filter(~after)["missed"].mean()


def test_rest_and_runs_share_weekdays(simulated_year: Simulation) -> None:
    """At least four weekdays hold both planned rest and planned runs, four times each."""
    counts = simulated_year.diary.group_by("weekday", "planned").len().filter(pl.col("len") >= 4)
    mixed = counts.group_by("weekday").len().filter(pl.col("len") == 2)
    assert mixed.height >= 4


def test_every_day_is_planned_on_the_sunday_before(simulated_year: Simulation) -> None:
    """Each day has one plan, said at six on the Sunday evening before its week, and the diary agrees with it."""
    plans = {said.entry.date: said for said in simulated_year.said if isinstance(said.entry, PlannedDay)}
    assert list(plans) == simulated_year.diary["date"].to_list()
    for date, planned in simulated_year.diary.select("date", "planned").iter_rows():
        said = plans[date]
        zones = ("America/New_York", simulated_year.time_zone)
        assert said.entry.planned == planned
        assert date - dt.timedelta(days=date.isoweekday()) in {
            said.said_at.astimezone(ZoneInfo(z)).date() for z in zones
        }
        assert 18 in {said.said_at.astimezone(ZoneInfo(zone)).hour for zone in zones}


def test_words_are_in_order_and_in_utc(simulated_year: Simulation) -> None:
    """Entries come in the order in which they were said, every instant in UTC, the habit first."""
    instants = [said.said_at for said in simulated_year.said]
    assert instants == sorted(instants)
    assert {at.tzinfo for at in instants} == {dt.UTC}
    assert {said.entry.at.tzinfo for said in simulated_year.said if isinstance(said.entry, CheckIn)} == {dt.UTC}
    assert simulated_year.said[0].entry == Habit((2, 4, 6, 7))


def test_answers_come_about_as_often_as_people_give_them(simulated_year: Simulation) -> None:
    """Mornings 75 %, evenings 85 %, effort after half of the runs, a reason for half of the missed runs."""
    missed = simulated_year.diary["missed"].sum()
    reasons = [entry.skip_reason for _, entry in check_ins(simulated_year, "evening") if entry.skip_reason]
    assert len(check_ins(simulated_year, "morning")) / 365 == pytest.approx(0.75, abs=0.06)
    assert len(check_ins(simulated_year, "evening")) / 365 == pytest.approx(0.85, abs=0.06)
    assert len(check_ins(simulated_year, "after-run")) / len(simulated_year.outings) == pytest.approx(0.5, abs=0.12)
    assert len(reasons) / missed == pytest.approx(0.45, abs=0.15)
    assert len(set(reasons)) >= 4


def test_scores_are_those_of_the_diary(simulated_year: Simulation) -> None:
    """A check-in says what the diary knows, in whole points from 0 to 10."""
    moods = dict(simulated_year.diary.select("date", "mood").iter_rows())
    for _, entry in check_ins(simulated_year, "evening"):
        days = {entry.at.astimezone(ZoneInfo(zone)).date() for zone in ("America/New_York", simulated_year.time_zone)}
        assert entry.mood in {moods.get(day) for day in days}
        assert entry.mood in range(11)


def test_three_evenings_are_written_down_the_next_morning(simulated_year: Simulation) -> None:
    """Three evening check-ins are said at nine the next day; all else is said when it is felt."""
    late = [said.said_at - entry.at for said, entry in check_ins(simulated_year, "evening") if said.said_at != entry.at]
    assert len(late) == 3
    assert all(dt.timedelta(hours=11) < wait < dt.timedelta(hours=12) for wait in late)


def test_after_run_check_ins_follow_their_run(simulated_year: Simulation) -> None:
    """Each is said a quarter of an hour after a run has ended, with how hard it was."""
    ends = {run.ended_at + dt.timedelta(minutes=15): run for run in simulated_year.outings}
    for _, entry in check_ins(simulated_year, "after-run"):
        assert entry.effort == ends[entry.at].effort


def test_what_helped_is_said_on_most_evenings(simulated_year: Simulation) -> None:
    """Two in three evening check-ins say what helped; running only on days with a run, nothing only by itself."""
    evening = check_ins(simulated_year, "evening")
    answered = [entry for _, entry in evening if entry.helped]
    assert len(answered) / len(evening) == pytest.approx(0.7, abs=0.08)
    ran = set(simulated_year.diary.filter("ran")["date"])
    zones = [ZoneInfo(zone) for zone in ("America/New_York", simulated_year.time_zone)]
    for entry in answered:
        assert "running" not in entry.helped or ran & {entry.at.astimezone(zone).date() for zone in zones}
        assert "nothing" not in entry.helped or entry.helped == ("nothing",)


def test_goals_and_thoughts(simulated_year: Simulation) -> None:
    """A goal of each kind on the first evening, and a thought in every month."""
    goals = [said.entry for said in simulated_year.said if isinstance(said.entry, Goal)]
    thoughts = [said.entry.date for said in simulated_year.said if isinstance(said.entry, Reflection)]
    assert {goal.kind for goal in goals} == {"therapeutic", "fitness"}
    assert len({(date.year, date.month) for date in thoughts}) == len(thoughts) == 12


def test_illness_and_trip_are_tagged(simulated_year: Simulation) -> None:
    """Check-ins of the four ill days carry ill, those of the trip's week carry travel, no other does."""
    counts = Counter(tag for _, entry in check_ins(simulated_year, "evening") for tag in entry.tags)
    ill, away = (simulated_year.diary.filter(pl.col(flag) & pl.col("evening_said")).height for flag in ("ill", "away"))
    assert counts == {"ill": ill, "travel": away}
    assert simulated_year.diary["ill"].sum() == 4
    assert simulated_year.diary["away"].sum() == 7


def test_missed_days_are_lower_by_what_was_planted(simulated_year: Simulation, null_simulation: Simulation) -> None:
    """On missed days the mood is lower by 0.9 standard deviations, on all others it is the same to the last digit."""
    difference = null_simulation.diary["mood_sd"] - simulated_year.diary["mood_sd"]
    assert difference.filter(simulated_year.diary["missed"]).to_list() == pytest.approx(
        [0.9] * simulated_year.diary["missed"].sum()
    )
    assert difference.filter(~simulated_year.diary["missed"]).to_list() == [0.0] * (
        365 - simulated_year.diary["missed"].sum()
    )


def test_missed_days_differ_from_rest_and_from_runs(simulated_year: Simulation, null_simulation: Simulation) -> None:
    """Evenings of missed days are well below those of rest and of runs, and near them where nothing is planted."""
    planted, nothing = evenings(simulated_year), evenings(null_simulation)
    for other in ("run", "rest"):
        assert planted[other] - planted["missed"] > 0.6
        assert abs(nothing[other] - nothing["missed"]) < 0.35


def test_the_same_runner_runs_the_same_runs(simulated_year: Simulation, null_simulation: Simulation) -> None:
    """With nothing planted all files are the same, and so is all that is said but for evening moods and energy."""
    assert null_simulation.files == simulated_year.files
    kept = pl.exclude("mood", "mood_sd", "energy")
    assert null_simulation.diary.select(kept).equals(simulated_year.diary.select(kept))
    assert not truth(null_simulation, "B2").planted
    assert truth(simulated_year, "B2").size == pytest.approx(1.17)


def test_one_run_alone_is_much_longer(simulated_year: Simulation) -> None:
    """One run, on the day that the truths name, is over 30 % longer than the longest of 30 days; no other over 8 %."""
    runs = [(run.date, run.distance_m) for run in simulated_year.outings]
    steps = {}
    for date, distance in runs:
        before = [metres for day, metres in runs if date - dt.timedelta(days=30) <= day < date]
        if len(before) >= 3:
            steps[date] = max(distance / max(before), steps.get(date, 0))
    planted = truth(simulated_year, "A1")
    assert steps.pop(planted.first_day) == pytest.approx(planted.size, abs=0.001)
    assert planted.size > 1.3
    assert max(steps.values()) < 1.08


def test_the_hard_stretch_is_harder_and_weighs(simulated_year: Simulation) -> None:
    """For five weeks load is well up, runs feel a point harder, and from the third week moods are over 0.7 lower."""
    planted = truth(simulated_year, "A5")
    assert (planted.last_day - planted.first_day).days == 34
    assert 1.3 < planted.size < 1.6
    usual = simulated_year.diary.filter(pl.col("date") < planted.first_day)
    deep = simulated_year.diary.filter(
        pl.col("date").is_between(planted.first_day + dt.timedelta(days=20), planted.last_day)
    )
    assert usual["mood_sd"].mean() - deep["mood_sd"].mean() > 0.7
    easy = pl.col("kind") == "easy"
    assert deep.filter(easy)["effort"].mean() - usual.filter(easy)["effort"].mean() == 1


@pytest.mark.parametrize("days", [1, 7, 40, 120])
def test_a_short_diary_ends_early(days: int) -> None:
    """A shorter diary has fewer truths and files, and is whole otherwise."""
    short = simulate(dt.date(2025, 5, 4), days=days)
    assert short.diary.height == days
    assert not any(truth.question in {"A1", "A5"} for truth in short.truths)
    assert all(run.date in set(short.diary["date"]) for run in short.outings)
    assert len(short.files) >= len(short.outings)


def test_weekdays_move_with_the_last_day() -> None:
    """Any last day will do: a leap day, a Sunday, the day after the clocks change."""
    for last in (dt.date(2024, 2, 29), dt.date(2025, 3, 30), dt.date(2025, 10, 27)):
        year = simulate(last, days=250)
        assert year.diary["date"].max() == last
        assert truth(year, "A1").size == pytest.approx(1.45, abs=0.01)
