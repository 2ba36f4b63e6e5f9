"""A home of an invented runner, of any length, with its files in the inbox and nothing read yet."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from runmood.home.home import Home, open_home
from runmood.journal.store import append
from runmood.simulate import simulate

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

LONG_AGO = 315_532_800  # 1980: one just written may not be whole, and waits; this year says nothing of a watch's clock


def invented_home(root: Path, last_day: dt.date, *, days: int, seed: int = 7, missed_dip: float = 0.9) -> Home:
    """Return a home with files and check-ins of the runner's last days; it says nothing of being invented."""
    life = simulate(last_day, seed, days, missed_dip=missed_dip)
    root.mkdir(mode=0o700, parents=True)
    (root / "settings.toml").write_text(f'time_zone = "{life.time_zone}"\n', encoding="utf-8")
    for file in life.files:
        path = root / "inbox" / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
        os.utime(path, (LONG_AGO, LONG_AGO))
    home = open_home(root)
    append(home.journal, life.said)
    return home
