"""A home that somebody else fills is opened where there is one, and where nothing in it leads out."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from runmood.core.errors import UserError
from runmood.home.home import LeadsOutError, NoHomeError, check_links, open_existing, open_home

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home


def test_no_folder_becomes_a_home_by_being_looked_at(tmp_path: Path) -> None:
    """Neither a stray folder nor one that is gone is a home, and nothing is made in it."""
    stray = tmp_path / "stray"
    stray.mkdir()
    for path in (stray, tmp_path / "gone"):
        with pytest.raises(NoHomeError, match=r"no settings\.toml"):
            open_existing(path)
    assert list(stray.iterdir()) == []


@pytest.mark.parametrize("named", ["", "person"])
def test_a_folder_of_everybody_or_of_a_whole_account_becomes_no_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """A slip such as `--home /` would shut everybody else out, and `lock` would seal whatever lies there."""
    account = tmp_path / "person"
    (account / "letters").mkdir(parents=True)
    account.chmod(0o755)
    monkeypatch.setenv("HOME", str(account))
    with pytest.raises(UserError, match="no folder of your runs alone"):
        open_home(tmp_path / named)
    assert (account.stat().st_mode & 0o777, [path.name for path in account.iterdir()]) == (0o755, ["letters"])
    assert open_home(account / "runmood").inbox.is_dir()


def test_an_account_of_its_own_may_be_the_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As that of a service, in which nothing but hidden files lies."""
    (tmp_path / ".cache").mkdir()
    monkeypatch.setenv("HOME", str(tmp_path))
    assert open_home(tmp_path).inbox.is_dir()


def test_a_home_is_opened_as_it_is(empty_home: Home) -> None:
    """A home whose folders are missing is opened, and makes them when it is asked to."""
    for folder in (empty_home.inbox, empty_home.journal, empty_home.work):
        folder.rmdir()
    home = open_existing(empty_home.root)
    assert not home.inbox.exists()
    home.make_folders()
    assert {path.stat().st_mode & 0o777 for path in (home.inbox, home.journal, home.work)} == {0o700}


@pytest.mark.parametrize("place", ["journal", "inbox/run.fit", ".work/nightly.log", "deep/er/link"])
def test_a_link_out_of_a_home_is_refused(empty_home: Home, tmp_path: Path, place: str) -> None:
    """Be it a folder or a file, read or written, there or not: the sentence names it."""
    link = empty_home.root / place
    if link.exists():
        link.rmdir()
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(tmp_path / "of somebody else")
    with pytest.raises(LeadsOutError, match=rf"{place} is a link that leads out"):
        check_links(empty_home.root)


def test_the_home_itself_and_its_settings_are_no_links(empty_home: Home, tmp_path: Path) -> None:
    """A name that leads to another person's home is refused as well."""
    (tmp_path / "other").symlink_to(empty_home.root)
    with pytest.raises(LeadsOutError, match="other is a link"):
        open_existing(tmp_path / "other")
    empty_home.settings_file.rename(empty_home.root / "mine.toml")
    empty_home.settings_file.symlink_to("mine.toml")
    with pytest.raises(LeadsOutError, match="settings"):
        open_existing(empty_home.root)


def test_a_link_that_stays_inside_does_no_harm(empty_home: Home) -> None:
    """Who sorts their own files with links may go on doing so; a pipe would keep the reader waiting for ever."""
    (empty_home.inbox / "a.fit").write_bytes(b"")
    (empty_home.inbox / "b.fit").symlink_to("a.fit")
    check_links(empty_home.root)
    os.mkfifo(empty_home.inbox / "c.fit")
    with pytest.raises(LeadsOutError, match=r"c\.fit is neither a file nor a folder"):
        check_links(empty_home.root)
