"""The page to share behind the app: what may be chosen, the page of a choice, and its files in the home."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.home.work_folder import note_handed_out
from runmood.reports.share.content import compose, is_noted, offered
from runmood.reports.share.models import ShareSelection, period
from runmood.warehouse.publish import read_tables
from runmood.warehouse.queries import open_published
from runmood.workflow.sharing import lay_out, read_share_data, write_shared

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import polars as pl

    from runmood.home.home import Home
    from runmood.reports.share.models import ShareData, SharedPage, ShareOptions


FILE = re.compile(r"[\w.-]+\.(pdf|html)")


class SharedPages:
    """The pages to share of a home, as `SharePages`."""

    def __init__(self, home: Callable[[], Home], feedback: Callable[[], pl.DataFrame]) -> None:
        self._home = home
        self._feedback = feedback

    def offers(self, first: dt.date | None, last: dt.date | None) -> tuple[ShareSelection, ShareOptions]:
        """Return the days of a page, as asked or as usual, and what may be chosen for it."""
        data, days = self._data(first, last)
        return days, offered(data, days)

    def compose(self, selection: ShareSelection) -> SharedPage:
        """Return the page of a choice.

        Raises:
            UserError: nothing is noted in these days, or more is chosen than a page holds.
        """
        data, _ = self._data(selection.first, selection.last)
        if not is_noted(data, selection):
            raise UserError(data.say("cli.share.nothing_noted", first=selection.first, last=selection.last))
        return compose(data, selection)

    def write(self, page: SharedPage) -> Sequence[str]:
        """Write the page as PDF and HTML into the home, remember that, and return the files' names."""
        home = self._home()
        paths, _ = write_shared(self._folder(), page.file, lay_out(page))
        for path in paths:
            note_handed_out(home, "page", path)
        return [path.name for path in paths]

    def read(self, name: str) -> bytes | None:
        """Return the content of a file that was written; null where there is none of that name."""
        path = self._folder() / name
        return path.read_bytes() if FILE.fullmatch(name) and path.is_file() and not path.is_symlink() else None

    def _folder(self) -> Path:
        return self._home().page.parent / "shared"

    def _data(self, first: dt.date | None, last: dt.date | None) -> tuple[ShareData, ShareSelection]:
        home = self._home()
        open_published(home.published).close()  # raises where another version made it, or there is none
        days = read_tables(home.published, ("days",))["days"]
        begin, end = period(days, first, last, home.today())
        return read_share_data(home, days, self._feedback(), end), ShareSelection(begin, end)
