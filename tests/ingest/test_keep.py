from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from runmood.ingest.inbox import copy_to_inbox

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """An empty inbox."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def made(path: Path, content: str = "x") -> Path:
    """A file with some content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    return path


def inside(inbox: Path) -> dict[str, str]:
    """What lies in the inbox, by name."""
    return {path.relative_to(inbox).as_posix(): path.read_text("utf-8") for path in inbox.rglob("*") if path.is_file()}


def test_a_folder_keeps_its_name_and_order(tmp_path: Path, inbox: Path) -> None:
    """Files come in under the name of their folder; companions of runs and hidden files stay where they are."""
    for name in ("2025/a.fit", "2025/deep/b.gpx", "2025/notes.txt", "2025/.DS_Store"):
        made(tmp_path / "watch" / name)
    assert copy_to_inbox([tmp_path / "watch"], inbox) == []
    assert set(inside(inbox)) == {"watch/2025/a.fit", "watch/2025/deep/b.gpx"}


def test_bringing_the_same_again_copies_nothing(tmp_path: Path, inbox: Path) -> None:
    """A file that is there by name, size and time is left as it is."""
    path = made(tmp_path / "a.fit")
    copy_to_inbox([path], inbox)
    before = (inbox / "a.fit").stat()
    copy_to_inbox([path], inbox)
    assert (inbox / "a.fit").stat().st_ino == before.st_ino
    assert set(inside(inbox)) == {"a.fit"}


def test_another_file_of_the_same_name_gets_a_number(tmp_path: Path, inbox: Path) -> None:
    """Nothing in the inbox is ever changed."""
    for number, content in enumerate(("one", "two", "three"), start=1):
        copy_to_inbox([made(tmp_path / str(number) / "a.fit.gz", content)], inbox)
    assert inside(inbox) == {"a.fit.gz": "one", "a-2.fit.gz": "two", "a-3.fit.gz": "three"}


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("missing.fit", "there is no such file or folder"),
        ("page.txt", "Its name is not that of a watch file"),
        ("pipe", "This is not a file"),
    ],
)
def test_what_cannot_be_brought_is_told(tmp_path: Path, inbox: Path, name: str, sentence: str) -> None:
    """What a person names and what stays outside is told of with the reason; the rest comes in."""
    made(tmp_path / "page.txt")
    os.mkfifo(tmp_path / "pipe")
    (told,) = copy_to_inbox([tmp_path / name, made(tmp_path / "a.fit")], inbox)
    assert name in str(told)
    assert sentence in str(told)
    assert set(inside(inbox)) == {"a.fit"}


def test_the_inbox_itself_needs_no_bringing(inbox: Path) -> None:
    """A path within the inbox is there already."""
    path = made(inbox / "a.fit")
    assert copy_to_inbox([path, inbox], inbox) == []
    assert set(inside(inbox)) == {"a.fit"}
