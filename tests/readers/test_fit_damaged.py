"""FIT files that were cut, overwritten or never closed."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readers.fit_bytes import START, definition, file_id, fit, records, session

from runmood.core import notices
from runmood.core.errors import UnreadableFileError
from runmood.readers.fit import read_fit
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedRun


WHOLE = fit(file_id(), records(200), session(elapsed=200, distance=600))
DAMAGED, CHECKSUM = notices.DAMAGED.code, notices.CHECKSUM.code


def only(content: bytes) -> tuple[DecodedRun, list[str]]:
    """The one activity in a file, and the codes of its notices."""
    (activity,) = read_fit(content).activities
    return activity, [notice.code for notice in activity.notices]


def test_a_file_cut_off_gives_what_stands_before() -> None:
    """The last message that is not whole is dropped, the rest kept, and the run marked as partial."""
    run, codes = only(WHOLE[:1500])
    assert 100 < len(run.points) < 200
    assert run.partial
    assert codes == [DAMAGED]


@pytest.mark.parametrize("size", [0, 1_000_000, 2**32 - 1])
def test_no_size_is_trusted(size: int) -> None:
    """A watch that dies leaves zero or nonsense in the header; every record is there all the same."""
    run, codes = only(fit(file_id(), records(200), session(), size=size))
    assert len(run.points) == 200
    assert codes == [DAMAGED]


def test_a_size_too_small_is_not_trusted() -> None:
    """Where neither the next header nor the checksum confirms the size, reading goes on."""
    assert len(only(fit(file_id(), records(200), size=500))[0].points) == 200


def test_a_wrong_checksum_is_only_a_warning() -> None:
    """The values may be wrong, so it is said; they are kept."""
    run, codes = only(fit(file_id(), records(200), session(), checksum=0))
    assert len(run.points) == 200
    assert codes == [CHECKSUM]
    assert not run.partial


def test_records_go_on_behind_a_hole() -> None:
    """Bytes lost in the middle cost some records, not all behind them."""
    run, codes = only(WHOLE[:1000] + WHOLE[1007:])
    assert len(run.points) > 190
    assert run.points["sampled_at"].is_sorted()
    assert DAMAGED in codes


def test_a_chain_without_end_is_read_so_far_as_devices_chain() -> None:
    """Of thousands of files in one the first sixty-four are read, and that more followed is said."""
    first, empty = fit(file_id(), records(70), session()), fit(file_id())
    file = read_fit(first + empty * 80)
    assert [len(run.points) for run in file.activities] == [70]
    assert [notice.code for notice in file.notices] == [DAMAGED]
    assert read_fit(first + empty * 60).notices == ()


def test_definitions_without_end_are_read_so_far_as_devices_define() -> None:
    """A definition that is one too many is damage, which is said; records before and after it are kept."""
    odd = [definition(1, 20, [(number % 200, number // 200 + 1, 2)]) for number in range(4200)]
    run, codes = only(fit(file_id(), records(70), *odd, records(50, start=START + 100), session()))
    assert len(run.points) == 120
    assert codes == [DAMAGED]


def test_zeros_to_the_end_are_no_samples() -> None:
    """A copy that a full disk or a cloud filled with zeros gives what stands before them, at its own times."""
    run, codes = only(WHOLE[:1500] + bytes(len(WHOLE) - 1500))
    cut, _ = only(WHOLE[:1500])
    assert len(cut.points) <= len(run.points) <= len(cut.points) + 1
    assert run.points["sampled_at"][-1] >= cut.points["sampled_at"][-1]
    assert DAMAGED in codes


def test_random_bytes_in_the_middle_give_no_wild_times() -> None:
    """What decodes by chance is left out: times stay close and never fall."""
    noise = random.Random(7).randbytes(256)  # noqa: S311 - a fixed stretch of noise
    run, _ = only(WHOLE[:1000] + noise + WHOLE[1256:])
    assert run.points["sampled_at"].is_sorted()
    assert (run.points["sampled_at"][-1] - run.points["sampled_at"][0]).total_seconds() <= 200
    assert len(run.points) > 150


def test_nonsense_after_a_whole_file_is_told() -> None:
    """The activity before is whole; that something else is lost is said of the file."""
    found = read_fit(fit(file_id(), records(5), session()) + b"\x01" * 60)
    assert [notice.code for notice in found.notices] == [DAMAGED]
    assert found.activities[0].notices == ()
    assert not found.activities[0].partial


@pytest.mark.parametrize("content", [b"", b".FIT", b"\x0e" * 40, b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT\x00\x00"])
def test_nothing_to_read_is_refused(content: bytes) -> None:
    """Bytes without a message are refused with a sentence."""
    with pytest.raises(UnreadableFileError) as refused:
        read_fit(content)
    assert refused.value.notice.code == notices.BROKEN_FILE.code


@settings(max_examples=150, deadline=None)
@given(flips=st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), min_size=1, max_size=40))
def test_flipped_bytes_never_crash(flips: list[tuple[int, int]]) -> None:
    """Whatever bytes change, there are samples as RAW_SAMPLES has them, or one refusal, or nothing of interest."""
    content = bytearray(WHOLE)
    for place, value in flips:
        content[place] = value
    try:
        found = read_fit(bytes(content))
    except UnreadableFileError:
        return
    for run in found.activities:
        RAW_SAMPLES.check(run.points)
        assert run.points["sampled_at"].null_count() == 0


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_noise_after_a_header_never_crashes(noise: bytes) -> None:
    """Anything at all may follow a FIT header."""
    try:
        found = read_fit(fit(noise))
    except UnreadableFileError:
        return
    assert all(len(run.points) for run in found.activities)


def test_the_start_of_the_session_is_not_believed_if_it_is_wild() -> None:
    """A flipped bit in a session's start must not take its samples away."""
    wild = fit(file_id(), records(20), session(START ^ 1 << 30, sport=5), session(), checksum=1)
    assert sum(len(run.points) for run in read_fit(wild).activities) >= 20
