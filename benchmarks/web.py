"""How long a page of the local page takes in a home of ten years, and how long a check-in takes to be stored.

    python benchmarks/web.py [--years 10] [--requests 200] [--home FOLDER]

The home is the invented runner's; a folder that is named is made once and used again. The page is the command as
typed, a process of its own, asked over loopback by one browser that keeps its connection. Each page is asked the same
number of times; what is told is the median, what nineteen in twenty stay under, and the processor time that the page
took for each, which is what counts on a machine that is busy otherwise. The first time a page is asked after a
publication is told apart: findings are put into words then.
"""

from __future__ import annotations

import argparse
import datetime as dt
import http.client
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from parts.long_home import make_home

from runmood.home.home import open_home
from runmood.workflow import steps

PAGE_BARS_MS, AFTER_BAR_MS, STORED_BAR_MS = (15, 60), 60, 20  # median and 95 %; the page after a check-in; a check-in
PAGES = (
    "/",
    "/check-in",
    "/calendar",
    "/trends",
    "/runs",
    "A RUN",
    "/findings",
    "A FINDING",
    "/plan",
    "/goals",
    "/saved",
)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
CHECK_INS, AFTER = 40, 5


@dataclass(slots=True)
class Browser:
    """One connection to the page, its cookie, and how long each answer took."""

    port: int
    process: int
    cookies: dict[str, str] = field(default_factory=dict)
    connection: http.client.HTTPConnection = field(init=False)

    def __post_init__(self) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def ask(self, path: str, body: str | None = None) -> tuple[float, str]:
        """Milliseconds until the whole answer was there, and the answer."""
        began = time.perf_counter()
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": kept, **(FORM if body else {})}
        self.connection.request("POST" if body else "GET", path, body, headers)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        took = (time.perf_counter() - began) * 1000
        if answer.status >= 400:
            sys.exit(f"{path}: {answer.status}")
        for given in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = given.partition(";")[0].partition("=")
            self.cookies[name] = value
        return took, text

    def cpu_ms(self) -> float:
        """Processor time that the page's process has taken so far."""
        ticks = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")

    def often(self, path: str, count: int) -> Took:
        """The same page so many times."""
        before = self.cpu_ms()
        took = [self.ask(path)[0] for _ in range(count)]
        return Took(took, (self.cpu_ms() - before) / count)


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of each answer, and of processor time for one."""

    each: list[float]
    cpu: float


def made(folder: Path, years: int) -> Path:
    """A home of so many years, everything made; one that is there is taken as it is."""
    if not (folder / "runmood.duckdb").exists():
        print(f"Making a home of {years} years in {folder}: some minutes.")
        home = open_home(make_home(folder, years, 1).home)
        with home.writing():
            steps.run_pipeline(home, home.today())
    return folder


def addresses(browser: Browser) -> dict[str, str]:
    """Each page's address; of runs and findings the newest."""
    found = {
        "A RUN": re.findall(r"/runs/[\d-]+", browser.ask("/runs")[1])[0],
        "A FINDING": re.findall(r"/findings/[a-z0-9-]+", browser.ask("/findings")[1])[0],
    }
    return {page: found.get(page, page) for page in PAGES}


def stored(browser: Browser) -> Took:
    """What check-ins took, each another one."""
    token = re.findall(r'name="token" value="([0-9a-f]+)"', browser.ask("/check-in")[1])[0]
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    took, before = [], browser.cpu_ms()
    for number in range(CHECK_INS):
        at = (now - dt.timedelta(minutes=number)).isoformat()
        said = {"token": token, "kind": "evening", "mood": number % 11, "energy": 5, "written_at": at}
        took.append(browser.ask("/check-in", urlencode(said))[0])
    return Took(took, (browser.cpu_ms() - before) / CHECK_INS)


def line(name: str, took: Took, first: float | None = None) -> str:
    """A line of the table."""
    apart = f"{first:8.0f}" if first is not None else " " * 8
    slow = sorted(took.each)[int(0.95 * len(took.each))]
    return f"{name:14} {statistics.median(took.each):8.1f} {slow:8.1f} {took.cpu:8.1f} {apart}"


def measure(root: Path, requests: int) -> None:
    """Prints the table."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "runmood.cli.main", "--home", str(root), "web", "--port", str(port)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as page:  # noqa: S603 - our own program
        try:
            browser = awake(port, page)
            print(f"answers after {time.perf_counter() - began:.1f} s")
            tell(browser, requests)
        finally:
            page.terminate()


def awake(port: int, page: subprocess.Popen[str]) -> Browser:
    """A browser that opened the printed address, once the page answers."""
    printed = iter(page.stdout or ())
    (opened,) = next(found for line in printed if (found := re.findall(r"http://127\.0\.0\.1:\d+(/\S*)", line)))
    while True:
        try:
            browser = Browser(port, page.pid)
            browser.ask(opened)
        except OSError:
            time.sleep(0.05)
        else:
            return browser


def tell(browser: Browser, requests: int) -> None:
    """Asks and prints."""
    paths = addresses(browser)
    first = {page: browser.ask(path)[0] for page, path in paths.items()}
    print(f"{'ms':14} {'median':>8} {'95 %':>8} {'cpu':>8} {'first':>8}")
    took = {page: browser.often(path, requests // len(PAGES)) for page, path in paths.items()}
    for page in PAGES:
        print(line(page, took[page], first[page]))
    every = Took([each for page in PAGES for each in took[page].each], statistics.mean(t.cpu for t in took.values()))
    print(line("all pages", every), f"  to reach: {PAGE_BARS_MS[0]} and {PAGE_BARS_MS[1]}")
    print(line("check-in", stored(browser)), f"  to reach: {STORED_BAR_MS}")
    before = browser.cpu_ms()
    after = [after_a_check_in(browser, number) for number in range(AFTER)]
    print(line("page after it", Took(after, (browser.cpu_ms() - before) / AFTER)), f"  to reach: {AFTER_BAR_MS}")


def after_a_check_in(browser: Browser, number: int) -> float:
    """Milliseconds of the slower page of two that follow: what was saved, and today, with the journal read on."""
    token = re.findall(r'name="token" value="([0-9a-f]+)"', browser.ask("/check-in")[1])[0]
    at = (dt.datetime.now(dt.UTC) - dt.timedelta(hours=2, minutes=number)).isoformat(timespec="seconds")
    said = {"token": token, "kind": "evening", "mood": 5, "energy": 5, "written_at": at}
    browser.ask("/check-in", urlencode(said))
    return max(browser.ask("/saved")[0], browser.ask("/")[0])


def main() -> None:
    """Make the home and measure."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--years", type=int, default=10)
    options.add_argument("--requests", type=int, default=200)
    options.add_argument("--home", type=Path)
    chosen = options.parse_args()
    if chosen.home:
        measure(made(chosen.home, chosen.years), chosen.requests)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(made(Path(folder) / "home", chosen.years), chosen.requests)


if __name__ == "__main__":
    main()
