"""Nothing leaves this computer: commands do their work where there is no network, and ask for none where there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from pipelines_homes import LAST_DAY

from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

if TYPE_CHECKING:
    from pathlib import Path

# Inside its own namespace loopback has to be brought up by hand: SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP.
LOOPBACK_UP = """
import fcntl, socket, struct
with socket.socket() as probe:
    flags = struct.unpack("16sh", fcntl.ioctl(probe, 0x8913, struct.pack("16sh", b"lo", 0)))[1]
    fcntl.ioctl(probe, 0x8914, struct.pack("16sh", b"lo", flags | 1))
"""
ALONE = ("unshare", "--net", "--map-root-user", "--user")
PLACE = re.compile(
    r"(?:connect|sendto|sendmsg|bind)\(.*?sa_family=(AF_INET6?).*?(?:inet_addr\(|inet_pton\(AF_INET6, )\"([^\"]+)"
)
OURS = re.compile(r"127\..*|::1|::ffff:127\..*")
RUN = [sys.executable, "-P", "-c"]


def may(*command: str) -> bool:
    """Whether the system lets us do this."""
    return (
        bool(shutil.which(command[0]))
        and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    )


def typed(tmp_path: Path, *words: str, before: tuple[str, ...] = (), code: str = "") -> str:
    """What a command writes; it has to be done."""
    script = f"{code}\nfrom runmood.cli.main import main\nmain()"
    done = subprocess.run(
        [*before, *RUN, script, "--home", str(tmp_path / "home"), *words],
        capture_output=True, text=True, input="a calm river\n", check=False, timeout=300,
    )  # fmt: skip
    assert (words, done.returncode, done.stderr[-2000:] if done.returncode else "") == (words, 0, "")
    return done.stdout


@pytest.fixture
def a_run(tmp_path: Path) -> str:
    """A file of a watch."""
    path = tmp_path / "run.fit"
    path.write_bytes(recorded_as(simulate(LAST_DAY, days=10).outings[0], "fit"))
    return str(path)


def commands(a_run: str, tmp_path: Path) -> list[tuple[str, ...]]:
    """The life of a home, from its first entry to its being locked."""
    return [
        ("check-in", "--mood", "5", "--energy", "5", "--note", "a note"), ("import", a_run), ("summary",),
        ("query", "from days"), ("share", "--yes"), ("backup", str(tmp_path / "backup.zip")), ("lock",), ("unlock",),
    ]  # fmt: skip


@pytest.mark.skipif(not may(*ALONE), reason="no network namespace may be made here")
def test_everything_works_without_a_network(tmp_path: Path, a_run: str) -> None:
    """In a namespace that has loopback and nothing else, a night with Prefect included."""
    for words in (*commands(a_run, tmp_path), ("nightly",)):
        typed(tmp_path, *words, before=ALONE, code=LOOPBACK_UP)


@pytest.mark.skipif(not may("strace", "-f", "-e", "trace=none"), reason="no program may be traced here")
def test_no_socket_leaves_loopback(tmp_path: Path, a_run: str) -> None:
    """Where there is a network, no call of the system names an address of another computer."""
    for number, words in enumerate(commands(a_run, tmp_path)):
        trace = tmp_path / f"trace-{number}"
        typed(tmp_path, *words, before=("strace", "-f", "-qq", "-e", "trace=%network", "-o", str(trace)))
        places = {place for _, place in PLACE.findall(trace.read_text(encoding="utf-8", errors="replace"))}
        assert {place for place in places if not OURS.fullmatch(place)} == set()


WEB = """
import http.cookiejar, re, subprocess, sys, urllib.request
command = [sys.executable, "-P", "-u", "-m", "runmood.cli.main", "--home", sys.argv[1], "web", "--port", "18730"]
with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as app:
    address = next(found[0] for line in app.stdout if (found := re.search(r"http://\\S+", line)))
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    for _ in range(600):
        try:
            print(browser.open(address, timeout=30).status)
            break
        except OSError:
            import time; time.sleep(0.1)
    app.terminate()
"""


@pytest.mark.skipif(not may(*ALONE), reason="no network namespace may be made here")
def test_the_local_app_works_without_a_network(tmp_path: Path) -> None:
    """In a namespace that has loopback and nothing else, it is started, and a browser of this computer sees it."""
    typed(tmp_path, "check-in", "--mood", "5", "--energy", "5")
    command = [*ALONE, *RUN, LOOPBACK_UP + WEB, str(tmp_path / "home")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert (done.stdout.strip(), done.returncode) == ("200", 0), done.stderr[-2000:]
