"""A home of the invented runner's last years, from which the newest runs and words are held back, to arrive later."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from runmood.core.checkins import CheckIn
from runmood.home.home import open_home
from runmood.journal.store import append
from runmood.simulate import simulate
from runmood.simulate.writers import recorded_as

if TYPE_CHECKING:
    from pathlib import Path

    from runmood.core.checkins import NewEntry


SAID_A_NIGHT = 2


@dataclass(slots=True)
class NewThings:
    """A home, and the runs and words that have not come yet, the earliest first."""

    home: Path
    runs: list[tuple[str, bytes]] = field(default_factory=list)
    said: list[NewEntry] = field(default_factory=list)

    def arrive(self) -> None:
        """One run more in the inbox, and two check-ins in the journal."""
        name, content = self.runs.pop(0)
        (self.home / "inbox" / name).write_bytes(content)
        new, self.said = self.said[:SAID_A_NIGHT], self.said[SAID_A_NIGHT:]
        append(self.home / "journal", new)


def make_home(folder: Path, years: int, held_back: int) -> NewThings:
    """A home with so many years in it, up to yesterday, but for the last runs and check-ins."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "inbox").mkdir(parents=True)
    (folder / "settings.toml").write_text('time_zone = "Europe/Lisbon"\n', encoding="utf-8")
    invented = simulate(dt.datetime.now(dt.UTC).date() - dt.timedelta(days=1), days=365 * years)
    late = [outing for outing in invented.outings if outing.sport == "running"][-held_back:]
    later = [(f"late-{outing.started_at:%Y%m%d}.fit", recorded_as(outing, "fit")) for outing in late]
    days = {f"{outing.date}" for outing in late}
    for file in invented.files:
        path = folder / "inbox" / file.name
        if not any(day in path.name for day in days):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)
    check_ins = [said for said in invented.said if isinstance(said.entry, CheckIn)][-SAID_A_NIGHT * held_back :]
    home = open_home(folder)
    append(home.journal, [said for said in invented.said if said not in check_ins])
    return NewThings(folder, later, check_ins)
