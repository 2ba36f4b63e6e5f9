"""The invented runner's truths, and nothing but them, come out at the other end."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import polars as pl
import pytest
from pipelines_homes import LAST_DAY, made, new_files

from runmood.cli.imports import make_home
from runmood.core.errors import UserError
from runmood.core.i18n import translator
from runmood.findings import QUESTIONS
from runmood.home.home import Home, open_home
from runmood.reports.render.text import as_text
from runmood.simulate import Simulation, simulate
from runmood.warehouse.publish import differences
from runmood.warehouse.queries import run_query
from runmood.workflow import steps, summaries

INVENTED = simulate(LAST_DAY)
TRUTHS = {truth.question: truth for truth in INVENTED.truths if truth.planted}


def table(home: Home, question: str) -> pl.DataFrame:
    """The answer of the home's published database."""
    return run_query(home.published, question)


def test_each_outing_is_one_run(demo_home: Home) -> None:
    """Every true outing is one run of its day and length, however many files tell of it, and nothing else is a run."""
    runs = table(demo_home, "select local_date, distance_m from runs order by started_at")
    outings = INVENTED.outings
    assert runs["local_date"].to_list() == [outing.date for outing in outings]
    damaged = table(demo_home, "select run_id from runs where partial").height
    truth = pl.Series([outing.samples["distance_m"].max() for outing in outings])
    off = ((runs["distance_m"] - truth).abs() / truth > 0.02).sum()
    assert (damaged, off) == (1, 1)


def test_what_became_of_every_file(demo_home: Home) -> None:
    """The web page is refused, the ride and the course are set aside, the copy is known, all others are runs."""
    counts = dict(table(demo_home, "select outcome, count(*) from source_files group by all").iter_rows())
    assert counts == {"run": len(INVENTED.files) - 4, "refused": 1, "skipped": 2, "known": 1}


def test_days_follow_the_place(demo_home: Home) -> None:
    """The runs of the trip have the trip's clock; the run past midnight belongs to the day it began."""
    zones = dict(table(demo_home, "select time_zone, count(*) from runs group by all").iter_rows())
    assert zones["America/New_York"] == 2
    assert zones["Europe/Lisbon"] + 2 == len(INVENTED.outings)
    past = table(demo_home, "from runs where local_clock > '23:00'").row(0, named=True)
    assert past["ended_at"].date() > past["local_date"]


def test_days_are_what_was_planned_and_done(demo_home: Home) -> None:
    """Planned, missed and rest days are those of the diary, from the first run to the last; ill or away is no miss."""
    days = table(demo_home, "select local_date, day_kind, runs, mood_evening from days where day_kind <> 'unknown'")
    diary = INVENTED.diary.join(days, left_on="date", right_on="local_date")
    noted = diary.filter(pl.col("morning_said") | pl.col("evening_said"), runs=0)
    apart = {"ill_or_injured": noted.filter("ill"), "away": noted.filter(pl.col("away") & ~pl.col("ill"))}
    for kind, truth in apart.items():
        assert diary.filter(day_kind=kind)["date"].to_list() == truth["date"].to_list()
    missed = diary.filter("missed").join(pl.concat(apart.values()), on="date", how="anti")
    assert diary.filter(day_kind="missed_run")["date"].to_list() == missed["date"].to_list()
    assert (diary["runs"] == diary["runs_right"]).all()
    assert diary.height > 350


def test_the_planted_findings_are_found(demo_home: Home) -> None:
    """Lower mood on missed runs than on run days and rest days is found, and its range holds the truth."""
    findings = table(demo_home, "from findings_now")
    for question in ("B1", "B2"):
        finding = findings.row(by_predicate=pl.col("question") == question, named=True)
        assert finding["state"] == "seen"
        assert finding["effect_least"] < TRUTHS["B2"].size < finding["effect_most"]


def test_the_much_longer_run_is_found_and_no_other(demo_home: Home) -> None:
    """A run more than 30 % longer than lately was planted once and is seen once, on its day."""
    seen = table(
        demo_home, "select night, facts->>'band' as band from findings where question = 'A1' and state = 'seen'"
    )
    assert seen.filter(pl.col("band") != "10-30")["night"].to_list() == [TRUTHS["A1"].first_day]


def test_where_nothing_is_planted_nothing_is_found(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The same runner, with mood that does not go with missed runs, has no such finding on any night."""
    home = made(make_home(tmp_path_factory.mktemp("null") / "home", LAST_DAY, missed_dip=0.0))
    assert table(home, "from findings where question in ('B1', 'B2') and state = 'seen'").is_empty()


def test_findings_have_every_night(demo_home: Home) -> None:
    """Each question has an answer for every day; the first nights say what is still lacking."""
    nights = dict(table(demo_home, "select question, count(distinct night) from findings group by all").iter_rows())
    days = table(demo_home, "from days").height
    assert nights == dict.fromkeys((question.code for question in QUESTIONS), days)
    first = table(demo_home, "from findings where question = 'B1' order by night limit 1").row(0, named=True)
    assert first["state"] == "not_enough_evidence"
    assert '"lacking"' in first["facts"]


def test_the_page_and_the_words(demo_home: Home) -> None:
    """The page stands in the home; the words for the terminal tell of the finding."""
    assert "<!doctype html>" in demo_home.page.read_text(encoding="utf-8")[:40].lower()
    assert translator("en", "metric")("questions.B2.title") in as_text(summaries.write_summary(demo_home, LAST_DAY))


def test_rebuilt_rows_are_the_same(demo_home: Home, tmp_path: Path) -> None:
    """Everything made can be deleted: inbox and journal bring back every row of every table, and the page as it was."""
    again = open_home(Path(shutil.copytree(demo_home.root, tmp_path / "again")))
    for path in (again.root / "points", again.root / "summaries"):
        shutil.rmtree(path)
    again.published.unlink()
    steps.delete_derived_files(again)
    steps.run_pipeline(again, LAST_DAY)
    assert differences(demo_home.published, again.published) == []
    points = "select count(*), bit_xor(hash(points)) from points"
    assert table(again, points).equals(table(demo_home, points))
    told = (as_text(summaries.write_summary(home, LAST_DAY)) for home in (again, demo_home))
    assert next(told) == next(told)
    assert again.page.read_bytes() == demo_home.page.read_bytes()


def test_nothing_new_changes_nothing(demo_home: Home) -> None:
    """A second import of the same inbox reads no file."""
    assert new_files(demo_home) == []


def test_somebodys_home_is_never_touched(empty_home: Home) -> None:
    """The demo is not made over a person's own home."""
    with pytest.raises(UserError, match="somebody's home"):
        make_home(empty_home.root, dt.date(2025, 11, 21))


def test_the_runner_is_the_same_every_time() -> None:
    """The same last day gives the same files and words."""
    again: Simulation = simulate(LAST_DAY)
    assert again.files == INVENTED.files
    assert again.said == INVENTED.said
