"""Files that a person names are read up to a limit, and folders are walked through however deep they are."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from runmood.core.errors import CsvFormatError
from runmood.core.files import files_below, make_folder, read_at_most, remove_tree, walk_folders
from runmood.ingest import mood_files
from runmood.journal.imports.documents import document_of
from runmood.journal.imports.sheets import sheet_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_of_a_file_beyond_the_limit_a_byte_more_is_read(tmp_path: Path) -> None:
    """By which whoever reads it sees that there is more; a device would have no end."""
    (tmp_path / "given").write_bytes(b"abcdef")
    assert [read_at_most(tmp_path / "given", most) for most in (0, 3, 6, 9)] == [b"a", b"abcd", b"abcdef", b"abcdef"]


def test_of_an_archive_with_photographs_the_moods_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However large the photographs are; too many moods are refused, and so is an archive of too many files."""
    with zipfile.ZipFile(tmp_path / "moods.zip", "w") as archive:
        archive.writestr("photos/1.jpg", bytes(100))
        archive.writestr("2026-11-01.md", "mood: 7")
    monkeypatch.setattr(mood_files, "LARGEST_TEXT", 10)
    with zipfile.ZipFile(io.BytesIO(mood_files.content_of(tmp_path / "moods.zip"))) as archive:
        assert archive.namelist() == ["2026-11-01.md"]
    monkeypatch.setattr(mood_files, "LARGEST_TEXT", 6)
    with pytest.raises(CsvFormatError):
        mood_files.content_of(tmp_path / "moods.zip")
    monkeypatch.setattr(mood_files, "LARGEST_TEXT", 10)
    monkeypatch.setattr("runmood.ingest.archives._MOST_MEMBERS", 1)
    with pytest.raises(CsvFormatError):
        mood_files.content_of(tmp_path / "moods.zip")


@pytest.mark.parametrize("make", [lambda: sheet_of("date,mood\n" + "1,2\n" * 4), lambda: document_of("[1,2,3,4,5]")])
def test_a_sheet_or_a_document_without_end_is_refused(
    make: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each row and each value takes far more memory than it has letters."""
    monkeypatch.setattr("runmood.journal.imports.sheets.MOST_ROWS", 3)
    monkeypatch.setattr("runmood.journal.imports.documents.MOST_VALUES", 3)
    with pytest.raises(CsvFormatError, match="more rows or values"):
        make()


def test_an_export_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence names the file."""
    monkeypatch.setattr(mood_files, "LARGEST_TEXT", 3)
    (tmp_path / "moods.csv").write_bytes(b"date,mood")
    with pytest.raises(CsvFormatError):
        mood_files.content_of(tmp_path / "moods.csv")


def test_folders_may_be_nested_deeper_than_python_may_call(tmp_path: Path) -> None:
    """As deep as a disk has names for: they are made, walked through, and deleted; what a link names stays."""
    deepest = make_folder(tmp_path / "home" / "/".join("d" * 1500))
    assert deepest.is_dir()
    assert all(stat.S_IMODE(each.stat().st_mode) == 0o700 for each in (deepest, tmp_path / "home"))
    (deepest / "run.fit").touch()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "kept.fit").touch()
    (tmp_path / "home" / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "home" / "to-nothing").symlink_to(tmp_path / "nothing")
    assert list(files_below(tmp_path / "home")) == [deepest / "run.fit"]
    remove_tree(tmp_path / "home")
    assert list(files_below(tmp_path)) == [tmp_path / "elsewhere" / "kept.fit"]
    assert not (tmp_path / "home").exists()


def test_who_walks_may_leave_folders_out(tmp_path: Path) -> None:
    """What is taken out of the names of a folder is not walked through."""
    for name in ("kept/below", "left/below"):
        make_folder(tmp_path / name)
    walked = []
    for folder, folders, _ in walk_folders(tmp_path):
        walked.append(folder.relative_to(tmp_path).as_posix())
        folders[:] = [name for name in folders if name != "left"]
    assert walked == [".", "kept", "kept/below"]


def test_a_link_in_a_circle_hides_nothing_beside_it(tmp_path: Path) -> None:
    """Whatever the order in which a folder is listed, its other files are found, and the link goes with the folder."""
    home = make_folder(tmp_path / "home")
    for number in range(20):
        (home / f"{number}.fit").touch()
        (home / f"{number}.link").symlink_to(home / f"{number}.link")
    assert len(list(files_below(home))) == 20
    remove_tree(home)
    assert not home.exists()
