"""What came first counts first: only moods that can be outcomes are compared, only those before a run held equal."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from findings.frames import asked
from warehouse.store import BATCH, check_in, file_of, open_store, plan

from runmood.core.i18n import translator
from runmood.findings.evaluation import EvaluationContext
from runmood.findings.stats.changes import compute_wellness

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Typed

START, LENGTH = dt.date(2025, 1, 6), 180
PLANNED = {1, 3, 5, 6}


class Diary:
    """A person whose mood decides whether they run, and who rates it at hours of their own."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        """Start an empty diary in a folder."""
        self.folder, self.draw = folder, np.random.default_rng(seed)
        self.runs: list[dict[str, str]] = []
        self.said: list[dict[str, str]] = []
        self.plans: list[dict[str, str]] = []

    def live(self, run_hour: int, rated_with_run: int, rated_without: int, *, dawn: bool = False) -> pl.DataFrame:
        """Return the days of half a year in which a good mood goes before a run."""
        for number in range(LENGTH):
            day = START + dt.timedelta(days=number)
            mood = float(self.draw.integers(2, 10))
            planned = (day.isoweekday() + (number // 7) % 2) % 7 in PLANNED
            ran = planned and self.draw.random() < (0.95 if mood >= 6 else 0.35)
            self.plans.append({"day": str(day), "planned": "run" if planned else "rest", "km": "", "minutes": ""})
            hour = rated_with_run if ran else rated_without
            self._say(day, hour, "evening", mood)
            if dawn:
                self._say(day, 9, "morning", mood)
            if ran:
                self.runs.append(
                    {"file": f"r{number}", "begins": f"{day} {run_hour:02}:00", "minutes": "40", "km": "8"}
                )
        with open_store(self.folder) as store:
            store.save(BATCH, [file_of(row) for row in self.runs])
            told = {"check_ins": [check_in(row) for row in self.said], "plans": [plan(row) for row in self.plans]}
            store.build_tables(told)
            return store.table("days")

    def _say(self, day: dt.date, hour: int, kind: str, mood: float) -> None:
        minute = int(self.draw.integers(0, 60))
        self.said.append({"felt": f"{day} {hour:02}:{minute:02}", "kind": kind, "mood": f"{mood}"})


@pytest.mark.parametrize("rated", [13, 17])
def test_moods_before_the_run_say_nothing_of_it(tmp_path: Path, rated: int) -> None:
    """Where every mood came before the day's run, no question that compares evenings is seen, on any night."""
    days = Diary(tmp_path).live(18, rated, rated)
    for code in ("B1", "B2", "C3", "C4"):
        assert set(asked(code, days)["state"]) == {"not_enough_evidence"}


def test_the_page_says_how_many_moods_are_left_out_and_why(tmp_path: Path) -> None:
    """The answer counts moods said before the run and at hours of their own, in a sentence each."""
    days = Diary(tmp_path).live(18, 13, 13)
    facts = json.loads(asked("B1", days)["facts"][-1])
    before = days.filter(mood_evening_left_out="before_run")
    other = days.filter(mood_evening_left_out="other_hour", planned="run").height
    assert facts["left_out_before_run"] == before.height == days["runs"].sum()
    assert facts["left_out_other_hour"] >= other > 0
    say = translator("en", "metric")
    sentence = say("questions.B1.left_out_before_run", days=before.height)
    assert f"{before.height} rated evenings are left out" in sentence


def test_days_without_a_run_count_at_like_hours_only(tmp_path: Path) -> None:
    """An afternoon on a missed day is not compared with an evening on a run day: mood follows the clock."""
    days = Diary(tmp_path).live(18, 21, 13)
    reasons = days.drop_nulls("runs").group_by(ran=pl.col("runs") > 0).agg(pl.col("mood_evening_left_out").unique())
    assert dict(reasons.iter_rows()) == {True: ["other_hour"], False: ["other_hour"]}
    assert asked("B1", days)["state"][-1] == "not_enough_evidence"


def test_evenings_after_the_run_all_count(tmp_path: Path) -> None:
    """Somebody who runs at dawn and rates every evening loses no evening."""
    days = Diary(tmp_path).live(7, 21, 21)
    assert days["mood_evening_left_out"].null_count() == LENGTH
    assert asked("B1", days)["state"][-1] != "not_enough_evidence"


def test_a_morning_after_a_dawn_run_is_no_baseline(tmp_path: Path) -> None:
    """A morning rated after the run is marked, and mornings are not held equal where run days have none before it."""
    days = Diary(tmp_path).live(7, 21, 21, dawn=True)
    assert days.filter(pl.col("runs") > 0)["mood_morning_after_run"].all()
    assert not days.filter(runs=0)["mood_morning_after_run"].any()
    assert json.loads(asked("B1", days)["facts"][-1])["morning_used"] is False


def test_a_hard_stretch_rests_on_outcomes(tmp_path: Path) -> None:
    """W for a hard stretch leaves out moods that came before the run; the look at heavy weeks keeps them all."""
    days = Diary(tmp_path).live(18, 13, 13).with_columns(energy_evening=pl.col("mood_evening"))
    context = EvaluationContext(days, pl.DataFrame(), pl.DataFrame())
    assert compute_wellness(context, outcomes=True).rated_lately[-1] == 0
    assert compute_wellness(context).rated_lately[-1] > 8


def test_the_case_of_evenings_before_the_run(cli: Callable[..., Typed], corpus_dir: Path, tmp_path: Path) -> None:
    """178 entries at 13:xx with runs at 18:xx, likelier after a good one: nothing can be said of missed runs."""
    home = tmp_path / "home"
    for folder in ("inbox", "journal"):
        (home / folder).mkdir(parents=True)
    (home / "settings.toml").write_text('time_zone = "Europe/Berlin"\n')
    made_by = corpus_dir / "cases" / "said" / "pre-run-evenings" / "make.py"
    subprocess.run([sys.executable, made_by, home], check=True, capture_output=True)
    cli("journal", "import", str(home / "daylio.csv"))
    assert cli("rebuild").status == 0
    for code in ("B1", "B2", "C3", "C4"):
        assert "not enough evidence yet" in cli("findings", code).written
