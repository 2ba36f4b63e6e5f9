"""FIT files made by hand, each with one peculiarity of the format."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING, Any

import pytest
from decode.fit_bytes import (
    BYTES,
    HEART,
    RECORD,
    RECORD_FIELDS,
    SINT32,
    START,
    TEXT,
    UINT8,
    UINT16,
    UINT32,
    Triple,
    crc,
    data,
    definition,
    file_id,
    fit,
    records,
    session,
    timer,
)

from runmood.decode.fit import read_fit
from runmood.decode.fit.checksum import is_sound
from runmood.terms import notices
from runmood.terms.notices import UnreadableFile

if TYPE_CHECKING:
    import polars as pl

    from runmood.terms.records import DecodedRun

EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)


def only(content: bytes) -> DecodedRun:
    """The one activity in a file."""
    (activity,) = read_fit(content).activities
    return activity


def codes(activity: DecodedRun) -> list[str]:
    """The codes of its notices."""
    return [notice.code for notice in activity.notices]


def test_a_plain_run() -> None:
    """Records become samples with UTC times, metres and steps of both feet; the session gives sport and totals."""
    run = only(fit(file_id(), records(10), session(effort=40, sub_sport=1)))
    assert (run.sport, run.sub_sport, run.device, run.effort) == ("running", "treadmill", "Garmin Forerunner 245", 4.0)
    assert (run.totals.distance_m, run.totals.elapsed_s, run.totals.heart_bpm) == (30.0, 10.0, None)
    assert run.points["at"].to_list() == [EPOCH + dt.timedelta(seconds=START + second) for second in range(10)]
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
    seconds = [(at - EPOCH).total_seconds() - full for at in run.points["at"]]
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


def described(number: int, base: int, name: str, units: str, *, native: int = 0xFF) -> bytes:
    """A developer's description of one field."""
    fields = [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 16, TEXT), (8, 8, TEXT), (15, 1, UINT8)]
    return definition(5, 206, fields) + data(5, "BBB16s8sB", 0, number, base, name.encode(), units.encode(), native)


def developed(*descriptions: bytes, native: list[Triple] | None = None, values: list[tuple[Any, ...]]) -> pl.DataFrame:
    """A run whose records carry developer fields of two bytes."""
    fields = [(253, 4, UINT32), *(native or [])]
    developer = [(number, 2, 0) for number in range(len(descriptions))]
    made = b"".join(descriptions) + definition(0, RECORD, fields, developer=developer)
    return only(fit(file_id(), made, *(data(0, *each) for each in values), session())).points


def test_a_developer_field_fills_an_empty_column_by_its_native_number() -> None:
    """Power from a foot pod stands where the watch has none."""
    points = developed(
        described(0, UINT16, "Watt", "?", native=7), values=[("IH", START, 250), ("IH", START + 1, 0xFFFF)]
    )
    assert points["power_w"].to_list() == [250.0, None]


def test_a_developer_field_fills_an_empty_column_by_name_and_unit() -> None:
    """Without a native number its name tells, if the unit fits: steps of both feet stay what they are."""
    points = developed(
        described(0, UINT16, "Power", "Watts"),
        described(1, UINT16, "Cadence", "spm"),
        values=[("IHH", START, 250, 172)],
    )
    assert points["power_w"].to_list() == [250.0]
    assert points["cadence_spm"].to_list() == [172.0]


def test_a_developer_field_of_another_unit_fills_nothing() -> None:
    """A "Distance" in kilometres is not our distance."""
    points = developed(described(0, UINT16, "Distance", "km"), values=[("IH", START, 5)])
    assert points["distance_m"].to_list() == [None]


def test_a_developer_field_never_overwrites_the_native_one() -> None:
    """The watch's own power stays."""
    points = developed(
        described(0, UINT16, "Power", "Watts", native=7), native=[(7, 2, UINT16)], values=[("IHH", START, 300, 250)]
    )
    assert points["power_w"].to_list() == [300.0]


def test_a_developer_field_of_no_size_is_stepped_over() -> None:
    """Some apps declare fields of zero bytes."""
    made = described(0, 0x88, "Power", "Watts", native=7)
    made += definition(0, RECORD, RECORD_FIELDS, developer=[(0, 0, 0)]) + data(0, "IIBB", START, 0, 140, 85)
    assert only(fit(file_id(), made, session())).points["power_w"].to_list() == [None]


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


def test_times_from_switching_on_are_dated_by_the_session() -> None:
    """A device without a date counts from when it was switched on; the session's start dates it."""
    run = only(fit(file_id(), records(3, start=500), session()))
    assert run.points["at"][0] == EPOCH + dt.timedelta(seconds=START)


def test_times_that_nothing_dates_are_refused() -> None:
    """Without any date no one can say which day it was."""
    with pytest.raises(UnreadableFile) as refused:
        read_fit(fit(file_id(created=500), records(3, start=500), session(500)))
    assert refused.value.notice.code == notices.UNSET_CLOCK.code


def test_a_session_without_samples_has_a_start_and_an_end() -> None:
    """A run entered by hand counts by what it says of itself."""
    run = only(fit(file_id(), session(elapsed=1800, distance=5000)))
    assert run.points["distance_m"].to_list() == [0.0, 5000.0]
    assert run.points["at"][1] - run.points["at"][0] == dt.timedelta(minutes=30)


def test_no_samples_and_no_session() -> None:
    """An activity that holds nothing is refused with that word."""
    with pytest.raises(UnreadableFile) as refused:
        read_fit(fit(file_id()))
    assert refused.value.notice.code == notices.NO_SAMPLES.code


@pytest.mark.parametrize(
    ("kind", "word"), [(2, "settings"), (5, "workout"), (6, "course"), (15, "monitoring"), (99, "99")]
)
def test_other_kinds_of_file_say_what_they_are(kind: int, word: str) -> None:
    """Settings, workouts and courses are set aside, even with records in them."""
    found = read_fit(fit(file_id(kind=kind), records(3)))
    assert found.activities == ()
    assert found.notices[0].code == notices.NOT_AN_ACTIVITY.code
    assert word in found.notices[0].sentence


@pytest.mark.parametrize("number", [0, 254, 255])
def test_generic_sports_are_no_sport(number: int) -> None:
    """The sports called generic and all say nothing."""
    assert only(fit(file_id(), records(3), session(sport=number))).sport is None


def test_a_sport_without_a_known_name_is_not_taken_for_none() -> None:
    """A sport newer than our table is still some other sport."""
    assert only(fit(file_id(), records(3), session(sport=200))).sport == "sport 200"


@pytest.mark.parametrize("length", [0, 1, 2, 3, 255, 256, 257, 1001])
def test_the_checksum_is_that_of_the_fit_documents(length: int) -> None:
    """Whatever the length, bytes followed by their checksum are sound, and with one bit flipped they are not."""
    content = bytes((7 * place * place + 13) % 256 for place in range(length))
    whole = content + struct.pack("<H", crc(content))
    assert is_sound(whole)
    assert not is_sound(whole[:-1] + bytes([whole[-1] ^ 0x10]))


def test_a_header_checksum_of_zero_is_legal() -> None:
    """Many devices leave it out."""
    assert codes(only(fit(file_id(), records(3), session(), header_checksum=0))) == []
