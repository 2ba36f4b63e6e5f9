"""Folders, links, hidden files and faults: what is given, what is passed over."""

from __future__ import annotations

import datetime as dt
import gzip
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from runmood.core.errors import why_refused
from runmood.core.i18n import message
from runmood.core.notices import CANNOT_OPEN, NOT_A_FILE
from runmood.ingest.discover import discover_files

if TYPE_CHECKING:
    from runmood.core.recordings import FileStat, FoundFile


def never(_name: str, _stamp: FileStat) -> bool:
    """Nothing is known yet."""
    return False


def found(*paths: Path) -> list[FoundFile]:
    """All that is found, with nothing known."""
    return list(discover_files(paths, never))


def names(files: list[FoundFile], home: Path) -> list[str]:
    """Their names, without the folder of the test."""
    return [file.name.removeprefix(f"{home.as_posix()}/") for file in files]


def put(path: Path, content: bytes = b"run") -> Path:
    """A file at the path, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    """Files come in the order of their names, folder by folder, each with its content and its stamp."""
    for name in ("b.fit", "a/2.gpx", "a/10.tcx", "c.FIT"):
        put(tmp_path / name, name.encode())
    files = found(tmp_path)
    assert names(files, tmp_path) == ["a/10.tcx", "a/2.gpx", "b.fit", "c.FIT"]
    assert [file.content for file in files] == [b"a/10.tcx", b"a/2.gpx", b"b.fit", b"c.FIT"]
    assert all(file.fault is None and not file.opened for file in files)


def test_a_name_is_the_path_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path stays relative."""
    put(tmp_path / "inbox" / "a.fit")
    monkeypatch.chdir(tmp_path)
    assert [file.name for file in discover_files([Path("inbox"), Path("inbox/a.fit")], never)] == ["inbox/a.fit"] * 2


def test_the_stamp_tells_size_and_time(tmp_path: Path) -> None:
    """Size on disk, and the moment of the last change in UTC."""
    path = put(tmp_path / "a.fit", b"12345")
    os.utime(path, ns=(0, 1_700_000_000_123_456_789))
    (file,) = found(path)
    assert file.stamp.bytes == 5
    assert file.stamp.modified_at == dt.datetime(2023, 11, 14, 22, 13, 20, 123456, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "name", [".DS_Store", "._a.fit", ".hidden/a.fit", "Thumbs.db", "desktop.ini", "activities.csv", "a.JSON",
             "photo.jpg", "map.png", "notes.txt", "README.md", "sleep.tsv", "plan.pdf"],
)  # fmt: skip
def test_hidden_files_and_companions_are_passed_over(tmp_path: Path, name: str) -> None:
    """What the system or an export lays beside the runs is not mentioned."""
    put(tmp_path / name)
    assert found(tmp_path) == []


@pytest.mark.parametrize("name", ["page.html", "run.fit.download", "noextension", "a.csv.fit", "b.kml"])
def test_other_files_in_a_folder_are_given(tmp_path: Path, name: str) -> None:
    """What may be a run under a wrong name is given, so that somebody can say what it is."""
    put(tmp_path / name)
    assert names(found(tmp_path), tmp_path) == [name]


@pytest.mark.parametrize("name", [".hidden.fit", "notes.txt", "Thumbs.db", "x.csv"])
def test_a_file_named_by_the_person_is_always_given(tmp_path: Path, name: str) -> None:
    """Whoever names a file means it."""
    assert [file.content for file in found(put(tmp_path / name))] == [b"run"]


def test_a_folder_with_the_name_of_a_companion_is_walked(tmp_path: Path) -> None:
    """A folder called export.json is a folder."""
    put(tmp_path / "export.json" / "a.fit")
    assert names(found(tmp_path), tmp_path) == ["export.json/a.fit"]


def test_a_known_file_is_neither_opened_nor_given(tmp_path: Path) -> None:
    """`unchanged` is asked with name and stamp, before anything is opened."""
    known = put(tmp_path / "a.fit")
    known.chmod(0)
    put(tmp_path / "b.fit")
    files = discover_files([tmp_path], lambda name, stamp: name.endswith("a.fit") and stamp.bytes == 3)
    assert [Path(file.name).name for file in files] == ["b.fit"]


def test_gzip_is_unpacked_by_content(tmp_path: Path) -> None:
    """A gzip is unpacked whatever it is called, one that is none is given as it is."""
    put(tmp_path / "a.fit.gz", gzip.compress(b"one"))
    put(tmp_path / "b.fit", gzip.compress(b"two") + gzip.compress(b" and more"))
    put(tmp_path / "c.gpx.gz", b"<gpx/>")
    assert [file.content for file in found(tmp_path)] == [b"one", b"two and more", b"<gpx/>"]


def test_a_torn_gzip_gives_what_can_be_unpacked(tmp_path: Path) -> None:
    """What stands before the damage is kept, for the decoder to say how much it is."""
    run = os.urandom(5000)
    packed = gzip.compress(run)
    put(tmp_path / "a.fit.gz", packed[:3000])
    put(tmp_path / "b.fit.gz", packed[:-8] + b"\x00" * 8)
    torn, wrong_sum = found(tmp_path)
    assert len(torn.content) > 1000
    assert run.startswith(torn.content)
    assert wrong_sum.content == run


def test_a_gzip_bomb_is_left_alone(tmp_path: Path) -> None:
    """Small on disk, far too large unpacked: counted while unpacking, refused at the cap."""
    bomb = put(tmp_path / "a.fit.gz", gzip.compress(b"\x00" * (66 << 20)))
    (file,) = found(bomb)
    assert file.fault is not None
    assert file.fault.code == "too-large"
    assert file.content == b""


def test_a_huge_file_is_left_alone(tmp_path: Path) -> None:
    """Nor is a plain file beyond the cap kept in memory."""
    with (tmp_path / "film.mp4").open("wb") as film:
        film.truncate(65 << 20)
    (file,) = found(tmp_path)
    assert file.fault is not None
    assert file.fault.code == "too-large"


def test_links_to_folders_are_not_followed(tmp_path: Path) -> None:
    """A loop of links ends at its first link; a link to a file is a file."""
    put(tmp_path / "real" / "a.fit")
    (tmp_path / "real" / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "z.fit").symlink_to(tmp_path / "real" / "a.fit")
    files = found(tmp_path)
    assert names(files, tmp_path) == ["real/a.fit", "real/loop", "z.fit"]
    assert files[1].fault == NOT_A_FILE(what=message("notice_word.link"))
    assert files[2].content == b"run"


def test_a_link_to_a_folder_that_the_person_names_is_walked(tmp_path: Path) -> None:
    """An inbox may be a link to a synchronised folder."""
    put(tmp_path / "cloud" / "a.fit")
    (tmp_path / "inbox").symlink_to(tmp_path / "cloud", target_is_directory=True)
    assert names(found(tmp_path / "inbox"), tmp_path) == ["inbox/a.fit"]


def test_links_that_lead_nowhere_are_faults(tmp_path: Path) -> None:
    """A broken link and a link to itself are named, and the rest goes on."""
    (tmp_path / "a.fit").symlink_to(tmp_path / "gone.fit")
    (tmp_path / "b.fit").symlink_to(tmp_path / "b.fit")
    put(tmp_path / "c.fit")
    files = found(tmp_path)
    assert [file.fault and file.fault.code for file in files] == ["cannot-open", "cannot-open", None]


def test_pipes_and_sockets_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a pipe would wait for ever."""
    monkeypatch.chdir(tmp_path)
    os.mkfifo("pipe.fit")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind("socket.fit")
        files = found(tmp_path, Path("pipe.fit"), Path("/dev/null"))
    whats = [message(f"notice_word.{what}") for what in ("pipe", "socket", "pipe", "device")]
    assert [file.fault for file in files] == [NOT_A_FILE(what=what) for what in whats]


def test_a_path_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    """It is said, and the other paths are read."""
    put(tmp_path / "a.fit")
    missing, there = found(tmp_path / "gone", tmp_path / "a.fit")
    assert missing.fault == CANNOT_OPEN(fault=why_refused(FileNotFoundError(2, "No such file or directory")))
    assert there.content == b"run"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_what_may_not_be_read_is_a_fault(tmp_path: Path) -> None:
    """A locked file and a locked folder are named, and the rest goes on."""
    put(tmp_path / "a" / "x.fit").parent.chmod(0)
    put(tmp_path / "b.fit").chmod(0)
    put(tmp_path / "c.fit")
    files = found(tmp_path)
    (tmp_path / "a").chmod(0o700)
    assert [file.fault and file.fault.code for file in files] == ["cannot-open", "cannot-open", None]
    assert files[0].fault == CANNOT_OPEN(fault=why_refused(PermissionError(13, "Permission denied")))


def test_a_refused_file_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the system answers when a file is opened stands in the notice."""
    put(tmp_path / "a.fit")

    def refuse(*_args: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    (file,) = found(tmp_path)
    assert file.fault == CANNOT_OPEN(fault=why_refused(PermissionError(13, "Permission denied")))


def test_a_file_that_vanishes_is_a_fault(tmp_path: Path) -> None:
    """A file deleted after it was seen is named, and the rest goes on."""
    put(tmp_path / "a.fit")
    put(tmp_path / "b.fit")

    def delete(name: str, _stamp: FileStat) -> bool:
        Path(name).unlink()
        return False

    files = list(discover_files([tmp_path], delete))
    assert [file.fault and file.fault.code for file in files] == ["cannot-open", "cannot-open"]


def test_names_that_are_no_text_are_escaped(tmp_path: Path) -> None:
    """A name from another system's encoding, or with a line break in it, comes in letters one can print."""
    with open(os.fsencode(tmp_path) + b"/L\xe4uf\ne.fit", "wb") as file:  # noqa: PTH123 - pathlib has no bytes
        file.write(b"run")
    (one,) = found(tmp_path)
    assert one.name.endswith("/L\\xe4uf\\x0ae.fit")
    assert one.content == b"run"


def test_deep_folders_are_walked(tmp_path: Path) -> None:
    """Folders may be nested deeper than functions may call each other."""
    depth = 1200
    home = Path.cwd()
    try:
        os.chdir(tmp_path)
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.fit").write_bytes(b"run")
        (file,) = found(tmp_path)
        Path("a.fit").unlink()
        for _ in range(depth):  # pytest could not clear away what is nested so deep
            os.chdir("..")
            Path("d").rmdir()
    finally:
        os.chdir(home)
    assert file.content == b"run"
