"""Files that a person names are read up to a limit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from runmood.core.errors import CsvFormatError
from runmood.core.files import read_at_most
from runmood.ingest import mood_files

if TYPE_CHECKING:
    from pathlib import Path


def test_of_a_file_beyond_the_limit_a_byte_more_is_read(tmp_path: Path) -> None:
    """By which whoever reads it sees that there is more; a device would have no end."""
    (tmp_path / "given").write_bytes(b"abcdef")
    assert [read_at_most(tmp_path / "given", most) for most in (0, 3, 6, 9)] == [b"a", b"abcd", b"abcdef", b"abcdef"]


def test_an_export_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence names the file."""
    monkeypatch.setattr(mood_files, "LARGEST_EXPORT", 3)
    (tmp_path / "moods.csv").write_bytes(b"date,mood")
    with pytest.raises(CsvFormatError):
        mood_files.content_of(tmp_path / "moods.csv")
