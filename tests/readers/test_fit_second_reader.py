"""What happens when our own reader fails on a FIT file: fitparse reads it, in a process of its own."""

from __future__ import annotations

import pytest
from readers.fit_bytes import file_id, fit, records, session

from runmood.core import notices
from runmood.core.errors import UnreadableFileError
from runmood.readers import fit as door
from runmood.readers.fit import fallback as second_reader
from runmood.readers.fit import read_fit

RUN = fit(file_id(), records(20), session())


def fail(_: bytes) -> list[object]:
    """Fails in a way that damage can provoke."""
    raise ValueError("a size that cannot be")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own reader fails on every file."""
    monkeypatch.setattr(door, "read_parts", fail)


def test_fitparse_gives_the_same_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that only the second reader can read gives the same run, and says who read it."""
    (ours,) = read_fit(RUN).activities
    monkeypatch.setattr(door, "read_parts", fail)
    (theirs,) = read_fit(RUN).activities
    assert theirs.points.equals(ours.points)
    assert (theirs.sport, theirs.device, theirs.totals) == (ours.sport, ours.device, ours.totals)
    assert [notice.code for notice in theirs.notices] == [notices.SECOND_READER.code]


@pytest.mark.usefixtures("failing")
def test_what_comes_before_fitparses_own_failure_is_kept() -> None:
    """A cut file makes it stop; the samples before stay, marked partial."""
    (run,) = read_fit(RUN[:-60]).activities
    assert 10 < len(run.points) <= 20
    assert run.partial
    assert [notice.code for notice in run.notices] == [notices.SECOND_READER.code, notices.DAMAGED.code]


@pytest.mark.usefixtures("failing")
def test_its_time_is_limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file on which it hangs costs no more than the limit, and is refused if nothing came by then."""
    monkeypatch.setattr(second_reader, "LIMIT_S", 0.001)
    with pytest.raises(UnreadableFileError):
        read_fit(RUN)


@pytest.mark.usefixtures("failing")
def test_a_file_that_neither_reads_is_refused() -> None:
    """Two failures make one refusal."""
    with pytest.raises(UnreadableFileError) as refused:
        read_fit(b"\x0e\x20\x00\x00\x00\x00\x00\x00.FIT\xff\xff\xff\xff")
    assert refused.value.notice.code == notices.BROKEN_FILE.code
