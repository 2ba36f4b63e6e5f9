"""Whoever changes what a reader gives for the same file is reminded to raise its version."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from readers.exports_drawn import ALL

from runmood.readers import decode
from runmood.readers.registry import reader_versions
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

NOTED = Path(__file__).with_name("versions_noted.json")
REMINDER = """\
The reader of {name} gives other values for the same file. Raise the version in its decorator, so that every home reads
the files of this format again. Then: PYTHONPATH=tests python tests/readers/test_versions_noted.py"""


def examples() -> dict[str, list[bytes]]:
    """Files of each format: drawn exports, and a simulated run as each kind of watch file."""
    files: dict[str, list[bytes]] = {}
    for name, content in ALL.items():
        files.setdefault(name.partition("-")[0], []).append(content)
    outing = simulate(dt.date(2025, 11, 21), days=10).outings[0]
    return files | {kind: [recorded_as(outing, kind)] for kind in ("fit", "gpx", "tcx")}


def values_of(content: bytes) -> str:
    """All that is read of a file, as text."""
    file = decode(content)
    rest = [replace(run, points=run.points.clear()) for run in file.activities]
    return repr((file.format, file.notices, rest, [run.points.rows() for run in file.activities]))


def now() -> dict[str, list[object]]:
    """The version of each format's reader with what it reads of the examples."""
    return {
        name: [reader_versions()[name], hashlib.sha256("".join(map(values_of, files)).encode()).hexdigest()[:16]]
        for name, files in sorted(examples().items())
    }


@pytest.mark.parametrize("name", examples())
def test_other_values_have_another_version(name: str) -> None:
    """What a reader gives for its examples is what was noted with its version."""
    assert json.loads(NOTED.read_text(encoding="utf-8"))[name] == now()[name], REMINDER.format(name=name)


if __name__ == "__main__":
    NOTED.write_text(json.dumps(now(), indent=1) + "\n", encoding="utf-8")
