"""A day is known to be without a run only where that is earned; a failure to read is never a missed run."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from drawn import rows
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from warehouse.store import BATCH, check_in, file_of, open_store, plan

from runmood.core.recordings import Decisions, FileStat
from runmood.warehouse.file_rows import FileRead

if TYPE_CHECKING:
    from pathlib import Path

FIRST = dt.date(2025, 5, 1)


def kinds(folder: Path, runs: list[tuple[int, str]], planned: list[int], **told: object) -> dict[int, str]:
    """Kinds of day by number from the first, of runs given as (day, device); plans on some days."""
    drawn = [
        {
            "file": f"f{number}",
            "begins": f"{FIRST + dt.timedelta(day)} 07:00",
            "minutes": "30",
            "km": "5",
            "device": device,
        }
        for number, (day, device) in enumerate(runs)
    ]
    said = {
        "plans": [plan({"day": str(FIRST + dt.timedelta(day)), "planned": "run"}) for day in planned],
        "check_ins": told.get("check_ins", []),
        "reported_days": told.get("reported_days", []),
        "reported_runs": told.get("reported_runs", []),
    }
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in drawn])
        store.build_tables(said, today=FIRST + dt.timedelta(told.get("today", 400)))  # type: ignore[operator, arg-type]
        days = store.table("days")
    return {(row["local_date"] - FIRST).days: row["day_kind"] for row in days.iter_rows(named=True)}


WATCH = [(0, "watch"), (2, "watch"), (5, "watch")]


def test_a_phone_says_nothing_of_a_watch(tmp_path: Path) -> None:
    """A phone's later file leaves the days since the watch was last read unknown; the watch's own makes them known."""
    planned = [7, 9, 12, 14]
    before = kinds(tmp_path / "before", [*WATCH, (16, "phone")], planned)
    assert {before[day] for day in range(6, 16)} == {"unknown"}
    after = kinds(tmp_path / "after", [*WATCH, (7, "watch"), (14, "watch"), (16, "phone")], planned)
    assert [after[day] for day in planned] == ["planned_run", "missed_run", "missed_run", "planned_run"]
    assert after[15] == "unknown"


def test_a_new_watch_takes_over(tmp_path: Path) -> None:
    """A watch that is given up is waited for until another recorded more than three quarters of the last 20 runs."""
    new = [(12 + 2 * number, "new") for number in range(20)]
    told = kinds(tmp_path, [*WATCH, *new], [8, 15, 47])
    assert (told[8], told[15], told[47]) == ("unknown", "unknown", "missed_run")


def test_a_copy_of_the_same_runs_is_no_device_to_wait_for(tmp_path: Path) -> None:
    """Another service's copies of the watch's runs end early, and the watch alone still makes days known."""
    runs = "| file | begins | minutes | km | device | format |\n" + "\n".join(
        f"| {name}{day} | {FIRST + dt.timedelta(day)} 07:00 | 30 | 5 | {name} | {form} |"
        for name, form, days in (("watch", "fit", (0, 2, 5, 9)), ("service", "gpx", (0, 2, 5)))
        for day in days
    )
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(runs)])
        store.build_tables()
        assert store.table("days")["runs"].to_list() == [1, 0, 1, 0, 0, 1, 0, 0, 0, 1]


def test_what_is_dated_after_today_counts_for_nothing(tmp_path: Path) -> None:
    """A watch whose clock is ahead makes no later day, and says nothing of the days before."""
    told = kinds(tmp_path, [*WATCH, (24, "watch")], [7, 9], today=10)
    assert told[7] == told[9] == "unknown"
    assert max(told) == 9


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        pytest.param({"kind": "after-run"}, "unknown", id="after a run"),
        pytest.param({"kind": "evening", "effort": "6"}, "unknown", id="an effort"),
        pytest.param({"kind": "evening", "note": "Went for a run with Anna"}, "unknown", id="a note of a run"),
        pytest.param({"kind": "evening", "note": "Bin heute 5 km gelaufen"}, "unknown", id="a German note"),
        pytest.param({"kind": "evening", "note": "Vanochtend 5 km hardgelopen"}, "unknown", id="a Dutch note"),
        pytest.param({"kind": "evening", "note": "Lekker loopje in de regen"}, "unknown", id="a Dutch run"),
        pytest.param({"kind": "evening", "note": "Went for a long run"}, "unknown", id="a long run"),
        pytest.param({"kind": "evening", "note": "Ran with Tom this morning"}, "unknown", id="with somebody"),
        pytest.param({"kind": "evening", "note": "J'ai couru 5 km"}, "unknown", id="a French note"),
        pytest.param({"kind": "evening", "note": "Salí a correr un rato"}, "unknown", id="a Spanish note"),
        pytest.param({"kind": "evening", "note": "Vandaag niet hardgelopen"}, "missed_run", id="a Dutch note of none"),
        pytest.param({"kind": "evening", "note": "Long run tomorrow"}, "missed_run", id="a run to come"),
        pytest.param({"kind": "evening", "note": "I didn't run, watched a film"}, "missed_run", id="a note of none"),
        pytest.param({"kind": "evening", "note": "Ran out of milk"}, "missed_run", id="another note"),
        pytest.param({"kind": "evening"}, "missed_run", id="nothing of a run"),
        pytest.param({"kind": "evening", "skipped": "weather"}, "missed_run", id="a reason"),
    ],
)
def test_the_word_of_a_person_outranks_silence(tmp_path: Path, said: dict[str, str], kind: str) -> None:
    """Who speaks of a run on a day without a file has not missed it, whatever the watch was synced to."""
    row = check_in({"felt": f"{FIRST + dt.timedelta(3)} 20:00", "mood": "5", **said}) | {"note": said.get("note")}
    assert kinds(tmp_path, WATCH, [3], check_ins=[row])[3] == kind


def test_a_day_is_known_where_the_person_says_so(tmp_path: Path) -> None:
    """No run by their own word is known without a file; a file that is still to come keeps its day unknown."""
    told = [
        {"local_date": FIRST + dt.timedelta(day), "word": word} for day, word in ((7, "no run"), (3, "not imported"))
    ]
    found = kinds(tmp_path, WATCH, [3, 7, 8], reported_days=told)
    assert (found[3], found[7], found[8]) == ("unknown", "missed_run", "unknown")


def test_rest_kept_in_a_long_silence_is_known_by_its_check_in(tmp_path: Path) -> None:
    """More than eight weeks between two runs are unknown, but for a planned rest on which the person checked in."""
    said = check_in({"felt": f"{FIRST + dt.timedelta(20)} 20:00", "kind": "evening", "mood": "5"})
    plans = [plan({"day": str(FIRST + dt.timedelta(day)), "planned": "rest"}) for day in (20, 70, 100)]
    drawn = [
        {"file": f"f{day}", "begins": f"{FIRST + dt.timedelta(day)} 07:00", "minutes": "30", "km": "5"}
        for day in (0, 60, 80, 160)
    ]
    late = [said | {"local_date": FIRST + dt.timedelta(day), "check_in_id": str(day)} for day in (100,)]
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in drawn])
        store.build_tables({"check_ins": late, "plans": plans})
        found = {(row["local_date"] - FIRST).days: row["day_kind"] for row in store.table("days").iter_rows(named=True)}
    assert (found[70], found[100], found[20]) == ("planned_rest", "planned_rest", "unknown")


def test_a_told_run_is_a_run(tmp_path: Path) -> None:
    """A run without a watch counts in days, weeks and load, and says nothing of what the watch has delivered."""
    told = {
        "report_id": "a", "local_date": FIRST + dt.timedelta(8), "local_clock": "12:00", "clock_known": False,
        "started_at": dt.datetime(2025, 5, 9, 12, tzinfo=dt.UTC), "time_zone": "UTC",
        "distance_m": 6000.0, "moving_s": 2160.0, "effort": 5.0, "note": "no watch",
    }  # fmt: skip
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of({"file": "f", "begins": "2025-05-01 07:00", "minutes": "30", "km": "5"})])
        store.build_tables({"reported_runs": [told]})
        day, run, week = store.table("days")[-1], store.table("runs")[-1], store.table("weeks")[-1]
        assert (day["runs"][0], day["distance_m"][0], day["load"][0], day["known_from"][0]) == (1, 6000, 180, "run")
        assert (run["effort_source"][0], run["distance_source"][0], run["files"][0]) == ("said", "hand", 0)
        assert week["distance_m"][0] == 6000
        assert store.table("days")["day_kind"].to_list() == ["unplanned_run", *["unknown"] * 7, "unplanned_run"]
        turned_up = {"file": "g", "begins": "2025-05-09 18:00", "minutes": "35", "km": "6.2"}
        other = {"file": "h", "begins": "2025-05-09 07:00", "minutes": "120", "km": "21"}
        store.save(BATCH, [file_of(turned_up), file_of(other)])
        store.build_tables({"reported_runs": [told]})
        assert store.table("runs").select("recording_id", "distance_m", "effort", "note").rows() == [
            ("f", 5000, None, None),
            ("h", 21000, None, None),
            ("g", 6200, 5, "no watch"),
        ]


def told_run(day: int, **known: object) -> dict[str, object]:
    """A run told without a watch on a day from the first, at noon where no clock is known."""
    date = FIRST + dt.timedelta(day)
    begins = dt.datetime.combine(date, dt.time.fromisoformat(str(known.get("clock", "12:00"))), dt.UTC)
    return {
        "report_id": f"told {day}", "local_date": date, "local_clock": f"{begins:%H:%M}",
        "clock_known": "clock" in known, "started_at": begins, "time_zone": "UTC",
        "distance_m": known.get("distance_m", 5000.0), "moving_s": 1800.0, "effort": None, "note": None,
    }  # fmt: skip


@pytest.mark.parametrize(("count", "kind"), [(4, "missed_run"), (5, "unknown"), (19, "unknown")])
def test_a_watch_shows_no_rest_of_who_often_runs_without(tmp_path: Path, count: int, kind: str) -> None:
    """Where a quarter of the last 20 runs was only told, a later run of the watch says nothing of a day without one."""
    days = range(0, 40, 2)
    watch = [(day, "watch") for day in (*days[count:], 44)]
    told = [told_run(day) for day in days[:count]]
    assert kinds(tmp_path, watch, [41], reported_runs=told)[41] == kind


@pytest.mark.parametrize(
    ("decided", "unknown"), [(None, {6, 7, 8, 9}), (True, set()), (False, set())], ids=["waits", "a run", "no run"]
)
def test_a_clock_ahead_leaves_the_days_before_its_file_was_saved_unknown(
    tmp_path: Path, decided: bool | None, unknown: set[int]
) -> None:
    """A run dated ahead may be of any day since the run before its file was saved, until the person decides."""
    dates = (0, 2, 5, 14)
    files = [
        file_of({"file": f"f{day}", "begins": f"{FIRST + dt.timedelta(day)} 07:00", "minutes": "30", "km": "5"})
        for day in dates
    ]
    ahead = file_of({"file": "a", "begins": f"{FIRST + dt.timedelta(365)} 07:00", "minutes": "30", "km": "5"})
    ahead.recordings[0].row.update(status="undecided", status_reason="clock_ahead")
    saved = dt.datetime.combine(FIRST + dt.timedelta(9), dt.time(20), dt.UTC)
    plans = [plan({"day": str(FIRST + dt.timedelta(day)), "planned": "run"}) for day in range(14)]
    decisions = Decisions() if decided is None else Decisions(is_run={"a": decided})
    with open_store(tmp_path) as store:
        store.save(BATCH, [*files, replace(ahead, stamp=FileStat(1, saved), outcome="undecided")])
        store.build_tables({"plans": plans}, decisions, today=FIRST + dt.timedelta(20))
        rows = store.table("days").iter_rows(named=True)
        found = {(row["local_date"] - FIRST).days: row["day_kind"] for row in rows}
    assert {day for day, kind in found.items() if kind == "unknown"} == unknown
    assert {day for day, kind in found.items() if kind == "missed_run"} == {*range(14)} - {0, 2, 5} - unknown


def test_a_run_told_before_midnight_and_recorded_after_it_is_one(tmp_path: Path) -> None:
    """A file that begins minutes after midnight is the run told of the day before, which is not missed by that."""
    rows = [
        {"file": day, "begins": f"{day}", "minutes": "30", "km": "5"}
        for day in ("2025-05-01 07:00", "2025-05-09 00:05")
    ]
    said = {
        "reported_runs": [told_run(7, clock="23:50")],
        "plans": [plan({"day": "2025-05-08", "planned": "run"})],
    }
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in (*rows, rows[0] | {"file": "c", "begins": "2025-05-12 07:00"})])
        store.build_tables(said)
        assert store.table("runs")["local_date"].dt.day().to_list() == [1, 9, 12]
        kinds = dict(store.table("days").select("local_date", "day_kind").iter_rows())
    assert (kinds[dt.date(2025, 5, 7)], kinds[dt.date(2025, 5, 8)]) == ("no_run", "unknown")


@pytest.mark.parametrize(
    ("begins", "planned", "kind"),
    [
        ("00:00", "run", "unknown"),
        ("00:20", "run", "unknown"),
        ("03:59", "run", "unknown"),
        ("04:00", "run", "missed_run"),
        ("07:00", "run", "missed_run"),
        ("00:20", "rest", "planned_rest"),
        ("00:20", None, "no_run"),
    ],
)
@pytest.mark.parametrize("waits", [False, True])
def test_a_run_after_midnight_may_be_that_of_the_evening(
    tmp_path: Path, begins: str, planned: str | None, kind: str, *, waits: bool
) -> None:
    """A person's day ends at 04:00, as with check-ins: a run begun before then may be the one planned."""
    drawn = [
        {"file": moment, "begins": moment, "minutes": "30", "km": "5"}
        for moment in ("2025-05-01 07:00", f"2025-05-09 {begins}", "2025-05-12 07:00")
    ]
    files = [file_of(row) for row in drawn]
    if waits:
        files[1].recordings[0].row.update(status="undecided", status_reason="guessed")
    with open_store(tmp_path) as store:
        store.save(BATCH, files)
        plans = [plan({"day": "2025-05-08", "planned": planned})] if planned else []
        store.build_tables({"plans": plans})
        kinds = dict(store.table("days").select("local_date", "day_kind").iter_rows())
    assert kinds[dt.date(2025, 5, 8)] == kind
    assert (kinds[dt.date(2025, 5, 9)] == "unknown") is waits


@pytest.mark.parametrize(
    ("felt", "kind", "day_kind"),
    [
        ("2025-05-09 00:40", "after-run", "unknown"),
        ("2025-05-09 00:40", "evening", "missed_run"),
        ("2025-05-09 08:40", "after-run", "missed_run"),
    ],
)
def test_a_check_in_after_a_run_at_night_speaks_of_the_evening(
    tmp_path: Path, felt: str, kind: str, day_kind: str
) -> None:
    """The person's word outranks silence, also where the calendar has it on the day after."""
    said = check_in({"felt": felt, "kind": kind, "mood": "6", "of": "2025-05-08" if kind == "evening" else ""})
    assert kinds(tmp_path, [(0, "watch"), (11, "watch")], [7], check_ins=[said])[7] == day_kind


FATES = ("read", "read", "read", "refused", "ahead", "phone", "told", "undecided")
DAYS_OF_A_YEAR = 120
MOST_BY_PHONE, FEWEST_BY_WATCH = 10, 5  # else the phone were the device that records this person's runs


def file_with(day: int, fate: str) -> FileRead:
    """The file of a run on a day, by what became of it."""
    date = FIRST + dt.timedelta(day)
    if fate == "refused":
        stamp = FileStat(1, dt.datetime(2025, 1, 1, tzinfo=dt.UTC))
        return FileRead(f"inbox/f{day}", stamp, "refused", local_date=date)
    begins = date + dt.timedelta(365) if fate == "ahead" else date
    device = "phone" if fate == "phone" else "watch"
    row = {"file": f"f{day}", "begins": f"{begins} 07:00", "minutes": "30", "km": "5", "device": device}
    file = file_of(row)
    if fate == "undecided":
        file.recordings[0].row["status"] = "undecided"
    return file


@settings(max_examples=15, deadline=None)
@given(
    ran=st.dictionaries(st.integers(0, DAYS_OF_A_YEAR - 1), st.sampled_from(FATES), min_size=12, max_size=60),
    synced=st.integers(40, DAYS_OF_A_YEAR),
    planned=st.sets(st.integers(0, DAYS_OF_A_YEAR - 1), max_size=60),
)
def test_a_failure_to_read_is_never_a_missed_run(
    tmp_path_factory: pytest.TempPathFactory, ran: dict[int, str], synced: int, planned: set[int]
) -> None:
    """A day whose run is still on the watch, refused, undecided or only told is never missed and never without a run.

    The watch was last read on the day `synced`; what it recorded later is on no disk. A phone tells of some runs at
    once. Of a file dated a year ahead nobody can know the true day here; it makes no day and covers none.
    """
    phone = {day for day, fate in ran.items() if fate == "phone"}
    fates = {day: "told" if day in sorted(phone)[MOST_BY_PHONE:] else fate for day, fate in ran.items()}
    assume(sum(fate == "read" and day <= synced for day, fate in fates.items()) >= FEWEST_BY_WATCH)
    delivered = [
        file_with(day, fate) for day, fate in fates.items() if fate == "phone" or (fate != "told" and day <= synced)
    ]
    felt = [f"{FIRST + dt.timedelta(day)} 08:00" for day, fate in fates.items() if fate == "told"]
    said = {
        "check_ins": [check_in({"felt": at, "kind": "after-run", "mood": "6"}) for at in felt],
        "plans": [plan({"day": str(FIRST + dt.timedelta(day)), "planned": "run"}) for day in planned],
    }
    with open_store(tmp_path_factory.mktemp("year")) as store:
        store.save(BATCH, delivered)
        store.build_tables(said, today=FIRST + dt.timedelta(DAYS_OF_A_YEAR))
        days = {(row["local_date"] - FIRST).days: row["day_kind"] for row in store.table("days").iter_rows(named=True)}
    without = {day for day, kind in days.items() if kind in ("missed_run", "no_run", "planned_rest")}
    assert not without & {day for day, fate in fates.items() if fate != "ahead"}
    assert max(days, default=0) <= DAYS_OF_A_YEAR


def test_two_watches_of_one_kind_are_two(tmp_path: Path) -> None:
    """A watch is told by its serial number: another one of the same kind says nothing of its days."""
    drawn = [
        {"file": f"f{day}", "begins": f"{FIRST + dt.timedelta(day)} 07:00", "minutes": "30", "km": "5",
         "device": "Forerunner", "serial": serial}
        for day, serial in ((0, "1"), (2, "1"), (5, "1"), (9, "2"))
    ]  # fmt: skip
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in drawn])
        store.build_tables()
        assert store.table("days")["runs"].to_list() == [1, 0, 1, 0, 0, 1, None, None, None, 1]
