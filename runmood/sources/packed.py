"""Content of one file, never more of it than a run can need, whatever its header claims."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING

from runmood.terms.notices import TOO_LARGE

if TYPE_CHECKING:
    from runmood.terms.notices import Notice

MOST_MB = 64
_MOST = MOST_MB << 20
_GZIP = b"\x1f\x8b"
_PORTION = 1 << 20


class TooLargeError(Exception):
    """A file beyond the cap."""

    def __init__(self) -> None:
        super().__init__()
        self.notice: Notice = TOO_LARGE(limit_mb=MOST_MB)


def read_capped(file: IO[bytes]) -> bytes:
    """The rest of the file. Raises `TooLargeError` when it is larger than the cap."""
    content = file.read(_MOST + 1)
    if len(content) > _MOST:
        raise TooLargeError
    return content


def unpacked(content: bytes) -> bytes:
    """The content itself, or what is in it when it is gzip, up to where the gzip is damaged.

    A gzip without a single sound byte is given as it is. Raises `TooLargeError` beyond the cap.
    """
    if not content.startswith(_GZIP):
        return content
    found = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
            while len(found) <= _MOST and (part := stream.read1(_PORTION)):
                found += part
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return bytes(found) or content
    if len(found) > _MOST:
        raise TooLargeError
    return bytes(found)
