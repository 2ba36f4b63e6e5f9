from __future__ import annotations

import datetime as dt
import gzip
import io
import xml.etree.ElementTree as ET
from itertools import pairwise
from typing import TYPE_CHECKING

import fitparse
import garmin_fit_sdk
import gpxpy
import numpy as np
import polars as pl
import pytest
from tcxreader.tcxreader import TCXReader

from runmood.simulate.writers import check_sum, recorded_as

if TYPE_CHECKING:
    from runmood.simulate import Simulation
    from runmood.simulate.recording import SimulatedRecording

DEGREE_STEP = 180 / 2**31
KINDS = ("easy", "long", "intervals", "race")
TRACK_POINT = "{http://www.garmin.com/xmlschemas/TrackPointExtension/v1}"


@pytest.fixture(scope="module", params=[*KINDS, "paused", "away"])
def outing(request: pytest.FixtureRequest, simulated_year: Simulation) -> SimulatedRecording:
    """One outdoor run of each kind."""
    chosen = {
        "paused": lambda run: run.samples["segment"].max() == 3 and run.samples["latitude_deg"].count(),
        "away": lambda run: run.time_zone == "America/New_York",
    }
    fits = chosen.get(request.param, lambda run: run.kind == request.param)
    return next(run for run in simulated_year.outings if fits(run))


def timer_s(outing: SimulatedRecording) -> float:
    """Seconds between samples of one segment."""
    rows = outing.samples.select("sampled_at", "segment").rows()
    return sum((after[0] - before[0]).total_seconds() for before, after in pairwise(rows) if before[1] == after[1])


def sdk(content: bytes) -> garmin_fit_sdk.Decoder:
    """Garmin's reader, at the start of the file: it reads a file once."""
    return garmin_fit_sdk.Decoder(garmin_fit_sdk.Stream.from_byte_array(bytearray(content)))


def test_fitparse_reads_every_sample_as_it_was_meant(outing: SimulatedRecording) -> None:
    """Every time, place, distance, heartbeat and step of the FIT file is the outing's, to the format's own step."""
    file = fitparse.FitFile(io.BytesIO(recorded_as(outing, "fit")))
    read = pl.DataFrame([message.get_values() for message in file.get_messages("record")])
    meant = outing.samples
    assert read["timestamp"].to_list() == [at.replace(tzinfo=None) for at in meant["sampled_at"]]
    for mine, theirs, step in (
        ("latitude_deg", read["position_lat"] * DEGREE_STEP, DEGREE_STEP),
        ("longitude_deg", read["position_long"] * DEGREE_STEP, DEGREE_STEP),
        ("altitude_m", read["altitude"], 0.01),
        ("distance_m", read["distance"], 0.0051),
        ("speed_m_s", read["speed"], 0.00051),
        ("heart_bpm", read["heart_rate"], 0),
        ("cadence_spm", 2 * read["cadence"], 0),
    ):
        assert np.abs(meant[mine].to_numpy() - theirs.to_numpy()).max() <= step, mine


def test_garmins_own_reader_finds_the_fit_file_whole(outing: SimulatedRecording) -> None:
    """Garmin's SDK finds both check sums right, no error, and the outing's totals, laps, pauses and local clock."""
    content = recorded_as(outing, "fit")
    assert sdk(content).check_integrity()
    messages, errors = sdk(content).read()
    assert errors == []
    session, activity = messages["session_mesgs"][0], messages["activity_mesgs"][0]
    elapsed = (outing.ended_at - outing.started_at).total_seconds()
    assert (session["start_time"], session["sport"]) == (outing.started_at, "running")
    assert session["total_elapsed_time"] == elapsed
    assert session["total_timer_time"] == pytest.approx(timer_s(outing))
    assert session["total_distance"] == pytest.approx(outing.distance_m, abs=0.01)
    laps = messages["lap_mesgs"]
    assert sum(lap["total_distance"] for lap in laps) == pytest.approx(outing.distance_m, abs=0.01 * len(laps))
    assert sum(lap["total_elapsed_time"] for lap in laps) == pytest.approx(elapsed)
    stops = [event for event in messages["event_mesgs"] if event["event_type"] == "stop_all"]
    assert len(stops) == outing.samples["segment"].n_unique()
    epoch = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)
    local = dt.timedelta(seconds=activity["local_timestamp"]) - (activity["timestamp"] - epoch)
    assert local in {dt.timedelta(hours=hours) for hours in ((-5, -4) if "York" in outing.time_zone else (0, 1))}


def test_gpxpy_reads_every_sample_as_it_was_meant(outing: SimulatedRecording) -> None:
    """Every time, place and heartbeat of the GPX file is the outing's, with a track segment for each stretch."""
    gpx = gpxpy.parse(recorded_as(outing, "gpx").decode())
    segments = gpx.tracks[0].segments
    points = [point for segment in segments for point in segment.points]
    meant = outing.samples
    assert gpx.tracks[0].type == "running"
    assert len(segments) == meant["segment"].n_unique()
    assert [point.time for point in points] == meant["sampled_at"].to_list()
    assert [point.latitude for point in points] == pytest.approx(meant["latitude_deg"].to_list(), abs=1e-7)
    assert [point.longitude for point in points] == pytest.approx(meant["longitude_deg"].to_list(), abs=1e-7)
    assert [point.elevation for point in points] == pytest.approx(meant["altitude_m"].to_list(), abs=0.01)
    bodies = [point.extensions[0] for point in points]
    assert [float(body.findtext(f"{TRACK_POINT}hr") or "") for body in bodies] == meant["heart_bpm"].to_list()
    assert [2 * float(body.findtext(f"{TRACK_POINT}cad") or "") for body in bodies] == meant["cadence_spm"].to_list()


def test_tcxreader_reads_every_sample_as_it_was_meant(outing: SimulatedRecording) -> None:
    """Every time, place, distance, heartbeat and step of the TCX file is the outing's, and so are its laps."""
    read = TCXReader().read(io.BytesIO(recorded_as(outing, "tcx")), only_gps=False)
    points, meant = read.trackpoints, outing.samples
    assert [point.time.replace(tzinfo=dt.UTC) for point in points] == meant["sampled_at"].to_list()
    assert [point.latitude for point in points] == pytest.approx(meant["latitude_deg"].to_list(), abs=1e-7)
    assert [point.longitude for point in points] == pytest.approx(meant["longitude_deg"].to_list(), abs=1e-7)
    assert [point.elevation for point in points] == pytest.approx(meant["altitude_m"].to_list(), abs=0.01)
    assert [point.distance for point in points] == pytest.approx(meant["distance_m"].to_list(), abs=0.0051)
    assert [point.hr_value for point in points] == meant["heart_bpm"].to_list()
    assert [2 * point.tpx_ext["RunCadence"] for point in points] == meant["cadence_spm"].to_list()
    assert sum(lap.distance for lap in read.laps) == pytest.approx(outing.distance_m, abs=0.01 * len(read.laps))
    root = ET.fromstring(recorded_as(outing, "tcx"))  # noqa: S314 - our own file
    timers = [float(found.text or "") for found in root.iter() if found.tag.endswith("TotalTimeSeconds")]
    assert sum(timers) == pytest.approx(timer_s(outing))


def test_positions_are_about_as_long_as_the_watch_says(outing: SimulatedRecording) -> None:
    """Along its positions a run is within 1.5 % of the distance the watch gives."""
    gpx = gpxpy.parse(recorded_as(outing, "gpx").decode())
    assert gpx.length_2d() == pytest.approx(outing.distance_m, rel=0.015)


def test_a_packed_file_holds_the_same_bytes(outing: SimulatedRecording) -> None:
    """A .gz unpacks to the plain file, and is packed alike each time."""
    assert gzip.decompress(recorded_as(outing, "fit.gz")) == recorded_as(outing, "fit")
    assert recorded_as(outing, "gpx.gz") == recorded_as(outing, "gpx.gz")


def test_a_treadmill_run_has_no_places(simulated_year: Simulation) -> None:
    """A treadmill run says so, has heart and distance, and no position or height."""
    outing = next(run for run in simulated_year.outings if run.kind == "treadmill")
    messages, errors = sdk(recorded_as(outing, "fit")).read()
    assert errors == []
    assert messages["session_mesgs"][0]["sub_sport"] == "treadmill"
    assert messages["record_mesgs"][-1]["distance"] == pytest.approx(outing.distance_m, abs=0.01)
    assert not any("position_lat" in record or "altitude" in record for record in messages["record_mesgs"])


def test_the_check_sum_is_crc_16_arc() -> None:
    """The check value of CRC-16/ARC for 123456789 is BB3D (reveng catalogue)."""
    assert check_sum(b"123456789") == 0xBB3D
