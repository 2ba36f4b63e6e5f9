"""A home runs nobody else's commands, and one that others may have written is not opened."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from runmood.home.home import Home, open_home, open_readonly
from runmood.home.settings import SettingsError
from runmood.home.user_config import UntrustedHomeError, config_path
from runmood.workflow.errors import notify

if TYPE_CHECKING:
    from pathlib import Path


def test_a_home_from_somebody_else_runs_no_command(empty_home: Home) -> None:
    """A command in a home's settings is refused with a sentence that says where it may stand, and is never run."""
    ran = empty_home.root / "ran"
    empty_home.settings_file.write_text(f"on_failure = 'touch {ran}'\n", encoding="utf-8")
    with pytest.raises(
        SettingsError, match=r"line 1: on_failure names a command, and no home may run one.*config\.toml"
    ):
        open_home(empty_home.root)
    notify(empty_home, "nightly", "A fault.")
    assert not ran.exists()


@pytest.mark.parametrize("name", [".", "settings.toml", "journal"])
def test_a_home_that_others_may_write_is_not_opened(empty_home: Home, name: str) -> None:
    """The sentence names the path and what to do; it opens again when nobody else may write, or when it is trusted."""
    path = empty_home.root / name
    mode = path.stat().st_mode
    path.chmod(mode | 0o002)
    for opened in (open_home, open_readonly):
        with pytest.raises(UntrustedHomeError, match=r"may be written by others.*chmod -R go-w"):
            opened(empty_home.root)
    trust(empty_home.root)
    assert open_home(empty_home.root).root == empty_home.root
    config_path().unlink()
    path.chmod(mode)
    assert open_home(empty_home.root).root == empty_home.root


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a folder to another account")
def test_a_home_of_another_account_is_not_opened(empty_home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    """As git does with a repository; the account behind sudo is oneself."""
    os.chown(empty_home.root, 12345, -1)
    monkeypatch.delenv("SUDO_UID", raising=False)
    with pytest.raises(UntrustedHomeError, match="belongs to another account"):
        open_home(empty_home.root)
    monkeypatch.setenv("SUDO_UID", "12345")
    assert open_home(empty_home.root).root == empty_home.root


def trust(root: Path) -> None:
    """Name a home in this account's own configuration."""
    config_path().parent.mkdir(parents=True, exist_ok=True)
    config_path().write_text(f'trusted_homes = ["{root.resolve()}"]\n', encoding="utf-8")
    config_path().chmod(0o600)
