"""A second reader, fitparse, for a file on which our own fails: slow, apart, and with a limit on its time.

It runs as a program of its own (`python -m runmood.readers.fit.fallback`), the file on its standard input, because
fitparse keeps what developers' fields mean in one dictionary for the whole process. It writes each message as a line
as soon as it has it, so that what comes before its own failure or the limit is kept.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np

from runmood.core.i18n import message
from runmood.readers.fit.messages import MessageColumns
from runmood.readers.fit.parts import FitFile
from runmood.readers.fit.profile import FIELDS, TIME, TIMESTAMP

if TYPE_CHECKING:
    from collections.abc import Iterator


Line = dict[str, object]

LIMIT_S = 60


def read_with_fitparse(content: bytes) -> list[FitFile]:
    """Read a file with fitparse, as one part; without developer fields and lists."""
    written, whole = _run(content)
    kinds: dict[int, list[Line]] = {}
    for place, line in enumerate(written.splitlines()):
        number, raw = json.loads(line)
        kinds.setdefault(number, []).append({"place": place, **raw})
    messages = {number: _rows(number, found) for number, found in kinds.items()}
    return [FitFile(messages, fault=None if whole else message("file_fault.fitparse_stops"))] if messages else []


def _run(content: bytes) -> tuple[bytes, bool]:
    """Run fitparse in a process; return the lines that it wrote, and whether it came to the end."""
    command = [sys.executable, "-m", "runmood.readers.fit.fallback"]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=LIMIT_S, check=False)  # noqa: S603 - our own program
    except subprocess.TimeoutExpired as late:
        written, whole = late.stdout or b"", False
    else:
        written, whole = done.stdout, done.returncode == 0
    return written[: written.rfind(b"\n") + 1], whole


def _rows(message: int, found: list[Line]) -> MessageColumns:
    fields = FIELDS[message] | {TIMESTAMP: TIME}
    rows = MessageColumns(np.array([raw["place"] for raw in found], dtype=np.int64), {}, {}, {})
    for number, field in fields.items():
        values = [raw.get(str(number)) for raw in found]
        if field.shape == "text":
            rows.texts[field.name] = [value if isinstance(value, str) else None for value in values]
        elif field.shape in {"number", "date"}:
            numbers = np.array([value if isinstance(value, int | float) else np.nan for value in values], dtype=float)
            rows.numbers[field.name] = numbers / field.divisor - field.offset
    return rows


def _messages(content: bytes) -> Iterator[tuple[int, dict[int, object]]]:
    """Yield each of fitparse's messages, as its number and its fields' raw values; the first of a field wins."""
    import fitparse  # noqa: PLC0415 - heavy, and needed in the child process only
    from fitparse.records import DEV_TYPES  # noqa: PLC0415 - as above

    DEV_TYPES.clear()
    for told in fitparse.FitFile(io.BytesIO(content), check_crc=False).get_messages():
        fields: dict[int, object] = {}
        for found in told.fields:
            native = found.field_def is not None or found.def_num == TIMESTAMP
            if native and isinstance(found.raw_value, int | float | str):
                fields.setdefault(found.def_num, found.raw_value)
        yield told.mesg_num, fields


def main() -> None:
    """Read a FIT file from standard input and write a line of JSON for each message runmood knows."""
    for number, fields in _messages(sys.stdin.buffer.read()):
        if number in FIELDS:
            sys.stdout.write(json.dumps([number, fields]) + "\n")


if __name__ == "__main__":
    main()
