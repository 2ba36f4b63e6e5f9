from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import polars as pl
import pytest
from drawn import number, rows
from warehouse.store import BATCH, check_in, file_of, open_store, plan

from runmood.core.recordings import Decisions

if TYPE_CHECKING:
    from pathlib import Path

RUNS = """
    | file | begins           | minutes | km |
    | a    | 2025-04-30 07:00 | 30      | 5  |
    | b    | 2025-05-01 07:00 | 30      | 5  |
    | c    | 2025-05-01 19:00 | 60      | 10 |
    | d    | 2025-05-04 23:50 | 60      | 12 |
    | e    | 2025-05-06 07:00 | 60      | 10 |
"""
PLANS = """
    | day        | planned |
    | 2025-04-29 | run     |
    | 2025-05-01 | run     |
    | 2025-05-02 | run     |
    | 2025-05-03 | rest    |
    | 2025-05-04 | rest    |
    | 2025-05-07 | run     |
    | 2025-05-08 | run     |
    | 2025-05-09 | rest    |
"""
SAID = """
    | felt             | kind       | mood | tags   | skipped | late |
    | 2025-05-01 06:30 | morning    | 5    |        |         |      |
    | 2025-05-01 18:50 | before-run | 4    |        |         |      |
    | 2025-05-01 06:55 | before-run | 6    |        |         |      |
    | 2025-05-01 07:40 | after-run  | 7    |        |         |      |
    | 2025-05-01 20:10 | after-run  | 9    |        |         |      |
    | 2025-05-01 21:00 | evening    | 6    |        |         |      |
    | 2025-05-01 22:00 | evening    | 8    |        |         |      |
    | 2025-05-02 21:00 | evening    | 3    | ill    |         | yes  |
    | 2025-05-07 21:00 | evening    | 4    |        | weather |      |
"""
DAYS = """
    | day        | kind          | runs | km | morning | before | after | evening | apart | late |
    | 2025-04-29 | unknown       |      |    |         |        |       |         |       |      |
    | 2025-04-30 | unplanned_run | 1    | 5  |         |        |       |         |       |      |
    | 2025-05-01 | planned_run   | 2    | 15 | 5       | 6      | 9     | 8       |       | no   |
    | 2025-05-02 | ill_or_injured | 0    | 0  |         |        |       | 3       | yes   | yes  |
    | 2025-05-03 | planned_rest  | 0    | 0  |         |        |       |         |       |      |
    | 2025-05-04 | run_on_rest   | 1    | 12 |         |        |       |         |       |      |
    | 2025-05-05 | no_run        | 0    | 0  |         |        |       |         |       |      |
    | 2025-05-06 | unplanned_run | 1    | 10 |         |        |       |         |       |      |
    | 2025-05-07 | missed_run    | 0    | 0  |         |        |       | 4       |       | no   |
    | 2025-05-08 | unknown       |      |    |         |        |       |         |       |      |
    | 2025-05-09 | unknown       |      |    |         |        |       |         |       |      |
"""


def joined(folder: Path, table: str) -> pl.DataFrame:
    """A table made from the drawn runs, plans and check-ins."""
    with open_store(folder) as store:
        store.save(BATCH, [file_of(row) for row in rows(RUNS)])
        store.build_tables(
            {"check_ins": [check_in(row) for row in rows(SAID)], "plans": [plan(row) for row in rows(PLANS)]}
        )
        return store.table(table)


def test_days(tmp_path: Path) -> None:
    """A day is known from the first run to the last, or where the person said why they did not run."""
    days = joined(tmp_path, "days")
    told = [
        {
            "day": str(day["local_date"]),
            "kind": day["day_kind"],
            "runs": day["runs"],
            "km": day["distance_m"] if day["distance_m"] is None else day["distance_m"] / 1000,
            "morning": day["mood_morning"],
            "before": day["mood_before_run"],
            "after": day["mood_after_run"],
            "evening": day["mood_evening"],
            "apart": "yes" if day["excluded"] else "",
            "late": {None: "", True: "yes", False: "no"}[day["mood_evening_late"]],
        }
        for day in days.iter_rows(named=True)
    ]
    words = ("day", "kind", "apart", "late")
    drawn = [{key: cell if key in words else number(cell) for key, cell in row.items()} for row in rows(DAYS)]
    assert told == drawn


FULL_RUNS = """
    | file | begins           | minutes | km | climb | effort |
    | a    | 2025-05-01 07:00 | 30      | 5  | 100   | 4      |
    | b    | 2025-05-01 19:00 | 60      | 10 | 200   | 5      |
    | c    | 2025-05-02 07:00 | 30      | 5  |       | 4      |
    | d    | 2025-05-02 19:00 | 30      | 5  | 50    |        |
    | e    | 2025-05-04 07:00 | 40      |    | 10    | 3      |
    | f    | 2025-05-05 07:00 | 30      | 5  | 10    | 3      |
    | g    | 2025-05-06 07:00 | 30      | 5  | 10    | 3      |
"""
FULL_PLANS = """
    | day        | planned | km | minutes | name    |
    | 2025-05-01 | run     | 31 |         | Long    |
    | 2025-05-02 | run     | 20 |         |         |
    | 2025-05-03 | rest    |    |         | Rest    |
    | 2025-05-04 | run     | 10 | 90      |         |
    | 2025-05-05 | run     | 20 | 45      |         |
"""
FULL_SAID = """
    | felt             | kind      | mood | pain | tags       | of         | source |
    | 2025-05-01 08:00 | morning   | 5    | 2    | travel     |            |        |
    | 2025-05-01 20:30 | after-run | 6    | 4    | hard long  |            |        |
    | 2025-05-02 00:30 | evening   | 7    | 1    | long       | 2025-05-01 | daylio |
    | 2025-05-04 21:00 | evening   | 7    |      |            |            | web    |
"""
FULL_DAYS = """
    | day        | kind          | km | most | climb | load | effort | pain | tags             | apart | by     | plan |
    | 2025-05-01 | partly_met    | 15 | 10   | 300   | 420  | 4.667  | 4    | hard long travel | yes   | daylio | Long |
    | 2025-05-02 | planned_run   | 10 | 5    |       |      | 4      |      |                  |       |        |      |
    | 2025-05-03 | planned_rest  | 0  |      | 0     | 0    |        |      |                  |       |        | Rest |
    | 2025-05-04 | partly_met    |    |      | 10    | 120  | 3      |      |                  |       | web    |      |
    | 2025-05-05 | planned_run   | 5  | 5    | 10    | 90   | 3      |      |                  |       |        |      |
    | 2025-05-06 | unplanned_run | 5  | 5    | 10    | 90   | 3      |      | own              |       |        |      |
"""


def test_a_day_in_full(tmp_path: Path) -> None:
    """A day sums its runs, null where one does not tell; it has the most pain and all tags, each once.

    A plan that says how far or how long is met by half of it, by whichever measure makes more of the run.
    """
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(FULL_RUNS)])
        told = {
            "check_ins": [check_in(row) for row in rows(FULL_SAID)],
            "plans": [plan(row) for row in rows(FULL_PLANS)],
        }
        store.build_tables(told, Decisions(tags={"g": ("own",)}))
        days = store.table("days").with_columns(pl.col("distance_m", "longest_m") / 1000, pl.col("effort").round(3))
    assert [
        {
            "day": str(day["local_date"]),
            "kind": day["day_kind"],
            "km": day["distance_m"],
            "most": day["longest_m"],
            "climb": day["ascent_m"],
            "load": day["load"],
            "effort": day["effort"],
            "pain": day["pain"],
            "tags": " ".join(day["tags"] or []),
            "apart": "yes" if day["excluded"] else "",
            "by": day["mood_evening_source"] or "",
            "plan": day["plan_name"] or "",
        }
        for day in days.iter_rows(named=True)
    ] == [
        {
            key: number(cell) if key in {"km", "most", "climb", "load", "effort", "pain"} else cell
            for key, cell in row.items()
        }
        for row in rows(FULL_DAYS)
    ]
    assert days["load_estimated"].to_list() == [False, None, False, False, False, False]


OVERLAPS = {
    "twenty minutes of an hour": (("2025-05-04 07:40", "60", "12"), (100, 18)),
    "all of it, elsewhere at that time": (("2025-05-04 07:00", "60", "12"), (60, 10)),
    "a part of the other": (("2025-05-04 07:20", "10", "2"), (60, 10)),
    "nothing": (("2025-05-04 18:00", "60", "12"), (120, 22)),
    "one minute": (("2025-05-04 07:59", "60", "12"), (119, 21.8)),
}


@pytest.mark.parametrize(("second", "whole"), OVERLAPS.values(), ids=OVERLAPS)
@pytest.mark.parametrize("turned", [False, True])
def test_time_that_two_runs_share_counts_once(
    tmp_path: Path, second: tuple[str, str, str], whole: tuple[float, float], *, turned: bool
) -> None:
    """A day has both runs without what the second shares, whichever came first; all of both where told apart."""
    begins, minutes, km = second
    drawn = [
        {"file": "a", "begins": "2025-05-04 07:00", "minutes": "60", "km": "10", "lat": "38.7", "lon": "-9.1"},
        {"file": "b", "begins": begins, "minutes": minutes, "km": km, "lat": "52.5", "lon": "13.4"},
    ]
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in (reversed(drawn) if turned else drawn)])
        store.build_tables()
        (day,) = store.table("days").iter_rows(named=True)
        store.build_tables(decisions=Decisions(same_run={("a", "b"): False}))
        (both,) = store.table("days").iter_rows(named=True)
    assert (day["runs"], both["runs"]) == (2, 2)
    assert (day["moving_s"] / 60, day["distance_m"] / 1000) == pytest.approx(whole)
    assert (both["moving_s"] / 60, both["distance_m"] / 1000) == pytest.approx((60 + float(minutes), 10 + float(km)))
    assert day["longest_m"] == max(10_000, 1000 * float(km))


def test_what_helped_is_null_where_nobody_answered(tmp_path: Path) -> None:
    """What helped stands once each, in order of the alphabet; nothing is an answer, and no answer is null."""
    said = [
        {"check_in_id": "a", "local_date": date(2025, 5, 1), "thing": "running"},
        {"check_in_id": "b", "local_date": date(2025, 5, 1), "thing": "rest"},
        {"check_in_id": "b", "local_date": date(2025, 5, 1), "thing": "running"},
        {"check_in_id": "c", "local_date": date(2025, 5, 3), "thing": "nothing"},
    ]
    evenings = [{"felt": f"2025-05-0{day} 21:00", "kind": "evening", "mood": "5"} for day in (1, 2, 3)]
    with open_store(tmp_path) as store:
        store.build_tables({"check_ins": [check_in(row) for row in evenings], "check_in_helped": said})
        assert store.table("days")["helped"].to_list() == [["rest", "running"], None, ["nothing"]]


# Moments in UTC, and the clock of the place: Berlin on the night the clocks go forward, a flight to Auckland over the
# date line, Honolulu the day after, a run past midnight, and the night the clocks go back.
ABROAD = """
    | file | begins           | clock            | minutes | km | zone             |
    | a    | 2025-03-30 00:30 | 2025-03-30 01:30 | 60      | 10 | Europe/Berlin    |
    | b    | 2025-03-31 18:00 | 2025-04-01 07:00 | 30      | 5  | Pacific/Auckland |
    | c    | 2025-04-01 06:30 | 2025-03-31 20:30 | 30      | 5  | Pacific/Honolulu |
    | d    | 2025-04-03 21:45 | 2025-04-03 23:45 | 60      | 10 | Europe/Berlin    |
    | e    | 2025-10-25 22:30 | 2025-10-26 00:30 | 60      | 10 | Europe/Berlin    |
    | f    | 2025-10-26 00:30 | 2025-10-26 02:30 | 60      | 10 | Europe/Berlin    |
    | g    | 2025-10-26 01:30 | 2025-10-26 02:30 | 60      | 10 | Europe/Berlin    |
"""
ABROAD_DAYS = """
    | day        | runs | km |
    | 2025-03-30 | 1    | 10 |
    | 2025-03-31 | 1    | 5  |
    | 2025-04-01 | 1    | 5  |
    | 2025-04-02 | 0    | 0  |
    | 2025-04-03 | 1    | 10 |
    | 2025-04-04 | 0    | 0  |
    | 2025-10-26 | 3    | 30 |
"""


def test_a_run_belongs_to_the_day_it_began_where_it_began(tmp_path: Path) -> None:
    """Across zones, clock changes, the date line and midnight a run is of the day on the wall when it began."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(ABROAD)])
        store.build_tables({"check_ins": [check_in({"felt": "2025-06-01 12:00", "kind": "evening", "mood": "5"})]})
        days = store.table("days").with_columns(pl.col("distance_m") / 1000)
        assert days.height == (date(2025, 10, 26) - date(2025, 3, 30)).days + 1
    known = {str(day): (runs, km) for day, runs, km in days.select("local_date", "runs", "distance_m").iter_rows()}
    assert [known[row["day"]] for row in rows(ABROAD_DAYS)] == [
        (number(row["runs"]), number(row["km"])) for row in rows(ABROAD_DAYS)
    ]


@pytest.mark.parametrize(
    ("weeks", "said", "known"),
    [
        pytest.param(8, "", True, id="eight weeks"),
        pytest.param(9, "", False, id="nine weeks"),
        pytest.param(9, "2025-01-20 21:00", True, id="nine weeks, with a word"),
    ],
)
def test_a_long_silence_is_not_rest(tmp_path: Path, weeks: int, said: str, known: bool) -> None:
    """More than eight weeks between two runs on which the person said nothing are unknown: an import may be missing."""
    first = date(2025, 1, 1)
    drawn = [
        {"file": name, "begins": f"{first + timedelta(weeks=after)} 07:00", "minutes": "30", "km": "5"}
        for name, after in (("a", 0), ("b", weeks))
    ]
    evenings = [check_in({"felt": said, "kind": "evening", "mood": "5"})] if said else []
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in drawn])
        store.build_tables({"check_ins": evenings})
        days = store.table("days")
    assert days["runs"].to_list() == [1, *[0 if known else None] * (7 * weeks - 1), 1]


WEEKS = """
    | week       | name     | known | runs | km | longest | planned | missed | rests | mood | rated |
    | 2025-04-28 | 2025-W18 | 5     | 4    | 32 | 12      | 1       | 0      | 2     | 5.5  | 2     |
    | 2025-05-05 | 2025-W19 | 3     | 1    | 10 | 10      | 1       | 1      | 0     | 4    | 1     |
"""


PERIODS = """
    | table  | begins     | known | runs | km | planned | missed |
    | months | 2025-04-01 | 1     | 1    | 5  | 0       | 0      |
    | months | 2025-05-01 | 7     | 4    | 37 | 2       | 1      |
    | years  | 2025-01-01 | 8     | 5    | 42 | 2       | 1      |
"""


def test_months_and_years_are_summed_as_weeks_are(tmp_path: Path) -> None:
    """A month and a year sum their known days, by the same statement."""
    told = {name: joined(tmp_path / name, name) for name in ("months", "years") if not (tmp_path / name).mkdir()}
    names = ("known_days", "runs", "distance_m", "planned_runs", "missed_runs")
    for table, frame in told.items():
        drawn = [row for row in rows(PERIODS) if row["table"] == table]
        assert frame[:, 0].cast(pl.String).to_list() == [row["begins"] for row in drawn]
        cells = [[number(cell) for cell in list(row.values())[2:]] for row in drawn]
        in_km = frame.with_columns(pl.col("distance_m") / 1000).select(names)
        assert in_km.rows() == [tuple(row) for row in cells]


def test_a_climb_nobody_told_is_left_out_of_a_week_and_a_load_is_not(tmp_path: Path) -> None:
    """A week's climb is over the days with heights; its load is null where a known day's is."""
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(FULL_RUNS)])
        store.build_tables()
        first, second = store.table("weeks").iter_rows(named=True)
    assert (first["ascent_m"], first["load"], first["distance_m"], first["pace_s_km"]) == (310, None, 25_000, 360)
    assert (second["ascent_m"], second["load"], second["longest_m"]) == (20, 180, 5000)


WEEK_COLUMNS = {
    "known": "known_days",
    "runs": "runs",
    "km": "distance_m",
    "longest": "longest_m",
    "planned": "planned_runs",
    "missed": "missed_runs",
    "rests": "planned_rests",
    "mood": "mood_evening",
    "rated": "rated_evenings",
}


def test_weeks(tmp_path: Path) -> None:
    """A week sums its known days; planned runs count where it is known what became of them."""
    weeks = joined(tmp_path, "weeks").with_columns(pl.col("distance_m", "longest_m") / 1000)
    drawn = rows(WEEKS)
    assert weeks["week_start"].cast(pl.String).to_list() == [row["week"] for row in drawn]
    assert weeks["iso_week"].to_list() == [row["name"] for row in drawn]
    for column, name in WEEK_COLUMNS.items():
        assert weeks[name].to_list() == [number(row[column]) for row in drawn], name


def test_a_week_nobody_knows_is_null(tmp_path: Path) -> None:
    """A week without a known day has no number of runs, not none."""
    with open_store(tmp_path) as store:
        store.build_tables({"check_ins": [check_in({"felt": "2025-05-01 21:00", "kind": "evening", "mood": "5"})]})
        (week,) = store.table("weeks").iter_rows(named=True)
    assert (week["runs"], week["distance_m"], week["known_days"], week["mood_evening"]) == (None, None, 0, 5)


def test_an_empty_home_has_no_days(tmp_path: Path) -> None:
    """Without runs, check-ins and plans there are no days and no weeks."""
    with open_store(tmp_path) as store:
        store.build_tables()
        assert store.table("days").is_empty()
        assert store.table("weeks").is_empty()


APART = """
    | felt             | kind      | tags    | skipped | becomes        |
    | 2025-05-02 21:00 | evening   | injured |         | ill_or_injured |
    | 2025-05-03 21:00 | evening   |         | unwell  | ill_or_injured |
    | 2025-05-04 21:00 | evening   | travel  |         | away           |
    | 2025-05-05 21:00 | evening   |         | travel  | away           |
    | 2025-05-06 21:00 | evening   | travel fever |    | ill_or_injured |
    | 2025-05-07 21:00 | evening   |         | weather | missed_run     |
    | 2025-05-08 21:00 | evening   | social  |         | missed_run     |
    | 2025-05-09 20:00 | after-run | ill     |         | planned_run    |
    | 2025-05-12 21:00 | evening   | injured |         | ill_or_injured |
"""


@pytest.mark.parametrize("planned", ["run", "rest", ""])
def test_ill_injured_and_away_are_days_of_their_own(tmp_path: Path, planned: str) -> None:
    """A day without a run on which somebody was ill, injured or away is no miss and no rest, and tests leave it out."""
    runs = "| file | begins | minutes | km |\n| a | 2025-05-01 07:00 | 30 | 5 |\n| b | 2025-05-09 07:00 | 30 | 5 |"
    said = rows(APART)
    plans = [plan({"day": row["felt"][:10], "planned": planned}) for row in said if planned]
    with open_store(tmp_path) as store:
        store.save(BATCH, [file_of(row) for row in rows(runs)])
        store.build_tables({"check_ins": [check_in(row | {"mood": ""}) for row in said], "plans": plans})
        days = {str(row["local_date"]): row for row in store.table("days").iter_rows(named=True)}
        weeks = store.table("weeks")
    instead = {
        "run": {},
        "rest": {"missed_run": "planned_rest", "planned_run": "run_on_rest"},
        "": {"missed_run": "no_run", "planned_run": "unplanned_run"},
    }[planned]
    assert {row["felt"][:10]: days[row["felt"][:10]]["day_kind"] for row in said} == {
        row["felt"][:10]: instead.get(row["becomes"], row["becomes"]) for row in said
    }
    assert [day for day, row in days.items() if row["excluded"]] == [
        row["felt"][:10] for row in said if row["becomes"] != "missed_run"
    ]
    assert weeks["ill_or_injured_days"].to_list() == [2, 1, 1]
    assert weeks["away_days"].to_list() == [1, 1, 0]
