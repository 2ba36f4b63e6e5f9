"""The key of a locked home in a keyring as a desktop has it: the Secret Service over D-Bus."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = ("dbus-run-session", "gnome-keyring-daemon")
UNLOCKED = """
printf 'of the session' | gnome-keyring-daemon --unlock --components=secrets --foreground >/dev/null 2>&1 &
"$@"
status=$?
kill $!
exit $status
"""
KEEP_AND_FORGET = """
import time
from runmood.home.key_store import NoKeyStoreError, find_key, forget_key, keep_key, require_store
from runmood.home.sealed import new_key, open_key
key = new_key("a calm river")
private = open_key(key, "a calm river")
until = time.monotonic() + 60
while True:
    try:
        keep_key(key, private)
        break
    except NoKeyStoreError:  # the service has not begun yet
        import keyring.core
        keyring.core.init_backend()
        if time.monotonic() > until:
            raise
        time.sleep(0.5)
print(type(require_store()).__module__)
print(find_key(key) == private, find_key(new_key("another river")))
forget_key(key)
print(find_key(key))
"""


@pytest.mark.skipif(
    not all(map(shutil.which, NEEDED)), reason="there is no D-Bus or no keyring of a desktop here (gnome-keyring)"
)
def test_the_secret_service_keeps_and_forgets_a_key(tmp_path: Path) -> None:
    """What the system's own keyring is given it gives back, and nothing after it was taken out."""
    pytest.importorskip("keyring", reason="the extra for the keyring is not installed")
    run = tmp_path / "run"
    run.mkdir(mode=0o700)
    env = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(run), "XDG_DATA_HOME": str(tmp_path / "share")}
    command = ["dbus-run-session", "--", "sh", "-c", UNLOCKED, "sh", sys.executable, "-c", KEEP_AND_FORGET]
    done = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, check=False, timeout=300)
    assert done.stdout.splitlines() == ["keyring.backends.SecretService", "True None", "None"], done.stderr[-2000:]
