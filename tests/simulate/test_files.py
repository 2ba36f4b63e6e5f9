from __future__ import annotations

import datetime as dt
import gzip
from collections import Counter
from itertools import pairwise
from zoneinfo import ZoneInfo

import garmin_fit_sdk
import gpxpy
import polars as pl
import pytest

from runmood.simulate import Simulation, simulate


def contents(year: Simulation, folder: str) -> dict[str, bytes]:
    """The files whose names begin so."""
    return {file.name: file.content for file in year.files if file.name.startswith(folder)}


def started(name: str, content: bytes) -> dt.datetime:
    """When a GPX file begins."""
    assert name.endswith(".gpx")
    return gpxpy.parse(content.decode()).tracks[0].segments[0].points[0].time.astimezone(dt.UTC)


def test_a_year_is_the_same_each_time(simulated_year: Simulation) -> None:
    """Same arguments, same files to the byte, same words, same diary; another seed, another year."""
    again = simulate(simulated_year.diary["date"].max())
    assert again.files == simulated_year.files
    assert again.said == simulated_year.said
    assert again.truths == simulated_year.truths
    assert again.diary.equals(simulated_year.diary)
    assert simulate(simulated_year.diary["date"].max(), seed=8, days=30).files != again.files


def test_formats_are_mixed_as_in_life(simulated_year: Simulation) -> None:
    """About 45 % of runs are FIT, 25 % GPX, 20 % TCX, and a tenth is packed; names are their own."""
    endings = Counter(name.partition(".")[2] for name in contents(simulated_year, "20"))
    total = endings.total()
    assert len({file.name for file in simulated_year.files}) == len(simulated_year.files)
    assert endings["fit"] / total == pytest.approx(0.45, abs=0.05)
    assert endings["gpx"] / total == pytest.approx(0.25, abs=0.05)
    assert endings["tcx"] / total == pytest.approx(0.20, abs=0.05)
    assert sum(count for ending, count in endings.items() if ending.endswith("gz")) / total == pytest.approx(
        0.1, abs=0.03
    )


def test_names_tell_the_local_minute(simulated_year: Simulation) -> None:
    """Each run has a file named after the year, the day and the minute on the runner's clock."""
    names = {name.partition(".")[0] for name in contents(simulated_year, "20")}
    for outing in simulated_year.outings:
        local = outing.started_at.astimezone(ZoneInfo(outing.time_zone))
        assert local.strftime("%Y/%Y-%m-%d-%H%M") in names


def test_the_phone_starts_later_and_measures_otherwise(simulated_year: Simulation) -> None:
    """Six runs were saved by the phone too: 20 to 120 s later, ended earlier, at a length 1-2 % above the watch's."""
    phone = contents(simulated_year, "phone/")
    assert len(phone) == 6
    for name, content in phone.items():
        begun = started(name, content)
        outing = next(run for run in simulated_year.outings if 20 <= (begun - run.started_at).total_seconds() <= 120)
        track = gpxpy.parse(content.decode()).tracks[0].segments[0].points
        seen = outing.samples.filter(pl.col("sampled_at").is_between(begun, track[-1].time.astimezone(dt.UTC)))
        watch_m = seen.item(-1, "distance_m") - seen.item(0, "distance_m")
        assert track[-1].time < outing.ended_at
        assert 1.003 < gpxpy.parse(content.decode()).length_2d() / watch_m < 1.03


def test_one_run_lies_in_a_backup_and_one_came_back_from_a_website(simulated_year: Simulation) -> None:
    """The backup's content is a run's own file; the website's copy begins 1 or 2 s after the run."""
    (packed,) = contents(simulated_year, "backup/").values()
    assert gzip.decompress(packed) in contents(simulated_year, "20").values()
    ((name, content),) = contents(simulated_year, "website/").items()
    assert any(1 <= (started(name, content) - run.started_at).total_seconds() <= 2 for run in simulated_year.outings)


def test_two_days_hold_two_runs_each(simulated_year: Simulation) -> None:
    """On two days there is a warm-up, and an hour after it began, a race."""
    days = [date for date, count in Counter(run.date for run in simulated_year.outings).items() if count == 2]
    assert len(days) == 2
    for day in days:
        first, second = (run for run in simulated_year.outings if run.date == day)
        assert (first.kind, second.kind) == ("warm-up", "race")
        assert second.started_at - first.started_at == dt.timedelta(hours=1)
        assert first.ended_at < second.started_at


def test_one_file_ends_too_soon(simulated_year: Simulation) -> None:
    """One FIT file is shorter than its header promises, by about 30 %, and is no one's second file."""
    fits = {name: content for name, content in contents(simulated_year, "20").items() if content[8:12] == b".FIT"}
    short = {
        name: len(content) / promised
        for name, content in fits.items()
        if len(content) < (promised := int.from_bytes(content[4:8], "little") + 16)
    }
    assert list(short.values()) == [pytest.approx(0.7, abs=0.01)]


def test_the_odd_files_are_no_runs(simulated_year: Simulation) -> None:
    """There is one web page named .fit, one bicycle ride, and one course."""
    assert (
        len(
            [name for name, content in contents(simulated_year, "20").items() if content.startswith(b"<!DOCTYPE html>")]
        )
        == 1
    )
    assert len([name for name, content in contents(simulated_year, "20").items() if b'Sport="Biking"' in content]) == 1
    (course,) = contents(simulated_year, "courses/").values()
    messages, errors = garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(course))).read()
    assert errors == []
    assert messages["file_id_mesgs"][0]["type"] == "course"


def test_one_run_passes_midnight(simulated_year: Simulation) -> None:
    """One run begins at 23:40 on the runner's clock and ends on the next day."""
    zone = ZoneInfo(simulated_year.time_zone)
    (late,) = (run for run in simulated_year.outings if run.started_at.astimezone(zone).hour == 23)
    assert late.started_at.astimezone(zone).minute == 40
    assert late.ended_at.astimezone(zone).date() == late.date + dt.timedelta(days=1)


def test_two_runs_lie_across_the_sea(simulated_year: Simulation) -> None:
    """On the trip there are two runs, and their places lie in the trip's zone."""
    away = [run for run in simulated_year.outings if run.time_zone != simulated_year.time_zone]
    assert len(away) == 2
    assert {round(run.samples.item(0, "longitude_deg")) for run in away} == {-74}


def test_samples_are_plausible(simulated_year: Simulation) -> None:
    """Every 3 to 6 s but for pauses; paces of people; hearts that drift upwards; 164 to 178 steps a minute."""
    for outing in simulated_year.outings:
        steps = zip(*(outing.samples[name].to_list() for name in ("sampled_at", "segment")), strict=True)
        gaps = {(after[0] - before[0]).total_seconds() for before, after in pairwise(steps) if before[1] == after[1]}
        assert gaps <= {3, 4, 5, 6}
        assert outing.samples["cadence_spm"].min() >= 164
        assert outing.samples["cadence_spm"].max() <= 178
        pace = (outing.ended_at - outing.started_at).total_seconds() / outing.distance_m * 1000
        assert 270 < pace < 420
        half = outing.samples.height // 2
        assert outing.samples["heart_bpm"][half:].mean() > outing.samples["heart_bpm"][:half].mean()
