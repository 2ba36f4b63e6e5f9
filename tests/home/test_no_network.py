"""Nothing leaves this computer: commands do their work where there is no network, and ask for none where there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from one_process import program_of
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
TYPED = "a calm river\n"


def may(*command: str) -> bool:
    """Whether the system lets us do this."""
    return (
        bool(shutil.which(command[0]))
        and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
    )


def run_alone(program: str, before: tuple[str, ...]) -> str:
    """What a program writes; it has to end well."""
    done = subprocess.run(
        [*before, *RUN, program], capture_output=True, text=True, input=2 * TYPED, check=False, timeout=300
    )
    assert (done.returncode, done.stderr[-2000:] if done.returncode else "") == (0, "")
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
    life = program_of(tmp_path / "home", [*commands(a_run, tmp_path), ("nightly",)])
    run_alone(LOOPBACK_UP + life, before=ALONE)


@pytest.mark.skipif(not may("strace", "-f", "-e", "trace=none"), reason="no program may be traced here")
def test_no_socket_leaves_loopback(tmp_path: Path, a_run: str) -> None:
    """Where there is a network, no call of the system names an address of another computer."""
    trace = tmp_path / "trace"
    life = program_of(tmp_path / "home", commands(a_run, tmp_path))
    run_alone(life, before=("strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=%network", "-o", str(trace)))
    places = {place for _, place in PLACE.findall(trace.read_text(encoding="utf-8", errors="replace"))}
    assert {place for place in places if not OURS.fullmatch(place)} == set()


WEB = """
import http.cookiejar, re, subprocess, sys, urllib.request
command = [sys.executable, "-P", "-u", "-m", "runmood.cli.main", "--home", HOME, "web", "--port", "18730"]
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
    check_in = program_of(tmp_path / "home", [("check-in", "--mood", "5", "--energy", "5")])
    home = f"HOME = {str(tmp_path / 'home')!r}"
    shown = run_alone(LOOPBACK_UP + check_in + home + WEB, before=ALONE)
    assert shown.splitlines()[-1] == "200"
