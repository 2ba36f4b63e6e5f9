"""Make a page to share from a home: read what it may be made from, and write its files where nobody else reads them."""

from __future__ import annotations

import datetime as dt
import os
from itertools import count
from typing import TYPE_CHECKING

from runmood.reports.share.models import ShareData
from runmood.reports.share.render import as_html, as_pdf
from runmood.warehouse.publish import findings_to_show, read_tables

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import polars as pl

    from runmood.home.home import Home
    from runmood.reports.share.models import SharedPage


LONG_RUNS = dt.timedelta(days=28)
TABLES = ("check_ins", "check_in_helped", "goals", "reflections")
FORMS = ("pdf", "html")


def read_share_data(home: Home, days: pl.DataFrame, feedback: pl.DataFrame, last: dt.date) -> ShareData:
    """Read what a page up to a day may be made from, out of the published copy.

    Args:
        home: the home.
        days: its DAYS.
        feedback: its FINDING_FEEDBACK.
        last: the last day of the page.

    Returns:
        The data of the page.
    """
    return ShareData(
        days=days,
        **read_tables(home.published, TABLES),
        findings=findings_to_show(home.published, last - LONG_RUNS, last),
        finding_feedback=feedback,
        say=home.say,
        invented=home.truths.exists(),
    )


def lay_out(page: SharedPage, forms: tuple[str, ...] = FORMS) -> dict[str, bytes]:
    """Return the page as files, by the ending of their names."""
    return {form: as_pdf(page) if form == "pdf" else as_html(page).encode() for form in forms}


def write_shared(folder: Path, name: str, pages: Mapping[str, bytes]) -> tuple[list[Path], bool]:
    """Write new files, readable by their owner alone; an existing page stays.

    Returns:
        The files, and whether they got a number since a page of that name is there already.
    """
    folder.mkdir(parents=True, exist_ok=True)
    numbers = ("" if number == 1 else f"_{number}" for number in count(1))
    free = next(each for each in numbers if not any(_there(folder / f"{name}{each}.{form}") for form in pages))
    paths = {folder / f"{name}{free}.{form}": content for form, content in pages.items()}
    for path, content in paths.items():
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
    return list(paths), bool(free)


def _there(path: Path) -> bool:
    """Return whether anything has that name, were it a link to nowhere."""
    return path.exists() or path.is_symlink()
