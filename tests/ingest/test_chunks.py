"""Files are read and saved a chunk at a time: few that may hold a run, many that cannot, none too large together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

from runmood.ingest.workers import CHUNK_BYTES, CHUNK_FILES, CHUNK_TINY_FILES, TINY_BYTES, chunks

if TYPE_CHECKING:
    from runmood.core.recordings import FoundFile


@pytest.mark.parametrize(
    ("size", "count", "expected"),
    [
        (TINY_BYTES + 1, CHUNK_FILES + 1, [CHUNK_FILES, 1]),
        (0, CHUNK_TINY_FILES + 1, [CHUNK_TINY_FILES, 1]),
        (CHUNK_BYTES, 2, [1, 1]),
        (CHUNK_BYTES - 1, 3, [2, 1]),
    ],
)
def test_a_chunk_ends_with_as_much_as_a_transaction_is_to_hold(size: int, count: int, expected: list[int]) -> None:
    """Runs are counted, files in which there is none are counted apart, and bytes are bytes."""
    found = cast("FoundFile", SimpleNamespace(content=range(size)))  # which has a length and takes no room
    assert [len(chunk) for chunk in chunks([found] * count)] == expected
