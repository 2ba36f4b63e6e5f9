"""Files as a browser sends them (multipart/form-data, RFC 7578), written to disk as they come in.

However large a file, no more than a chunk of it is in memory. A name is cut to its last part, so none leads elsewhere.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


FIELD_LIMIT = 4096  # bytes of a value that is no file, and of the lines above a part
NAME_LIMIT = 180
_BOUNDARY = re.compile(r'multipart/form-data;.*boundary="?([\w\'()+,./:=?-]{1,70})"?', re.IGNORECASE)
_PART_NAME = re.compile(r'[; ]name="([^"]*)"')
_FILE_NAME = re.compile(r'[; ]filename="([^"]*)"')
_END_OF_LINES = b"\r\n\r\n"


class BadUploadError(ValueError):
    """What was sent is no form with files, or it broke off."""


@dataclass(slots=True)
class UploadedForm:
    """What has arrived: files, in order, and the values that came with them."""

    folder: Path
    values: dict[str, str] = field(default_factory=dict)
    files: list[Path] = field(default_factory=list)

    def place_for(self, name: str) -> Path:
        """A path for a file of this name that no file of this parcel has."""
        plain = re.split(r"[/\\]", name)[-1].lstrip(".")
        plain = re.sub(r"[^\w. ()+,@-]", "_", plain)[-NAME_LIMIT:] or "file"
        number, place = 1, self.folder / plain
        while place in self.files:
            number += 1
            place = self.folder / f"{number}-{plain}"
        return place


def boundary_in(content_type: str) -> bytes | None:
    """The line that stands between the parts; null where this is no form with files."""
    found = _BOUNDARY.fullmatch(content_type.strip())
    return b"\r\n--" + found[1].encode() if found else None


async def receive(stream: AsyncIterator[bytes], boundary: bytes, folder: Path) -> UploadedForm:
    """The parts of a form: each file in the folder, each value in memory."""
    parcel, buffer = UploadedForm(folder), _Buffer(stream)
    buffer.put_first(b"\r\n")  # so that the first boundary is found like the others
    await buffer.until(boundary, None)
    while await buffer.take(2) != b"--":
        lines = bytearray(b"\r\n")
        await buffer.until(_END_OF_LINES, lines)
        await _part(lines.decode(errors="replace"), boundary, buffer, parcel)
    return parcel


async def _part(lines: str, boundary: bytes, buffer: _Buffer, parcel: UploadedForm) -> None:
    name, file_name = _PART_NAME.search(lines), _FILE_NAME.search(lines)
    if file_name is None:
        value = bytearray()
        await buffer.until(boundary, value)
        parcel.values[name[1] if name else ""] = value.decode(errors="replace")
    elif not file_name[1]:
        await buffer.until(boundary, None)  # a form sent without choosing a file
    else:
        place = parcel.place_for(file_name[1])
        parcel.files.append(place)
        with place.open("xb") as file:
            await buffer.until(boundary, file)


class _Buffer:
    """Bytes that have come and were not taken yet."""

    def __init__(self, stream: AsyncIterator[bytes]) -> None:
        self._stream = stream
        self._held = bytearray()

    def put_first(self, content: bytes) -> None:
        """Bytes to be taken before all others."""
        self._held[:0] = content

    async def take(self, count: int) -> bytes:
        """The next bytes, so many."""
        while len(self._held) < count:
            await self._more()
        taken = bytes(self._held[:count])
        del self._held[:count]
        return taken

    async def until(self, mark: bytes, into: BinaryIO | bytearray | None) -> None:
        """All bytes before the next mark go into a file, a value or nowhere; the mark itself is dropped."""
        while (at := self._held.find(mark)) < 0:
            self._pass(max(0, len(self._held) - len(mark) + 1), into)  # a mark may lie across two chunks
            await self._more()
        self._pass(at, into)
        del self._held[: len(mark)]

    def _pass(self, count: int, into: BinaryIO | bytearray | None) -> None:
        taken = bytes(self._held[:count])
        del self._held[:count]
        if isinstance(into, bytearray):
            into += taken
            if len(into) > FIELD_LIMIT:
                raise BadUploadError("a value is longer than any of ours")
        elif into is not None:
            into.write(taken)

    async def _more(self) -> None:
        async for chunk in self._stream:
            if chunk:
                self._held += chunk
                return
        raise BadUploadError("it broke off")
