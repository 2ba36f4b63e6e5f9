"""What a weekly release tells of many, and never of one."""

from __future__ import annotations

import datetime as dt
import itertools
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest

from runmood.cohort.folder import place_of
from runmood.cohort.night import rebuild_catalogue
from runmood.cohort.release import (
    KEPT,
    PooledFigure,
    SiteFigure,
    choose_people,
    last_release,
    pooled_effects,
    release_week,
    split_count,
    suppress_cells,
)
from runmood.cohort.report import report_as_page, report_as_text
from runmood.core.files import make_folder
from runmood.findings.stats.pooling import shrink_estimates
from runmood.home.home import Home
from runmood.home.settings import Settings
from runmood.schema.cohort import PERSON_FINDINGS, PERSONS
from runmood.workflow.pooled_effects import keep_pooled_effects, read_pooled_effects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from runmood.cohort.folder import Cohort
    from runmood.findings.stats.pooling import PooledEffect

MONDAY = dt.date(2025, 11, 17)
A_WEEK = dt.timedelta(days=7)
QUESTIONS = ("B1", "B2", "C1", "A5")


def people(count: int, *, first: int = 0) -> list[str]:
    """So many pseudonyms."""
    return [f"person{number:04}" for number in range(first, first + count)]


def effect_of(person: str) -> float:
    """A person's own difference, in mood points; that of the first is far from all others."""
    number = int(person[-4:])
    return 4.5 if number == 0 else 0.4 + 0.2 * np.sin(number)


def give(cohort: Cohort, members: Iterable[str], site: str = "north") -> None:
    """Let these people, and no others, give their answers; of the first of all no day is known."""
    members = [*members]
    answers = [
        {
            "person": person, "question": question, "night": MONDAY,
            "state": "seen" if number % 2 else "not_seen",
            **({} if question == "A5" else {
                "estimate": effect_of(person), "standard_error": 0.3, "sigma": 1.0, "freedom": 60.0
            }),
        }
        for number, person in enumerate(members)
        for question in QUESTIONS
    ]  # fmt: skip
    persons = [
        {"person": each, "site": site, "days": 100, "files_refused": 0,
         "rated_days": 62, "known_days": 0 if each == "person0000" else 90}
        for each in members
    ]  # fmt: skip
    for table, rows in ((PERSON_FINDINGS, answers), (PERSONS, persons)):
        path = place_of(cohort.pooled, table.name, 0)
        make_folder(path.parent)
        table.frame(rows).write_parquet(path)  # type: ignore[arg-type]
    make_folder(cohort.work)
    cohort.root.joinpath("members.jsonl").write_text("", encoding="utf-8")


def released(cohort: Cohort, week: int) -> dict[str, PooledFigure]:
    """The figures of a week, by question."""
    from runmood.warehouse.cohort import build_catalogue  # noqa: PLC0415

    build_catalogue(cohort.pooled, cohort.database, cohort.work / "draft.duckdb")
    return {each.question: each for each in release_week(cohort, MONDAY + week * A_WEEK).figures}


def test_two_releases_do_not_rebuild_a_leavers_effect(cohort: Cohort) -> None:
    """The figure stands while fewer than five have left: to subtract one week from another gives nothing."""
    everybody = people(13)
    give(cohort, everybody)
    before = released(cohort, 0)
    assert before["B1"].mean == pytest.approx(0.7, abs=0.15), "one of them is far off, and would be seen to leave"
    for left in range(1, 5):
        give(cohort, everybody[left:])
        assert released(cohort, left) == before
    give(cohort, [*everybody[5:], *people(10, first=100)])
    after = released(cohort, 5)["B1"]
    assert (after.mean, after.people, after.week) == (0.4, 20, "2025-W52")


def test_what_somebody_is_handed_does_not_rebuild_a_leavers_effect(cohort: Cohort, tmp_path: Path) -> None:
    """Who keeps their own file, and their own shrunken figure, of before and after learns the released figure alone.

    The mean of thirteen and of twelve, were they handed on as they are, would tell the effect of the one who left.
    """
    everybody = people(13)
    home = Home(tmp_path, Settings(cohort_receives=("pooled_effects",)))
    make_folder(home.work)

    def handed(week: int, members: list[str]) -> tuple[dict[str, PooledEffect], float]:
        give(cohort, members)
        released(cohort, week)
        keep_pooled_effects(home, pooled_effects(last_release(cohort.releases)))
        kept = read_pooled_effects(home)
        own, _ = shrink_estimates(np.array(0.5), np.array(0.3), np.array(1.0), kept["B1"])
        return kept, float(own)

    before = handed(0, everybody)
    assert before[0].keys() == {"B1", "B2", "C1"}
    for left in range(1, 5):
        after = handed(left, everybody[left:])
        assert after == before
        rebuilt = 13 * before[0]["B1"].mean - (13 - left) * after[0]["B1"].mean
        assert abs(rebuilt - sum(map(effect_of, everybody[:left]))) > 1, "own standard deviations"
    kept, _ = handed(5, [*everybody[5:], *people(10, first=100)])
    assert {round(10 * value, 6) % 1 for value in (kept["B1"].mean, kept["B1"].least, kept["B1"].most)} == {0.0}


def test_nothing_is_handed_back_of_fewer_than_twelve(cohort: Cohort) -> None:
    """And a release without an effect takes the file away."""
    give(cohort, people(11))
    released(cohort, 0)
    assert pooled_effects(last_release(cohort.releases)) is None
    assert pooled_effects(None) is None


def test_two_releases_do_not_rebuild_how_much_a_leaver_answered(cohort: Cohort) -> None:
    """A site's shares stand while one to four have left, and who joins waits for four more."""
    everybody = people(17)
    give(cohort, everybody)
    before = sites(cohort, 0)
    assert [(each.people, each.known_share) for each in before] == [(15, 0.85)], "without the first it would be .90"
    for left in range(1, 5):
        give(cohort, everybody[left:])
        assert sites(cohort, left) == before
    others = [*everybody[5:], *people(6, first=100)]
    give(cohort, others)
    assert [(each.people, each.known_share) for each in sites(cohort, 5)] == [(20, 0.9)]
    give(cohort, ["person0000", *others])
    assert sites(cohort, 6) == sites(cohort, 5)


def sites(cohort: Cohort, week: int) -> tuple[SiteFigure, ...]:
    """What is told of each site in a week."""
    released(cohort, week)
    release = last_release(cohort.releases)
    assert release is not None
    return release.sites


def test_who_has_just_joined_waits_for_four_more(cohort: Cohort) -> None:
    """Until then figures are of the same people; their number is rounded all the same."""
    give(cohort, people(12, first=1))
    before = released(cohort, 0)
    for joined in range(1, 5):
        give(cohort, [*people(12, first=1), *people(joined, first=100), "person0000"][: 12 + joined])
        now = released(cohort, joined)
        assert (now["C1"].mean, now["C1"].people) == (before["C1"].mean, before["C1"].people)
    give(cohort, [*people(12, first=1), *people(8, first=100)])
    assert released(cohort, 5)["C1"].people == 20


def test_every_order_of_coming_and_going_keeps_changes_large() -> None:
    """Whatever people do over a few weeks, two figures that follow each other differ in none or in five and more."""
    base, others = frozenset(people(14)), people(5, first=100)
    for weeks in itertools.product(range(4), repeat=3):
        count, shown, now = 14, base, base
        for step, move in enumerate(weeks):
            now = now - set(sorted(base)[: move * (step + 1)]) if move % 2 else now | set(others[: move + step])
            chosen = choose_people(now, shown & now, count).people
            if chosen is None:
                continue
            changed = (count - len(shown & chosen)) + len(chosen - shown)
            assert changed == 0 or changed >= 5
            count, shown = len(chosen), chosen


def test_fewer_than_twelve_are_not_shown(cohort: Cohort) -> None:
    """Neither figures nor their number."""
    give(cohort, people(11))
    for figure in released(cohort, 0).values():
        assert (figure.people, figure.mean, figure.seen) == (0, None, None)
    release = last_release(cohort.releases)
    assert release is not None
    assert release.people is None
    assert "Fewer than 12" in report_as_text(release, cohort.say)


def test_figures_are_rounded_and_the_week_is_released_once(cohort: Cohort) -> None:
    """Counts to five, means to one decimal; what is given later in the week changes nothing."""
    give(cohort, people(43, first=1))
    first = released(cohort, 0)["B1"]
    assert (first.people, first.seen) == (45, 20)
    assert first.mean == 0.4
    assert {round(10 * value, 6) % 1 for value in (first.mean, first.least, first.most) if value is not None} == {0.0}
    give(cohort, people(80, first=1))
    assert released(cohort, 0)["B1"] == first


def test_a_made_up_answer_does_not_move_the_mean(cohort: Cohort) -> None:
    """What no diary can show (nothing varies, an exact answer, more than a scale holds) is left out."""
    give(cohort, people(20, first=1))
    path = place_of(cohort.pooled, "findings", 0)
    given = pl.read_parquet(path)
    row = given.filter(person="person0001", question="B1")
    changes = [{"sigma": 0.0}, {"estimate": 1e300}, {"standard_error": 1e-9}, {"freedom": 0.0}, {"estimate": -5.1}]
    made_up = [
        row.with_columns(person=pl.lit(f"made-up{number}"), **{name: pl.lit(value) for name, value in change.items()})
        for number, change in enumerate(changes)
    ]
    pl.concat([given, *made_up]).write_parquet(path)
    figure = released(cohort, 0)["B1"]
    assert (figure.people, figure.mean) == (20, 0.4)


def test_small_cells_are_withheld_with_what_would_tell_them() -> None:
    """A part of fewer than ten, or all but fewer than ten; and beside one small site the next smallest."""
    assert [split_count(part, 40) for part in (0, 9, 10, 22, 30, 31, 40)] == [None, None, 10, 20, 30, None, None]
    assert suppress_cells([40, 8, 12, 30]) == [False, True, True, False]
    assert suppress_cells([40, 8, 3, 30]) == [False, True, True, False]
    assert suppress_cells([40, 12]) == [False, False]
    assert suppress_cells([4, 0]) == [True, False]


def test_a_release_forgets_the_pseudonyms_of_who_has_left(cohort: Cohort) -> None:
    """Of them only how many they were is kept."""
    give(cohort, people(14))
    released(cohort, 0)
    assert b"person0003" in (cohort.work / KEPT).read_bytes()
    give(cohort, [person for person in people(14) if person != "person0003"])
    released(cohort, 0)
    assert b"person0003" not in (cohort.work / KEPT).read_bytes()
    assert b"person" not in (cohort.releases / "2025-W47.json").read_bytes()


def test_the_report_is_one_page_without_persons(cohort: Cohort, tmp_path: Path) -> None:
    """It says of how many, how sure and how it came about, in words and with a picture, and escapes every name."""
    give(cohort, people(40), "<b>north</b>")
    released(cohort, 0)
    release = last_release(cohort.releases)
    assert release is not None
    text, page = report_as_text(release, cohort.say), report_as_page(release, cohort.say)
    assert "The club, week 2025-W47" in text
    assert "of a person's own standard deviation more" in text
    assert "about 20 of 40" in text
    assert "<b>north" not in page
    assert page.count("<circle") == 3
    assert "person0" not in text + page
    assert pl.read_parquet(place_of(cohort.pooled, "persons", 0)).height == 40
    rebuild_catalogue(cohort)
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
