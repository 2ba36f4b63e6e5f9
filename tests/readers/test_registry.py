"""One registry knows every format: how its files are called, how they are recognised, and its reader's version."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from readers.exports_drawn import ALL

from runmood.core.recordings import DecodedFile
from runmood.ingest.discover import discover_files
from runmood.readers import decode, registry
from runmood.readers.registry import FileContent, export_reader, is_readable_name, matches_signature, reader_versions

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own_readers(monkeypatch: pytest.MonkeyPatch) -> list[registry.FormatReader]:
    """The registry as it is, in a list that the test may add to."""
    readers = list(registry._READERS)  # noqa: SLF001 - the one state of the module
    monkeypatch.setattr(registry, "_READERS", readers)
    return readers


@pytest.mark.parametrize("name", ALL)
def test_an_export_is_accepted_by_one_reader_alone(name: str) -> None:
    """So the order in which vendors are found in their folder means nothing."""
    content = FileContent(ALL[name])
    accepting = [each for each in registry._READERS if each.accepts(content)]  # noqa: SLF001 - as above
    assert [each.format for each in accepting] == [name.partition("-")[0]]


def test_traces_of_xml_in_an_export_do_not_make_it_a_watch_file() -> None:
    """Somebody may write <gpx > into the title of a run."""
    content = ALL["strava"].replace(b"By hand", b"My <gpx > run")
    assert decode(content).format == "strava"


def test_a_registered_reader_is_found_and_used(tmp_path: Path, own_readers: list[registry.FormatReader]) -> None:
    """A reader that registers itself is all that discovery and dispatch need; a name without the signature is none."""

    @export_reader("acme", version=3, layout="table", files=[r"laps\d*\.csv"], signature=rb"\Aacme,")
    def read_acme(_text: str) -> DecodedFile:
        return DecodedFile("acme", (), ())

    (tmp_path / "laps1.csv").write_bytes(b"acme,1\n")
    (tmp_path / "laps2.csv").write_bytes(b"other,1\n")
    found = list(discover_files([tmp_path], lambda _name, _stamp: False))
    assert [file.name for file in found] == [f"{tmp_path}/laps1.csv"]
    assert decode(found[0].content) == read_acme("")
    assert reader_versions()["acme"] == 3
    assert own_readers[-1].format == "acme"


def test_readers_of_one_format_have_one_version(own_readers: list[registry.FormatReader]) -> None:
    """A format whose readers disagree could not say whether its files are to be read again."""
    with pytest.raises(ValueError, match="different versions"):
        export_reader("strava", version=99, layout="table", files=["x"], signature=b"x")(
            lambda _text: DecodedFile("x", ())
        )
    assert reader_versions()["strava"] != 99
    assert len(own_readers) == len(registry._READERS)  # noqa: SLF001 - as above


@pytest.mark.parametrize("name", ["run.fit", "RUN.FIT.GZ", "a.gpx", "b.tcx.gz", "activities.csv", "activities-2.csv"])
def test_names_of_files_that_may_be_read(name: str) -> None:
    """Watch files are known by their ending, lists of a vendor by their whole name."""
    assert is_readable_name(name)


@pytest.mark.parametrize("name", ["run.csv", "fit", "my activities.csv", "a.json", "activities.csv.gz"])
def test_names_of_files_that_no_reader_wants(name: str) -> None:
    """They lie beside runs and are left alone; where a person names them, their content decides."""
    assert not is_readable_name(name)
    assert matches_signature(name, b"")
