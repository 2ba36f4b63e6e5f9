"""A reader whose version is raised reads the files of its format again, and no others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from readers.exports_drawn import ZEPP

from runmood.core.recordings import DecodedFile
from runmood.ingest.importer import open_importer
from runmood.readers import registry
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

if TYPE_CHECKING:
    from runmood.home.home import Home
    from runmood.ingest.importer import Batch
    from runmood.readers.registry import FileContent, FormatReader

OUTINGS = simulate(dt.date(2025, 11, 21), days=30).outings


class Registry:
    """The registry of a test: it counts what each reader reads, and versions can be raised in it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        self.readers = [self.counted(each) for each in registry._READERS]  # noqa: SLF001 - its one state
        monkeypatch.setattr(registry, "_READERS", self.readers)

    def counted(self, reader: FormatReader) -> FormatReader:
        """The reader, which notes its format each time that it reads."""

        def read(content: FileContent) -> DecodedFile:
            self.read.append(reader.format)
            return reader.read(content)

        return replace(reader, read=read)

    def raise_version(self, format_: str) -> None:
        """Another version for one format."""
        self.readers[:] = [
            replace(each, version=each.version + 1) if each.format == format_ else each for each in self.readers
        ]


@pytest.fixture
def readers(monkeypatch: pytest.MonkeyPatch) -> Registry:
    """The readers, watched."""
    return Registry(monkeypatch)


@pytest.fixture
def home(empty_home: Home) -> Home:
    """A home whose inbox holds a FIT file, a GPX file, a list of Zepp's and a table that nobody knows."""
    export = empty_home.inbox / "export"
    export.mkdir(parents=True)
    (empty_home.inbox / "a.fit").write_bytes(recorded_as(OUTINGS[0], "fit"))
    (empty_home.inbox / "b.gpx").write_bytes(recorded_as(OUTINGS[1], "gpx"))
    (export / "SPORT_1.csv").write_bytes(ZEPP)
    (empty_home.inbox / "unknown.dat").write_bytes(b"acme,1\n")
    return empty_home


def reprocess_missing(home: Home) -> Batch | None:
    """What the next import or night does before it reads what is new."""
    with open_importer(home) as importer:
        return importer.reprocess_missing()


def ledger(home: Home) -> dict[str, tuple[str | None, int | None, str]]:
    """Format, version of the reader and import of each file."""
    with open_importer(home) as importer:
        rows = importer.store.frame("select file_name, format, reader_version, batch from source_files").rows()
    return {name.removeprefix("inbox/"): (format_, version, batch) for name, format_, version, batch in rows}


def recordings(home: Home) -> list[str]:
    """The recordings that the home holds."""
    with open_importer(home) as importer:
        return sorted(importer.store.frame("select recording_id from recordings")["recording_id"])


def test_the_ledger_says_who_read_a_file(home: Home, readers: Registry) -> None:
    """Format and version stand beside each file; null where no reader accepts it."""
    with open_importer(home) as importer:
        importer.read_inbox()
    formats = {name: (format_, version) for name, (format_, version, _) in ledger(home).items()}
    assert formats == {
        "a.fit": ("fit", 1),
        "b.gpx": ("gpx", registry.reader_versions()["gpx"]),
        "export/SPORT_1.csv": ("zepp", 1),
        "unknown.dat": (None, None),
    }
    assert sorted(readers.read) == ["fit", "gpx", "zepp"]


@pytest.mark.parametrize("format_", ["fit", "gpx", "zepp"])
def test_a_raised_version_reads_that_format_alone(home: Home, readers: Registry, format_: str) -> None:
    """Each file keeps its import, and nothing is read a second time once the ledger has the new version."""
    reprocess_missing(home)
    before, runs = ledger(home), recordings(home)
    readers.read.clear()
    readers.raise_version(format_)
    reprocess_missing(home)
    assert readers.read == [format_]
    assert reprocess_missing(home) is None
    assert readers.read == [format_]
    after = ledger(home)
    assert {name: batch for name, (_, _, batch) in after.items()} == {name: each[2] for name, each in before.items()}
    assert {name for name in after if after[name] != before[name]} == {
        name for name, each in before.items() if each[0] == format_
    }
    assert recordings(home) == runs


def test_a_new_format_reads_what_no_reader_knew(home: Home, readers: Registry) -> None:
    """A reader that is added takes the files that had been refused before, and leaves all others."""
    reprocess_missing(home)
    readers.read.clear()
    zepp = next(each for each in readers.readers if each.format == "zepp")

    def accepts(content: FileContent) -> bool:
        return content.data.startswith(b"acme,")

    def read(_content: FileContent) -> DecodedFile:
        return DecodedFile("acme", ())

    readers.readers.insert(0, readers.counted(replace(zepp, format="acme", accepts=accepts, read=read)))
    reprocess_missing(home)
    assert readers.read == ["acme"]
    assert ledger(home)["unknown.dat"][:2] == ("acme", 1)
    assert reprocess_missing(home) is None
