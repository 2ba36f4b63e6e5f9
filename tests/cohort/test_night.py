"""A cohort's night without an engine: every home that can be served is, and the others are named."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import pickle
import shutil
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import polars as pl
import pytest
from cohort.cohort_homes import GIVES_ALL, bytes_below, copies
from pipelines_homes import LAST_DAY

from runmood.cohort.bucket import BEGUN, Ledger, Visit, all_visits
from runmood.cohort.folder import CohortSettings, check_scheduler, homes_in, make_cohort, open_cohort
from runmood.cohort.night import do_night, serve_here, withdraw
from runmood.cohort.release import PooledFigure, Release
from runmood.cohort.warm_worker import WarmWorker, WorkerStoppedError
from runmood.core.errors import UserError
from runmood.core.files import make_folder
from runmood.home.home import open_existing
from runmood.warehouse.cohort import read_cohort
from runmood.workflow.pooled_effects import FILE, read_pooled_effects

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.cohort.folder import Cohort
    from runmood.cohort.night import CohortNight


def night_of(cohort: Cohort, workers: int = 2) -> CohortNight:
    """The cohort's night by processes of this computer."""
    return do_night(cohort, LAST_DAY, serve_here(cohort, LAST_DAY, workers))


def outcomes(cohort: Cohort) -> dict[str, str]:
    """What the last night of each home came to, by the name of its folder."""
    visits = all_visits(cohort)
    return {each.home.name: visits[each.member].outcome for each in cohort.members()}


def persons(cohort: Cohort) -> list[str]:
    """The pseudonyms in the cohort's database."""
    return read_cohort(cohort.database, "select person from persons order by person")["person"].to_list()


@pytest.mark.usefixtures("traps")
def test_one_bad_home_is_named_and_stops_no_other(template: Path, tmp_path: Path, cohort: Cohort) -> None:
    """Endless, deadly, gone, vanishing, leading out, with bad settings, busy: all others are served."""
    names = ("endless", "deadly", "gone", "vanishing", "leading", "settings", "busy", "well", "better")
    homes = dict(zip(names, copies(template, tmp_path / "homes", len(names)), strict=True))
    text = (cohort.root / "cohort.toml").read_text(encoding="utf-8").replace("deadline_s = 900", "deadline_s = 30")
    (cohort.root / "cohort.toml").write_text(text, encoding="utf-8")
    cohort.add(homes.values())
    for name in ("endless", "deadly", "vanishing"):
        (homes[name] / name).touch()
    shutil.rmtree(homes["gone"])
    (homes["leading"] / "inbox" / "link.fit").symlink_to(tmp_path / "elsewhere.fit")
    (homes["settings"] / "settings.toml").write_text("time_zone = 7\n", encoding="utf-8")
    with open_existing(homes["busy"]).writing():
        result = night_of(open_cohort(cohort.root))
    names_of = {path.name: name for name, path in homes.items()}
    assert {names_of[name]: outcome for name, outcome in outcomes(cohort).items()} == {
        "endless": "slow", "deadly": "stopped", "gone": "refused", "vanishing": "refused", "leading": "refused",
        "settings": "refused", "busy": "busy", "well": "done", "better": "done",
    }  # fmt: skip
    assert result.lost == ()
    assert not homes["vanishing"].exists()
    assert result.rows["persons"] == 2
    said = " ".join(visit.sentence for visit in all_visits(cohort).values())
    assert "link.fit is a link that leads out" in said
    assert "time_zone" in said


def test_a_full_disk_replaces_nothing_by_half(template: Path, tmp_path: Path, small_disk: Path) -> None:
    """The night is told in a sentence, last night's database stays whole, and with room again all homes are done."""
    cohort = make_cohort(small_disk / "cohort", CohortSettings("The club", buckets=1))
    cohort.add(copies(template, tmp_path / "homes", 1))
    night_of(cohort)
    before = persons(cohort)
    with (small_disk / "filler").open("wb", buffering=0) as filler, contextlib.suppress(OSError):
        while True:
            filler.write(bytes(4096))
    later = LAST_DAY + dt.timedelta(days=1)
    with pytest.raises(UserError, match="The disk is full"):
        do_night(cohort, later, serve_here(cohort, later, 1))
    assert persons(cohort) == before
    (small_disk / "filler").unlink()
    again = do_night(cohort, later, serve_here(cohort, later, 1))
    assert (again.outcomes, again.lost) == ({"done": 1}, ())


def test_what_was_withdrawn_is_gone_from_every_file_by_the_next_night(
    template: Path, tmp_path: Path, cohort: Cohort
) -> None:
    """Consent is the home's, silence is no, and after the next night no byte of who gave it up is left."""
    homes = copies(template, tmp_path / "homes", 4)
    cohort.add(homes, "north")
    night_of(cohort)
    given = {each.home.name: cohort.person(each.member) for each in cohort.members()}
    assert persons(cohort) == sorted(given.values())
    settings = homes[0] / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace(GIVES_ALL, ""), encoding="utf-8")
    withdraw(cohort, homes[1])
    assert given["home-01"].encode() not in bytes_below(cohort.root)
    night_of(cohort)
    left = bytes_below(cohort.root)
    assert [name for name, person in given.items() if person.encode() in left] == ["home-02", "home-03"]
    assert "home-01" not in outcomes(cohort)
    assert persons(cohort) == sorted([given["home-02"], given["home-03"]])


def test_the_last_release_is_handed_to_those_who_ask_and_taken_from_those_who_do_not(
    template: Path, tmp_path: Path, cohort: Cohort
) -> None:
    """Only homes that name it get the file, whatever they give; no later than the next night it is gone again."""
    release = Release("2025-W46", "2025-11-10", "club", 40, (PooledFigure("B1", "2025-W46", 40, 0.2, 0.1, 0.3, 0.3),))
    make_folder(cohort.releases)
    (cohort.releases / "2025-W46.json").write_text(json.dumps(asdict(release)), encoding="utf-8")
    gives = copies(template, tmp_path / "gives", 1)
    asks = copies(template, tmp_path / "asks", 3, 'cohort_receives = ["pooled_effects"]\n')
    cohort.add([*gives, *asks])
    (asks[2] / FILE).symlink_to(tmp_path / "elsewhere")
    night_of(cohort)
    assert [(home / FILE).is_file() for home in (*gives, *asks)] == [False, True, True, False]
    assert read_pooled_effects(open_existing(asks[0]))["B1"].mean == 0.2
    assert not (tmp_path / "elsewhere").exists()
    settings = asks[0] / "settings.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("cohort_receives", "#"), encoding="utf-8")
    withdraw(cohort, asks[1])
    assert not (asks[1] / FILE).exists()
    night_of(cohort)
    assert not (asks[0] / FILE).exists()


def test_only_what_is_given_is_pooled(template: Path, tmp_path: Path, cohort: Cohort) -> None:
    """Each word gives its own columns; names, words and files of a home stand nowhere in the cohort's files."""
    words = {"days": ["day_kind", "mood_evening"], "measures": ["distance_m", "runs"], "findings": []}
    for word in words:
        cohort.add(copies(template, tmp_path / word, 1, f'cohort_gives = ["{word}"]\n'), word)
    cohort.add(copies(template, tmp_path / "silent", 1, ""), "silent")
    night_of(cohort)
    counts = read_cohort(
        cohort.database,
        "select site, count(*) as days, count(day_kind) as day_kind, count(mood_evening) as mood_evening, "
        "count(distance_m) as distance_m, count(runs) as runs from days join persons using (person) group by all",
    )
    assert sorted(counts["site"]) == ["days", "measures"]
    for site, given in words.items():
        row = counts.filter(site=site)
        named = [name for name in row.columns[2:] if not row.is_empty() and row[name].item() > 0]
        assert sorted(named) == given
    answers = read_cohort(cohort.database, "select distinct site from findings join persons using (person)")
    assert answers["site"].to_list() == ["findings"]
    pooled = bytes_below(cohort.pooled) + cohort.database.read_bytes()
    assert b"Ana Secret" not in pooled
    assert b".fit" not in pooled
    assert sorted(read_cohort(cohort.database, "from sites")["site"]) == ["days", "findings", "measures"]


def test_a_night_may_be_repeated_and_homes_are_there_once(template: Path, tmp_path: Path, cohort: Cohort) -> None:
    """The second night of a day has nothing to do, and comes to the same rows; files are their owner's alone."""
    cohort.add(copies(template, tmp_path / "homes", 3))
    first = night_of(cohort)
    before = {path: pl.read_parquet(path) for path in cohort.pooled.rglob("*.parquet")}
    second = night_of(cohort, workers=1)
    assert (first.outcomes, second.outcomes) == ({"done": 3}, {"nothing": 3})
    assert first.rows == second.rows
    assert all(pl.read_parquet(path).equals(frame) for path, frame in before.items())
    assert {oct(path.stat().st_mode & 0o077) for path in cohort.root.rglob("*")} == {"0o0"}


def test_a_home_that_takes_the_computer_down_is_passed_over(template: Path, tmp_path: Path, cohort: Cohort) -> None:
    """Where a visit was begun and nothing more is known, it is tried once more, and then left and named."""
    cohort.add(copies(template, tmp_path / "homes", 1))
    member = cohort.members()[0].member
    ledger = Ledger(cohort, cohort.bucket(member))
    ledger.write(member, Visit(LAST_DAY, BEGUN))
    assert ledger.begin(member, LAST_DAY).attempts == 1
    assert night_of(cohort).outcomes == {"passed_over": 1}
    assert night_of(cohort).outcomes == {"done": 1}


def test_pseudonyms_depend_on_the_key(tmp_path: Path, template: Path) -> None:
    """Two cohorts know the same home under other names, and nobody makes them without the key."""
    made = [make_cohort(tmp_path / name, CohortSettings(name)) for name in ("one", "other")]
    for each in made:
        each.add([template])
        assert each.add([template]) == 0
        assert (each.root / "key").stat().st_mode & 0o077 == 0
    same = made[0].members()[0].member
    assert made[0].person(same) != made[1].person(same)
    assert replace(made[0], key=made[1].key).person(same) == made[1].person(same)


def test_an_added_folder_of_homes_leaves_stray_folders_alone(tmp_path: Path, template: Path) -> None:
    """Only what is a home is added, and nothing is made in what is none."""
    homes = copies(template, tmp_path / "homes", 2)
    (tmp_path / "homes" / "stray").mkdir()
    assert list(homes_in(tmp_path / "homes")) == homes
    assert list(homes_in(tmp_path / "homes" / "stray")) == []


def test_a_scheduler_that_anybody_may_reach_is_refused(cohort: Cohort) -> None:
    """An address elsewhere has to be encrypted: who can speak to a scheduler can run programs as the worker."""
    for allowed in ("tcp://127.0.0.1:8786", "tls://cluster.example:8786", "localhost:8786"):
        check_scheduler(cohort, allowed)
    for refused in ("tcp://10.0.0.7:8786", "cluster.example:8786", "ws://192.0.2.1:80"):
        with pytest.raises(UserError, match="nor encrypted"):
            check_scheduler(cohort, refused)


def test_a_process_that_is_gone_is_told_and_another_is_started() -> None:
    """Who asks hears of it, also over an engine's wire, and the next request is answered by a new process."""
    told = pickle.loads(pickle.dumps(WorkerStoppedError(slow=True)))  # noqa: S301 - our own
    assert told.slow
    request = {"do": "night", "home": "/nowhere", "day": f"{LAST_DAY}"}
    with WarmWorker() as worker:
        assert worker.ask(request, 300)["outcome"] == "refused"
        with pytest.raises(WorkerStoppedError) as fault:
            worker.ask({"do": "what nobody can do"}, 300)
        assert not fault.value.slow
        assert "no settings.toml" in str(worker.ask(request, 300)["sentence"])
