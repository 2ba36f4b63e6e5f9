"""The pictures of the README: the invented runner's pages as Chromium shows them.

make pictures     PYTHONPATH=tests python -m browser.pictures [--home FOLDER] [--every FOLDER]

With `--every` each page of the app is taken too, whole, as a phone and as a desk show it, into a folder of that name.
A home that is named is shown as it is; else the demo's is made. The runner is the same each time, the days are those up
to today.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from browser.served import Served
from browsing import browsing

from runmood.cli.imports import make_home
from runmood.workflow import steps

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize


PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1440, "height": 900}
WANTED: dict[str, tuple[str, ViewportSize, str]] = {
    "page": ("/summary", {"width": 820, "height": 1450}, "light"),
    "check-in": ("/check-in?kind=evening", PHONE, "light"),
    "today": ("/", PHONE, "light"),
    "today-desk": ("/", DESK, "light"),
    "trends": ("/trends?by=week", DESK, "light"),
    "calendar": ("/calendar?month={month}", PHONE, "dark"),
    "plan": ("/plan", PHONE, "dark"),
    "run": ("{run}", DESK, "light"),
    "finding": ("{finding}", {"width": 760, "height": 1000}, "light"),
}


EVERY = (
    "/", "/check-in?kind=evening", "/saved", "/calendar?month={month}", "/trends?by=week", "/trends?by=month", "/runs",
    "{run}", "/findings", "{finding}", "/plan", "/goals", "/import", "/doubtful", "/share", "/settings", "/more",
    "/support",
)  # fmt: skip


def demo(folder: Path) -> Path:
    """Create the demo's home and bring it up to date."""
    home = make_home(folder / "home", dt.datetime.now(dt.UTC).date())
    with home.writing():
        steps.run_pipeline(home, home.today())
    return home.root


def take(browser: Browser, served: Served, every: Path | None = None) -> None:
    """Write each picture where the README looks for it, and where wanted every page at both widths."""
    first = browser.new_page()
    lists = {name: first.request.get(f"{served.address}/{name}s").text() for name in ("run", "finding")}
    last_month = dt.datetime.now(dt.UTC).date().replace(day=1) - dt.timedelta(days=1)
    found = {name: re.findall(rf"/{name}s/[a-z0-9-]+", page)[0] for name, page in lists.items()}
    if every:
        every.mkdir(parents=True, exist_ok=True)
        for size in (PHONE, DESK):
            page = browser.new_page(viewport=size, reduced_motion="reduce")
            for path in EVERY:
                page.goto(served.address + path.format(month=f"{last_month:%Y-%m}", **found))
                name = re.sub(r"[^a-z0-9]+", "-", path.lower()).strip("-") or "today"
                page.screenshot(path=every / f"{name}-{size['width']}.png", full_page=True)
    for name, (path, size, theme) in WANTED.items():
        context = browser.new_context(viewport=size, color_scheme=theme, reduced_motion="reduce")
        page = context.new_page()
        page.goto(served.address + path.format(month=f"{last_month:%Y-%m}", **found))
        page.screenshot(path=PICTURES / f"{name}.png")
        context.close()


def main() -> None:
    """Make a home, show it, take the pictures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--home", type=Path)
    options.add_argument("--every", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, browsing() as browser:
        home = chosen.home or demo(Path(folder))
        with Served(home) as served:
            take(browser, served, chosen.every)


if __name__ == "__main__":
    main()
