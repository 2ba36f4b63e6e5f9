"""`runmood doctor` survives whatever it is there to diagnose, and names it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from runmood.home.home import open_home

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Command


def empty(path: Path) -> None:
    """A file of nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")


def is_folder(path: Path) -> None:
    """A folder where a file is to be."""
    path.unlink(missing_ok=True)
    path.mkdir(parents=True)


def is_noise(path: Path) -> None:
    """Bytes that mean nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\xff\0[" * 3000)


@pytest.mark.parametrize("harm", [empty, is_folder, is_noise])
@pytest.mark.parametrize(
    "name",
    ["settings.toml", "journal/journal.jsonl", "runmood.duckdb", ".work/runmood.duckdb", ".work/last-night.json",
     ".work/lock", "journal/imports.jsonl"],
)  # fmt: skip
def test_it_survives_any_damage(cli: Command, tmp_path: Path, name: str, harm: Callable[[Path], None]) -> None:
    """Whatever stands where a file is to be, every check is made, and no traceback shown."""
    harm(open_home(tmp_path / "home").root / name)
    typed = cli("doctor")
    assert typed.status in {0, 1}
    assert "runmood 0." in typed.written  # the last line, on versions


def test_it_names_what_decides(cli: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in the settings, a copy by a sync tool, other programs' variables, another zone, a synced place."""
    home = open_home(tmp_path / "home")
    home.settings_file.write_text('time_zone = "Pacific/Auckland"\nunitz = 3\n', encoding="utf-8")
    (home.journal / "journal.sync-conflict-1.jsonl").write_bytes(b"")
    (home.root / ".stfolder").mkdir()
    monkeypatch.setenv("PREFECT_API_URL", "http://127.0.0.1:9/api")
    written = cli("doctor").written
    for words in ("line 2: unitz", "journal.sync-conflict-1.jsonl", "PREFECT_API_URL", "Pacific/Auckland", ".stfolder"):
        assert words in written


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
def test_it_looks_at_a_home_that_is_not_opened(cli: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A home of another account is told with the command that helps, and everything else is looked at too."""
    home = open_home(tmp_path / "home")
    monkeypatch.delenv("SUDO_UID", raising=False)
    os.chown(home.root, 12345, -1)
    typed = cli("doctor")
    assert (typed.status, "chown" in typed.written, "runmood 0." in typed.written) == (1, True, True)
