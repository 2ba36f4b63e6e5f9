"""A folder of FIT files for every importer alike: `python fit_folder.py FOLDER COUNT`.

The runs of the corpus with a thousand samples or more that decode whole, where the corpus is there, and invented runs
of about an hour (`hours`) up to the count. Names are those of Garmin's export: 1_ACTIVITY.fit.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hours import hours

from runmood.core.errors import UnreadableFileError
from runmood.readers import decode
from runmood.simulate.writers import recorded_as

if TYPE_CHECKING:
    from collections.abc import Iterator


SHARED = Path(os.environ.get("RUNMOOD_SHARED") or Path(__file__).resolve().parents[3] / "shared")
FEWEST_SAMPLES = 1_000


def real_runs() -> Iterator[bytes]:
    """Files of the corpus that are one whole run."""
    for path in sorted((SHARED / "corpus" / "fit").glob("*/*")):
        content = path.read_bytes()
        try:
            activities = decode(content).activities
        except UnreadableFileError:
            continue
        whole = [run.sport for run in activities if not run.partial] == ["running"]
        if whole and len(activities[0].points) >= FEWEST_SAMPLES:
            yield content


def make(folder: Path, count: int) -> None:
    """The folder; the first file is an invented run."""
    real = list(real_runs())[: count - 1]
    invented = [recorded_as(outing, "fit") for outing in hours(count - len(real))]
    folder.mkdir(parents=True)
    for number, content in enumerate([*invented, *real], start=1):
        (folder / f"{number}_ACTIVITY.fit").write_bytes(content)
    print(f"{len(real)} runs of the corpus, {len(invented)} invented")


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
