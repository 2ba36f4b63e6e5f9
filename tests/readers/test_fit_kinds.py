"""What a FIT file is, whether it has a date, and whether its checksum is right."""

from __future__ import annotations

import datetime as dt
import struct
from typing import TYPE_CHECKING

import pytest
from readers.fit_bytes import START, crc, file_id, fit, records, session

from runmood.core import notices
from runmood.core.errors import UnreadableFileError
from runmood.readers.fit import read_fit
from runmood.readers.fit.protocol import crc_is_valid

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun


EPOCH = dt.datetime(1989, 12, 31, tzinfo=dt.UTC)


def only(content: bytes) -> DecodedRun:
    """The one activity in a file."""
    (activity,) = read_fit(content).activities
    return activity


def test_times_from_switching_on_are_dated_by_the_session() -> None:
    """A device without a date counts from when it was switched on; the session's start dates it."""
    run = only(fit(file_id(), records(3, start=500), session()))
    assert run.points["sampled_at"][0] == EPOCH + dt.timedelta(seconds=START)


def test_times_that_nothing_dates_are_refused() -> None:
    """Without any date no one can say which day it was."""
    with pytest.raises(UnreadableFileError) as refused:
        read_fit(fit(file_id(created=500), records(3, start=500), session(500)))
    assert refused.value.notice.code == notices.UNSET_CLOCK.code


def test_a_session_without_samples_has_a_start_and_an_end() -> None:
    """A run entered by hand counts by what it says of itself."""
    run = only(fit(file_id(), session(elapsed=1800, distance=5000)))
    assert run.points["distance_m"].to_list() == [0.0, 5000.0]
    assert run.points["sampled_at"][1] - run.points["sampled_at"][0] == dt.timedelta(minutes=30)


def test_a_session_without_samples_was_in_motion_while_its_timer_ran() -> None:
    """When it was stopped is not known: a pause at the end stands for it."""
    run = only(fit(file_id(), session(elapsed=2400, timer=1800, distance=5000)))
    assert run.points["distance_m"].to_list() == [0.0, 5000.0, 5000.0]
    assert run.points["segment"].to_list() == [0, 0, 1]
    assert run.points["sampled_at"][1] - run.points["sampled_at"][0] == dt.timedelta(minutes=30)


def test_no_samples_and_no_session() -> None:
    """An activity that holds nothing is refused with that word."""
    with pytest.raises(UnreadableFileError) as refused:
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
    assert word in str(found.notices[0].message)


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
    assert crc_is_valid(whole)
    assert not crc_is_valid(whole[:-1] + bytes([whole[-1] ^ 0x10]))


def test_a_header_checksum_of_zero_is_legal() -> None:
    """Many devices leave it out."""
    assert only(fit(file_id(), records(3), session(), header_checksum=0)).notices == ()
