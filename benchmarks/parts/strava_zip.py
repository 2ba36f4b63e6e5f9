"""A ZIP like Strava's bulk export, made of `hours`: `python strava_zip.py ZIP RUNS [fit.gz]`.

All runs are of the ending given. Without one, six in ten runs are .fit.gz, a quarter .gpx.gz, the rest and every
treadmill run that would be a .gpx.gz are .tcx.gz. All lie under activities/; beside them activities.csv with Strava's
first columns and a picture.
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from hours import hours

from runmood.simulate.writers import recorded_as

if TYPE_CHECKING:
    from runmood.simulate.recording import SimulatedRecording


OF_TWENTY = ("fit.gz",) * 12 + ("gpx.gz",) * 5 + ("tcx.gz",) * 3
COLUMNS = (
    "Activity ID", "Activity Date", "Activity Name", "Activity Type", "Activity Description", "Elapsed Time",
    "Distance", "Max Heart Rate", "Relative Effort", "Commute", "Activity Private Note", "Activity Gear", "Filename",
)  # fmt: skip
PICTURE = b"\xff\xd8\xff" + bytes(100_000)


def make(path: Path, runs: int, ending: str | None = None) -> None:
    """The archive with so many runs."""
    table = io.StringIO()
    lines = csv.writer(table)
    lines.writerow(COLUMNS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, outing in enumerate(hours(runs), start=9_000_000_001):
            kind = ending or _ending(outing, number)
            name = f"activities/{number}.{kind}"
            archive.writestr(name, recorded_as(outing, kind))
            lines.writerow(_line(outing, number, name))
        archive.writestr("activities.csv", table.getvalue())
        archive.writestr("media/1.jpg", PICTURE)


def _ending(outing: SimulatedRecording, number: int) -> str:
    ending = OF_TWENTY[number * 7 % len(OF_TWENTY)]
    indoors = outing.samples["latitude_deg"].count() == 0
    return "tcx.gz" if indoors and ending == "gpx.gz" else ending


def _line(outing: SimulatedRecording, number: int, name: str) -> list[object]:
    date = f"{outing.started_at:%b %d, %Y, %I:%M:%S %p}"
    seconds = int((outing.ended_at - outing.started_at).total_seconds())
    kilometres = f"{outing.distance_m / 1000:.2f}"
    return [number, date, outing.name, "Run", "", seconds, kilometres, "", "", "false", "", "", name]


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
