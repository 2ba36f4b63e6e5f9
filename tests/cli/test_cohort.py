"""The commands of who serves many homes, as typed; the night itself is in tests/cohort."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from runmood.cohort.bucket import Ledger, Visit
from runmood.cohort.folder import open_cohort
from runmood.home.home import open_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Typed

NIGHT = dt.date(2025, 11, 21)


@pytest.fixture
def club(tmp_path: Path, cli: Callable[..., Typed]) -> Path:
    """A cohort of two homes and a stray folder beside them."""
    for name in ("ana", "ben"):
        open_home(tmp_path / "homes" / name)
    (tmp_path / "homes" / "stray").mkdir()
    assert cli("cohort", "init", str(tmp_path / "club"), "--name", 'The "club"').status == 0
    added = cli("cohort", "add", str(tmp_path / "homes"), "--folder", str(tmp_path / "club"), "--site", "north")
    assert (added.status, added.written.startswith("2 homes added; 2 homes in all.")) == (0, True)
    return tmp_path / "club"


def test_a_cohort_is_made_once(club: Path, cli: Callable[..., Typed]) -> None:
    """Not in a folder that holds something, and under the name that was given."""
    again = cli("cohort", "init", str(club))
    assert (again.status, "There is something in" in again.complained) == (2, True)
    assert open_cohort(club).settings.name == 'The "club"'
    assert "There is no cohort at" in cli("cohort", "status", "--folder", str(club / "nowhere")).complained


def test_status_names_the_homes_that_need_a_look(club: Path, cli: Callable[..., Typed]) -> None:
    """When each last went well and why not since; a home in order has no line."""
    told = cli("cohort", "status", "--folder", str(club))
    assert (told.status, told.written.count("not served yet")) == (1, 2)
    cohort = open_cohort(club)
    ana, ben = cohort.members()
    Ledger(cohort, cohort.bucket(ana.member)).write(ana.member, Visit(NIGHT, "done", good_on=NIGHT))
    Ledger(cohort, cohort.bucket(ben.member)).write(ben.member, Visit(NIGHT, "slow", "It took long.", good_on=NIGHT))
    told = cli("cohort", "status", "--folder", str(club))
    assert told.status == 1
    night = "21 November 2025"
    assert f"{ben.home}: took too long ({night}); last went well: {night}. It took long." in told.written
    assert str(ana.home) not in told.written


def test_what_is_not_there_is_a_sentence(club: Path, cli: Callable[..., Typed], tmp_path: Path) -> None:
    """No release yet, no such member, no home at a path, a scheduler that anybody may reach."""
    folder = ("--folder", str(club))
    for words, sentence in (
        (("report", *folder), "Nothing is released yet"),
        (("withdraw", str(tmp_path), *folder), "is not a home of this cohort"),
        (("add", str(tmp_path / "homes" / "stray"), *folder), "There is no home at"),
    ):
        typed = cli("cohort", *words)
        assert (typed.status, sentence in typed.complained) == (2, True), words
    (club / "cohort.toml").write_text("buckets = 0\n", encoding="utf-8")
    assert "buckets is no setting" in cli("cohort", "status", *folder).complained
    (club / "key").write_text("short", encoding="ascii")
    assert cli("cohort", "status", *folder).status == 2


def test_a_home_is_taken_out_by_its_folder(club: Path, cli: Callable[..., Typed], tmp_path: Path) -> None:
    """It is in no register any more, be the folder there or gone."""
    (tmp_path / "homes" / "ana").rename(tmp_path / "gone")
    assert cli("cohort", "withdraw", str(tmp_path / "homes" / "ana"), "--folder", str(club)).status == 0
    assert [member.home.name for member in open_cohort(club).members()] == ["ben"]
