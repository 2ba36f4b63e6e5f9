"""What the tables of several exports tell of one content: the fullest line counts, and two sports are asked about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from runmood.core.enums import ImportOutcome
from runmood.core.i18n import Name
from runmood.core.notices import KNOWN_CONTENT
from runmood.readers.registry import is_sport_disputed
from runmood.warehouse.file_rows import FileRead

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from runmood.warehouse.file_rows import StoredFile


def earlier_listings(stored: Mapping[str, list[StoredFile]], rereading: Collection[str]) -> dict[str, set[str]]:
    """Return the lines that earlier imports met, by content, without those of files that are being read again."""
    return {
        content: {each.listing for each in files if each.listing and each.name not in rereading}
        for content, files in stored.items()
    }


def disputed_contents(stored: Mapping[str, list[StoredFile]]) -> set[str]:
    """Return the contents to which the lines that earlier imports met give running and another sport."""
    return {content for content, lines in earlier_listings(stored, ()).items() if is_sport_disputed(lines)}


def known_copy(file: StoredFile, content: str | None, first: str) -> FileRead:
    """Return the result of a file whose content another one holds, with what an export's table told of it here."""
    return FileRead(
        file.name,
        file.stamp,
        ImportOutcome.KNOWN,
        content,
        notices=(KNOWN_CONTENT(first=Name(first)),),
        listing=file.listing,
        listed_as=file.listed_as,
    )


def copies_listed_elsewhere(
    files: Iterable[FileRead], stored: Callable[[Collection[str]], Mapping[str, list[StoredFile]]]
) -> Iterator[FileRead]:
    """Yield, as known, the files read before that hold what a fuller line tells of under another name.

    Args:
        files: What was read.
        stored: Returns what was read before of some contents, by content.

    Yields:
        The results of those files.
    """
    listed = {file.content_hash: file.name for file in files if file.listed_in and file.content_hash}
    others = stored(listed)
    for content, first in listed.items():
        for each in others.get(content, ()):
            if each.name != first and each.holds:
                yield replace(known_copy(each, content, first), again=True)


@dataclass(slots=True)
class Listings:
    """The lines that one import has met, as `readers.registry.listing_of` returns them.

    `disputed` are the contents to which lines give running and another sport, each with the file that holds it.
    """

    disputed: dict[str, str] = field(default_factory=dict)
    _met: dict[str, set[str]] = field(default_factory=dict)
    _read_so: set[str] = field(default_factory=set)

    def add(self, content: str, listing: str, before: Collection[str]) -> bool:
        """Add a line; return whether it is fuller than all before it, of this import and of earlier ones."""
        met = self._met.setdefault(content, set())
        fullest = max({*before, *met}, default="")
        met.add(listing)
        return listing > fullest

    def weigh(self, content: str, holder: str, before: Collection[str]) -> None:
        """Note whether the sport of a content is disputed, whose file is `holder`."""
        if is_sport_disputed({*before, *self._met[content]}):
            self.disputed[content] = holder
        if is_sport_disputed(before):
            self._read_so.add(content)

    def newly_disputed(self) -> Iterator[tuple[str, str]]:
        """Yield the contents that have been disputed since this was asked last, each with the file that holds it."""
        new = self.disputed.keys() - self._read_so
        self._read_so |= new
        yield from ((content, self.disputed[content]) for content in sorted(new))
