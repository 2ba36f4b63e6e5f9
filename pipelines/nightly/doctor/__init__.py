"""What is in order in a home and what asks for a look, each with what to do. Nothing is changed.

    examine(home, now) -> Seen, one a thing looked at; `asks` where a person should do something

`nights` looks at the last night and the clock, `databases` at what was made, `folders` at the disk and who may look.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipelines.nightly.doctor import databases, folders, nights
from pipelines.nightly.doctor.seen import Seen

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from pipelines.home import Home

__all__ = ["Seen", "examine"]


def examine(home: Home, now: dt.datetime) -> Iterator[Seen]:
    """Everything there is to look at, the most telling first."""
    if not home.root.is_dir():
        yield Seen(
            "home", f"There is no {home.root} yet. `runmood import PATH` or `runmood demo` makes one.", asks=True
        )
        return
    yield from nights.looked_at(home, now)
    yield from databases.looked_at(home, now)
    yield from folders.looked_at(home)
