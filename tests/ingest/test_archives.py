"""Archives, archives in archives, and archives made to do harm."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runmood.ingest import archives
from runmood.ingest.discover import discover_files

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.core.recordings import FileStat, FoundFile


def zipped(members: dict[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive's bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, compression)
    return buffer.getvalue()


def found(tmp_path: Path, content: bytes, name: str = "export.zip") -> list[FoundFile]:
    """All that is found in an archive with these bytes, with nothing known."""
    path = tmp_path / name
    path.write_bytes(content)
    return list(discover_files([path], lambda _name, _stamp: False))


def told(files: list[FoundFile], tmp_path: Path) -> list[tuple[str, bytes | str]]:
    """Each file's name and content, or its fault, or that it is an archive that was opened."""
    return [
        (
            file.name.removeprefix(f"{tmp_path.as_posix()}/"),
            file.fault.code if file.fault else "opened" if file.opened else file.content,
        )
        for file in files
    ]


def test_watch_files_come_in_order_and_then_the_archive(tmp_path: Path) -> None:
    """Only members that can be watch files are given, unpacked; the archive follows, marked opened."""
    members = {
        "activities/1.fit.gz": gzip.compress(b"one"),
        "activities/2.GPX": b"two",
        "activities/3.tcx": b"three",
        "activities.csv": b"a,b",
        "profile.json": b"{}",
        "media/": b"",
        "media/1.jpg": b"x",
        "__MACOSX/activities/._2.gpx": b"x",
        "activities/._1.fit": b"x",
    }
    assert told(found(tmp_path, zipped(members)), tmp_path) == [
        ("export.zip/activities/1.fit.gz", b"one"),
        ("export.zip/activities/2.GPX", b"two"),
        ("export.zip/activities/3.tcx", b"three"),
        ("export.zip", "opened"),
    ]


def test_an_archive_is_known_by_its_content(tmp_path: Path) -> None:
    """A ZIP called .fit, as Garmin's downloads are by some browsers, is opened; a page called .zip is not."""
    assert told(found(tmp_path, zipped({"a.fit": b"one"}), "a.fit"), tmp_path) == [
        ("a.fit/a.fit", b"one"),
        ("a.fit", "opened"),
    ]
    assert told(found(tmp_path, b"<html>", "b.zip"), tmp_path) == [("b.zip", b"<html>")]


def test_an_empty_archive_is_told(tmp_path: Path) -> None:
    """There is nothing in it to read."""
    assert told(found(tmp_path, zipped({})), tmp_path) == [("export.zip", "nothing-to-read")]


def test_archives_are_opened_three_deep(tmp_path: Path) -> None:
    """A ZIP in a ZIP in a ZIP gives its files; one deeper is a fault."""
    fourth = zipped({"4.fit": b"four"})
    third = zipped({"3.fit": b"three", "fourth.zip": fourth})
    second = zipped({"third.zip": third, "2.fit": b"two"})
    assert told(found(tmp_path, zipped({"second.zip": second})), tmp_path) == [
        ("export.zip/second.zip/third.zip/3.fit", b"three"),
        ("export.zip/second.zip/third.zip/fourth.zip", "cannot-open"),
        ("export.zip/second.zip/third.zip", "opened"),
        ("export.zip/second.zip/2.fit", b"two"),
        ("export.zip/second.zip", "opened"),
        ("export.zip", "opened"),
    ]


def test_a_known_archive_is_not_opened(tmp_path: Path) -> None:
    """`unchanged` is asked for the archive first, then for each file in it."""
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({"a.fit": b"one", "b.fit": b"three"}))
    asked: list[tuple[str, int]] = []

    def knows_a(name: str, stamp: FileStat) -> bool:
        asked.append((name.removeprefix(f"{tmp_path.as_posix()}/"), stamp.bytes))
        return name.endswith("a.fit")

    assert told(list(discover_files([path], knows_a)), tmp_path) == [
        ("export.zip/b.fit", b"three"),
        ("export.zip", "opened"),
    ]
    assert asked == [("export.zip", path.stat().st_size), ("export.zip/a.fit", 3), ("export.zip/b.fit", 5)]
    assert list(discover_files([path], lambda name, _stamp: name.endswith(".zip"))) == []


def test_names_lead_nowhere(tmp_path: Path) -> None:
    """Steps out of the archive, roots, drives and Windows' strokes are only names, and nothing is written."""
    before = set(tmp_path.parent.rglob("*"))
    members = {"../../evil.fit": b"1", "/etc/passwd.gpx": b"2", "a\\..\\b.tcx": b"3", "line\nbreak.fit": b"4"}
    files = found(tmp_path, zipped(members))
    assert told(files, tmp_path) == [
        ("export.zip/evil.fit", b"1"),
        ("export.zip/etc/passwd.gpx", b"2"),
        ("export.zip/a/b.tcx", b"3"),
        ("export.zip/line\\x0abreak.fit", b"4"),
        ("export.zip", "opened"),
    ]
    assert set(tmp_path.parent.rglob("*")) - before == {tmp_path / "export.zip"}


def test_a_locked_member_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Without its password a member cannot be opened."""
    content = bytearray(zipped({"a.fit": b"one", "b.fit": b"two"}))
    for header, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(header) + flags] |= 1
    assert told(found(tmp_path, bytes(content)), tmp_path) == [
        ("export.zip/a.fit", "cannot-open"),
        ("export.zip/b.fit", b"two"),
        ("export.zip", "opened"),
    ]


def test_an_unknown_compression_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Windows packs large files by a method that Python has not."""
    content = bytearray(zipped({"a.fit": b"one", "b.fit": b"two"}))
    for header, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(header) + method] = 9
    assert [what for _, what in told(found(tmp_path, bytes(content)), tmp_path)] == ["cannot-open", b"two", "opened"]


def test_a_damaged_member_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    """One rotten file spoils no other."""
    content = zipped({"a.fit": b"some run", "b.fit": b"two"}, zipfile.ZIP_STORED)
    assert told(found(tmp_path, content.replace(b"some run", b"sOme run", 1)), tmp_path) == [
        ("export.zip/a.fit", "broken-archive"),
        ("export.zip/b.fit", b"two"),
        ("export.zip", "opened"),
    ]


def test_a_broken_archive_is_a_fault_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Half a download is named, inside an archive too, and never marked as opened."""
    whole = zipped({"a.fit": b"one" * 500})
    assert told(found(tmp_path, whole[: len(whole) // 2]), tmp_path) == [("export.zip", "broken-archive")]
    assert told(found(tmp_path, zipped({"in.zip": whole[:-30], "b.fit": b"two"})), tmp_path) == [
        ("export.zip/in.zip", "broken-archive"),
        ("export.zip/b.fit", b"two"),
        ("export.zip", "opened"),
    ]


@pytest.mark.parametrize("name", ["bomb.fit", "bomb.fit.gz"])
def test_a_bomb_is_left_alone(tmp_path: Path, name: str) -> None:
    """A member small on disk and far too large unpacked is refused at the cap; the rest goes on."""
    bomb = b"\x00" * (70 << 20)
    content = zipped({name: gzip.compress(bomb) if name.endswith("gz") else bomb, "b.fit": b"two"})
    assert len(content) < 200_000
    assert [what for _, what in told(found(tmp_path, content), tmp_path)] == ["too-large", b"two", "opened"]


def test_a_bomb_that_lies_about_its_size_is_left_alone(tmp_path: Path) -> None:
    """The cap counts bytes, not what a header claims."""
    content = bytearray(zipped({"bomb.fit": b"\x00" * (70 << 20)}))
    for header, size in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        begin = content.index(header) + size
        content[begin : begin + 4] = (100).to_bytes(4, "little")
    ((_, what), *_) = told(found(tmp_path, bytes(content)), tmp_path)
    assert what in {"too-large", "broken-archive"}


def test_an_archive_beyond_all_exports_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives within archives share one allowance, so that no nest of bombs keeps the night busy."""
    monkeypatch.setattr(archives, "_MOST_MB", 8)
    nest = zipped({f"{number}.fit": b"\x00" * (3 << 20) for number in range(3)})
    files = told(found(tmp_path, zipped({"nest.zip": nest, "z.fit": b"never reached"})), tmp_path)
    assert [name for name, _ in files] == ["export.zip/nest.zip/0.fit", "export.zip/nest.zip/1.fit", "export.zip"]
    assert files[-1][1] == "too-large"


@pytest.mark.parametrize("limit", ["_MOST_MEMBERS", "_LARGEST_DIRECTORY"])
def test_members_without_end_are_not_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    """Neither an archive of more files than any export nor one whose directory would fill the memory is read."""
    monkeypatch.setattr(archives, limit, 3)
    export = found(tmp_path, zipped({f"{number}.fit": b"one" for number in range(4)}))
    assert told(export, tmp_path) == [("export.zip", "cannot-open")]
    assert "3" not in str(export[0].fault.message) or limit == "_MOST_MEMBERS"


def test_what_gzips_within_unpack_to_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand gzips of a few kilobytes are as long a night as what they hold, so that is what is counted."""
    monkeypatch.setattr(archives, "_MOST_MB", 8)
    bomb = gzip.compress(b"\x00" * (3 << 20))
    files = told(found(tmp_path, zipped({f"{number}.fit.gz": bomb for number in range(9)})), tmp_path)
    assert [name for name, _ in files] == ["export.zip/0.fit.gz", "export.zip/1.fit.gz", "export.zip"]
    assert files[-1][1] == "too-large"


def test_one_content_at_a_time(tmp_path: Path) -> None:
    """A hundred files of a megabyte need the memory of a few."""
    path = tmp_path / "export.zip"
    path.write_bytes(zipped({f"{number}.fit": bytes([number]) * (1 << 20) for number in range(100)}))
    tracemalloc.start()
    try:
        count = sum(1 for _ in discover_files([path], lambda _name, _stamp: False))
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 101
    assert most < 12 << 20


def test_faults_of_the_caller_are_not_taken_for_faults_of_the_archive(tmp_path: Path) -> None:
    """What `unchanged` raises is bad code, and passes through."""
    (tmp_path / "export.zip").write_bytes(zipped({"in.zip": zipped({"a.fit": b"one"})}))

    def fails_inside(name: str, _stamp: FileStat) -> bool:
        if name.endswith("a.fit"):
            raise ValueError(name)
        return False

    with pytest.raises(ValueError, match=r"a\.fit"):
        list(discover_files([tmp_path], fails_inside))


def test_a_member_without_a_name_is_told_of(tmp_path: Path) -> None:
    """A name may begin with a NUL, before which nothing stands."""
    assert found(tmp_path, zipped({"xa": b"one"}, zipfile.ZIP_STORED).replace(b"xa", b"\0a"))


@settings(max_examples=200, deadline=None)
@given(
    flips=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), max_size=8),
    keep=st.floats(0, 1),
)
def test_no_damage_stops_the_walk(
    tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]], keep: float
) -> None:
    """Whatever bytes are changed or lost in an archive, something is said of it, and nothing is raised."""
    inner = zipped({"1.fit.gz": gzip.compress(b"one" * 50), "2.gpx": b"<gpx/>"})
    content = bytearray(zipped({"in.zip": inner, "3.tcx": b"three" * 30}, zipfile.ZIP_STORED))
    for place, value in flips:
        content[place % len(content)] = value
    files = found(tmp_path_factory.mktemp("damaged"), bytes(content[: max(1, round(keep * len(content)))]))
    assert files
