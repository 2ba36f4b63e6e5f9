"""Prefect's server while a night runs: nobody else is answered, and it ends with whoever started it."""

from __future__ import annotations

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from unittest.mock import patch

import httpx
import pytest

from pipelines import server
from pipelines.server import access_settings
from runmood.cli.nightly import nightly_once
from runmood.home.settings import SettingsError, read_legible_settings, read_settings
from runmood.home.user_config import config_path
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as
from runmood.workflow.errors import LOG

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.home.home import Home


HOLD = """
import os, sys, time
from pathlib import Path
from runmood.home.home import open_home
from pipelines.prefect_env import configure_prefect_env
from pipelines.server import prefect_server
home = open_home(Path(sys.argv[1]))
configure_prefect_env(home)
with prefect_server(home, ephemeral=True):
    print(os.environ["PREFECT_API_URL"], os.environ["PREFECT_API_AUTH_STRING"], flush=True)
    time.sleep(600)
"""
FILTER = "/flow_runs/filter"


def answers(address: str) -> bool:
    """Whether anybody listens there."""
    try:
        return httpx.get(f"{address}/health", timeout=5).status_code > 0
    except httpx.HTTPError:
        return False


def test_nobody_else_is_answered_and_a_killed_parent_leaves_no_server(empty_home: Home) -> None:
    """Without the password nothing is read or run, no page of another origin is let in, and it dies with its parent."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(empty_home.root)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout
        address, password = parent.stdout.readline().split()
        try:
            assert address.startswith("http://127.0.0.1:")
            for auth in (None, ("runmood", "guess"), ("", "")):
                refused = httpx.post(address + FILTER, json={}, auth=auth)
                assert (refused.status_code, "flow" in refused.text) == (401, False)
                assert httpx.post(f"{address}/deployments/", json={}, auth=auth).status_code == 401
            theirs = httpx.options(
                address + FILTER,
                headers={"Origin": "http://evil.example", "Access-Control-Request-Method": "POST"},
            )
            assert "access-control-allow-origin" not in theirs.headers
            user, _, secret = password.partition(":")
            assert httpx.post(address + FILTER, json={}, auth=(user, secret)).json() == []
        finally:
            os.kill(parent.pid, signal.SIGKILL)
    ends = time.monotonic() + 20
    while answers(address) and time.monotonic() < ends:
        time.sleep(0.2)
    assert not answers(address)


def test_each_start_has_a_password_of_its_own() -> None:
    """What one start was told opens no other, and both sides are set."""
    one, other = (access_settings("http://127.0.0.1:9") for _ in range(2))
    assert one["PREFECT_API_AUTH_STRING"] == one["PREFECT_SERVER_API_AUTH_STRING"]
    assert one["PREFECT_API_AUTH_STRING"] != other["PREFECT_API_AUTH_STRING"]
    assert len(one["PREFECT_API_AUTH_STRING"]) > 40


def test_a_flow_run_cannot_name_a_home() -> None:
    """The deployment has no parameter for it: the home is that of the process."""
    script = "from pipelines.nightly import nightly; print(sorted(nightly.parameters.properties))"
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT")}
    told = subprocess.run([sys.executable, "-c", script], env=clean, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "['as_of', 'scheduled']"


@pytest.mark.parametrize("address", ["http://192.0.2.1:4200/api", "http://prefect.example/api", "file:///etc/passwd"])
def test_a_server_elsewhere_is_agreed_to(
    empty_home: Home, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A home's settings name a server on this computer; one elsewhere only if this account's configuration does."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    empty_home.settings_file.write_text(f'prefect_server = "{address}"\n', encoding="utf-8")
    with pytest.raises(SettingsError, match="prefect_server is"):
        read_settings(empty_home.settings_file)
    assert read_legible_settings(empty_home.settings_file)[0].prefect_server is None
    config_path().parent.mkdir(mode=0o700)
    config_path().write_text('prefect_servers = ["http://prefect.example/api"]\n', encoding="utf-8")
    config_path().chmod(0o600)
    if address == "http://prefect.example/api":
        assert read_settings(empty_home.settings_file).prefect_server == address
    else:
        with pytest.raises(SettingsError, match="prefect_server is"):
            read_settings(empty_home.settings_file)


def test_a_night_needs_no_server(
    empty_home: Home, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where Prefect's server does not start, the night is done without it, and both log and terminal say so."""
    monkeypatch.setattr(server, "PATIENCE_S", 0.0)
    (run,) = simulate(dt.date(2025, 11, 21), days=3).outings[:1]
    (empty_home.inbox / "a.fit").write_bytes(recorded_as(run, "fit"))
    with patch.dict(os.environ):
        assert nightly_once(empty_home) == 0
    assert empty_home.published.exists()
    assert "Prefect" in capsys.readouterr().err
    assert "Prefect" in (empty_home.work / LOG).read_text(encoding="utf-8")
