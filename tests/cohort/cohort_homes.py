"""Small homes for tests of cohorts, and what their worker is made to meet."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from pipelines_homes import LAST_DAY

from runmood.home.home import open_home
from runmood.journal.store import append
from runmood.simulate import simulate

if TYPE_CHECKING:
    from pathlib import Path

FILES = 2
LONG_AGO = 315_532_800.0  # 1980, which says nothing of a watch's clock
GIVES_ALL = 'cohort_gives = ["days", "measures", "findings"]\n'
NOTE = "what stays between me and my journal"
TRAPS = """
import os, time
import runmood.workflow.nightly_run as nights
real = nights.one_night
def trapped(home, day, **values):
    if (home.root / "endless").exists():
        time.sleep(3600)
    if (home.root / "deadly").exists():
        os._exit(9)
    if (home.root / "vanishing").exists():
        import shutil
        shutil.rmtree(home.root)
    return real(home, day, **values)
nights.one_night = trapped
"""


def small_home(root: Path) -> Path:
    """Make a home of three weeks with a few runs; its settings say nothing of cohorts."""
    life = simulate(LAST_DAY, days=21)
    root.mkdir(mode=0o700)
    (root / "settings.toml").write_text('time_zone = "Europe/Lisbon"\nname = "Ana Secret"\n', encoding="utf-8")
    home = open_home(root)
    for file in [file for file in life.files if file.name.endswith("fit")][:FILES]:
        path = home.inbox / file.name.rpartition("/")[2]
        path.write_bytes(file.content)
        os.utime(path, (LONG_AGO, LONG_AGO))  # one that is not whole would wait for the next night, were it of now
    append(home.journal, life.said)
    return root


def copies(template: Path, folder: Path, count: int, settings: str = GIVES_ALL) -> list[Path]:
    """Return so many copies of a home, each with these settings as well."""
    folder.mkdir(mode=0o700)
    homes = [folder / f"home-{number:02}" for number in range(count)]
    for home in homes:
        shutil.copytree(template, home)
        with (home / "settings.toml").open("a", encoding="utf-8") as lines:
            lines.write(settings)
    return homes


def bytes_below(folder: Path) -> bytes:
    """Return all that stands in files below a folder, names included."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return b"\n".join(str(path).encode() + b"\n" + path.read_bytes() for path in files)
