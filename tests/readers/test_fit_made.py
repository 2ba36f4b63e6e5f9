"""FIT files made by hand, each with one peculiarity of the format."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from readers.fit_bytes import (
    BYTES,
    HEART,
    RECORD,
    RECORD_FIELDS,
    SINT32,
    START,
    UINT8,
    UINT16,
    UINT32,
    data,
    definition,
    file_id,
    fit,
    records,
    session,
    timer,
)

from runmood.readers.fit import read_fit

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun


EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)


def only(content: bytes) -> DecodedRun:
    """The one activity in a file."""
    (activity,) = read_fit(content).activities
    return activity


def test_a_plain_run() -> None:
    """Records become samples with UTC times, metres and steps of both feet; the session gives sport and totals."""
    run = only(fit(file_id(), records(10), session(effort=40, sub_sport=1)))
    assert (run.sport, run.sub_sport, run.device, run.effort) == ("running", "treadmill", "Garmin Forerunner 245", 4.0)
    assert (run.totals.distance_m, run.totals.elapsed_s, run.totals.heart_bpm) == (30.0, 10.0, None)
    assert run.points["sampled_at"].to_list() == [EPOCH + dt.timedelta(seconds=START + second) for second in range(10)]
    assert run.points["distance_m"].to_list() == [3.0 * second for second in range(10)]
    assert run.points["cadence_spm"].unique().to_list() == [170.0]
    assert run.points["power_w"].null_count() == 10
    assert not run.partial
    assert run.notices == ()


def test_cadence_of_a_ride_is_left_alone() -> None:
    """Only people on foot have two feet to count."""
    assert only(fit(file_id(), records(3), session(sport=2))).points["cadence_spm"].to_list() == [85.0] * 3


def test_cadence_that_counts_both_feet_already_is_not_doubled() -> None:
    """A median over 130 cannot be one foot's."""
    run = only(fit(file_id(), records(3, cadence=172), session()))
    assert run.points["cadence_spm"].to_list() == [172.0] * 3


def test_big_endian_definitions() -> None:
    """Byte order is the definition's."""
    fields = [(253, 4, UINT32), (0, 4, SINT32), (6, 2, UINT16)]
    made = definition(0, RECORD, fields, big=True) + data(0, ">IiH", START, -(2**30), 2500)
    run = only(fit(file_id(), made, session()))
    assert run.points.row(0)[:2] == (EPOCH + dt.timedelta(seconds=START), -90.0)
    assert run.points["speed_m_s"][0] == 2.5


def test_invalid_values_are_null() -> None:
    """What "nothing" looks like depends on the base type in the definition."""
    fields = [(253, 4, UINT32), (0, 4, SINT32), (3, 1, UINT8), (7, 2, UINT16), (13, 1, 0x01)]
    made = definition(0, RECORD, fields) + data(0, "IiBHb", START, 0x7FFFFFFF, 0xFF, 0xFFFF, 0x7F)
    row = only(fit(file_id(), made, session())).points.row(0, named=True)
    assert [row[name] for name in ("latitude_deg", "heart_bpm", "power_w", "temperature_c")] == [None] * 4


def test_places_that_are_not_on_earth_are_null() -> None:
    """Damage can make a position a number of any size."""
    made = definition(0, RECORD, [(253, 4, UINT32), (0, 8, 0x89), (1, 8, 0x89)]) + data(0, "Idd", START, 2e12, 4e12)
    assert only(fit(file_id(), made, session())).points.row(0)[1:3] == (None, None)


def test_enhanced_fields_come_first() -> None:
    """Where a record has both, the wider field is believed; where it is empty, the narrow one."""
    fields = [(253, 4, UINT32), (6, 2, UINT16), (73, 4, UINT32), (2, 2, UINT16), (78, 4, UINT32)]
    made = definition(0, RECORD, fields)
    made += data(0, "IHIHI", START, 2000, 3000, 2550, 2600) + data(
        0, "IHIHI", START + 1, 2000, 2**32 - 1, 2550, 2**32 - 1
    )
    points = only(fit(file_id(), made, session())).points
    assert points["speed_m_s"].to_list() == [3.0, 2.0]
    assert points["altitude_m"].to_list() == [20.0, 10.0]


def test_compressed_times_count_on_from_the_last_full_time() -> None:
    """Five bits of seconds go round after 32, and any message with a full time sets them."""
    full = START - START % 32 + 30
    made = definition(0, RECORD, RECORD_FIELDS) + data(0, "IIBB", full, 0, 140, 85)
    made += definition(1, RECORD, [(3, 1, UINT8)])
    made += b"".join(bytes([0x80 | 1 << 5 | (full + second) % 32, 140 + second]) for second in (1, 4, 30))
    run = only(fit(file_id(), made, session(full)))
    seconds = [(at - EPOCH).total_seconds() - full for at in run.points["sampled_at"]]
    assert seconds == [0, 1, 4, 30]
    assert run.points["heart_bpm"].to_list() == [140, 141, 144, 170]


def test_speed_and_distance_in_three_bytes() -> None:
    """The oldest watches pack both into twelve bits each; distance counts on."""
    made = definition(0, RECORD, [(253, 4, UINT32), (8, 3, BYTES)])
    for second, sixteenths in enumerate((4000, 4090, 4)):
        speed = 250
        packed = bytes([speed & 0xFF, speed >> 8 | (sixteenths & 0xF) << 4, sixteenths >> 4])
        made += data(0, "I3s", START + second, packed)
    points = only(fit(file_id(), made, session())).points
    assert points["distance_m"].to_list() == [250.0, 255.625, 256.25]
    assert points["speed_m_s"].to_list() == [2.5] * 3


def test_chained_files_are_activities_of_their_own() -> None:
    """Local definitions do not reach into the next file of a chain."""
    first = fit(file_id(), records(5), session())
    second = fit(file_id(), data(0, "IIBB", START + 100, 0, 150, 90), session(START + 100, sport=2))
    assert [run.sport for run in read_fit(first + fit(file_id(kind=2)) + first).activities] == ["running", "running"]
    assert len(read_fit(first + second).activities[0].points) == 5


def test_sessions_split_the_samples_by_their_starts() -> None:
    """Each part of a triathlon is an activity with its own samples and laps."""
    lap = definition(6, 19, [(2, 4, UINT32), (9, 4, UINT32)])
    laps = lap + data(6, "II", START, 600) + data(6, "II", START + 4, 700) + data(6, "II", START + 6, 800)
    content = fit(file_id(), records(10), laps, session(START + 4, sport=1), session(START, sport=5))
    swim, run = read_fit(content).activities
    assert (swim.sport, len(swim.points), run.sport, len(run.points)) == ("swimming", 4, "running", 6)
    assert [row["distance_m"] for row in swim.laps] == [6.0]
    assert [(row["lap"], row["distance_m"]) for row in run.laps] == [(1, 7.0), (2, 8.0)]


def test_segments_count_restarts_of_the_timer() -> None:
    """A stop and a start make a new segment; a second stop in between does not."""
    events = [timer(START, 0), timer(START + 3, 1), timer(START + 3, 4), timer(START + 6, 0), timer(START + 9, 4)]
    run = only(fit(file_id(), *events, records(10), session()))
    assert run.points["segment"].to_list() == [0] * 6 + [1] * 4


def test_stored_beats_fill_in_heart_rate() -> None:
    """A strap's beats are tied to the records by the one message with a date, and count on in twelve bits."""
    anchor = definition(1, HEART, [(253, 4, UINT32), (0, 2, UINT16), (6, 1, UINT8), (9, 4, UINT32)])
    anchor += data(1, "IHBI", START, 0, 100, 4000)
    ticks = [(4000 + 512 * beat) % 4096 for beat in range(1, 9)]
    packed = b"".join(
        bytes([a & 0xFF, a >> 8 | (b & 0xF) << 4, b >> 4]) for a, b in zip(ticks[::2], ticks[1::2], strict=True)
    )
    beats = definition(2, HEART, [(6, 8, UINT8), (10, 12, BYTES)])
    beats += bytes([2, *(100 + beat for beat in range(1, 9))]) + packed
    run = only(fit(file_id(), anchor, beats, records(5, heart=0xFF), session()))
    # Rates at 0, 0.5, 1.0 s … held for a quarter second: each second takes the mean of (t-1, t].
    assert run.points["heart_bpm"].to_list() == [100.0, 101.0, 103.0, 105.0, 107.0]


def test_the_offset_to_local_time() -> None:
    """The device's own clock tells the offset, unless it cannot be one."""
    activity = definition(7, 34, [(253, 4, UINT32), (5, 4, UINT32)])
    near = only(fit(file_id(), records(2), session(), activity + data(7, "II", START, START + 5 * 3600 + 2700)))
    odd = only(fit(file_id(), records(2), session(), activity + data(7, "II", START, START + 1234)))
    assert (near.utc_offset_s, odd.utc_offset_s) == (5 * 3600 + 2700, None)
