"""Another app's export of moods, read for a home: by the mapping given, or by one that the person confirmed before."""

from __future__ import annotations

import datetime as dt
import io
import re
from dataclasses import dataclass, replace
from typing import IO, TYPE_CHECKING

from runmood.core.checkins import CheckIn
from runmood.core.errors import CsvFormatError, as_message
from runmood.core.files import files_below, make_folder, replace_private
from runmood.core.i18n import message
from runmood.home.import_log import ImportKind
from runmood.ingest.archives import TooManyMembersError, open_archive
from runmood.ingest.entry_imports import drop_undone, import_entries
from runmood.journal.codec import id_of
from runmood.journal.imports import DAMAGED, packed_notes, read_export, read_known_export
from runmood.journal.imports.compare import NeedsMappingError, compare
from runmood.journal.imports.documents import check_size
from runmood.journal.imports.formats import ANY_SHEET
from runmood.journal.imports.mapping import bound_to, mapping_from_toml
from runmood.journal.store import read

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from runmood.core.checkins import NewEntry
    from runmood.home.home import Home
    from runmood.journal.imports.compare import Export
    from runmood.journal.imports.mapping import ColumnMapping


LARGEST = 16 << 20  # bytes, far more than a life of moods
LARGEST_TEXT = 64 << 20  # bytes, of a file that somebody names
ZIP_BEGINS = b"PK"
HOLD_MOODS = (".json", ".csv", ".md", ".daylio")  # endings in an archive; photographs lie beside them
MOST_MAPPINGS = 100  # of one source
NOT_IN_NAMES = re.compile(r"[^\w .+-]|^\.+")
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class MoodImport:
    """What a file brought without anybody being asked; `asks` where the person has to say something first."""

    source: str
    new: int = 0
    asks: bool = False


def read_moods(home: Home, export: Path, said: bytes | None = None) -> tuple[Export, str | None]:
    """Read an app's export, or the notes of a folder.

    Args:
        home: whose zone and earlier mappings count.
        export: the file or folder.
        said: a mapping (TOML) that goes before those confirmed earlier.

    Returns:
        What the file holds, and the source of the earlier mapping by which it was read.
    """
    content = content_of(export)
    if said:
        return read_export(content, export.name, home.zone, mapping_from_toml(said)), None
    kept, mapping = read_known_export(content, export.name, home.zone, _confirmed(home))
    return kept, mapping.source if mapping else None


def content_of(export: Path) -> bytes:
    """Return the bytes of a file; of an archive, or a folder and those in it, what may hold moods, as one archive.

    Raises:
        CsvFormatError: it is larger than any life's moods, or a damaged archive.
    """
    if not export.is_dir():
        with export.open("rb") as file:
            content = file.read(LARGEST_TEXT + 1)
            if content.startswith(ZIP_BEGINS):
                return _without_photographs(io.BytesIO(content) if len(content) <= LARGEST_TEXT else file)
        if len(content) > LARGEST_TEXT:
            raise CsvFormatError(message("error.moods.too_large", file=export.name, most=LARGEST_TEXT // 1_000_000))
        return content
    notes = {path.relative_to(export): path for path in sorted(files_below(export)) if path.suffix.lower() == ".md"}
    shown = {name: path for name, path in notes.items() if not any(part.startswith(".") for part in name.parts)}
    check_size((path.stat().st_size for path in shown.values()), LARGEST_TEXT)
    return packed_notes((name.as_posix(), path.read_bytes()) for name, path in shown.items())


def _without_photographs(file: IO[bytes]) -> bytes:
    """Return an archive with those of its files alone that may hold moods."""
    try:
        with open_archive(file) as archive:
            members = [each for each in archive.infolist() if each.filename.lower().endswith(HOLD_MOODS)]
            check_size((each.file_size for each in members), LARGEST_TEXT)
            return packed_notes((each.filename, archive.read(each)) for each in members)
    except TooManyMembersError as fault:
        raise CsvFormatError(message("error.moods.too_many")) from fault
    except DAMAGED as fault:
        raise CsvFormatError(message("error.moods.damaged")) from fault


def mappings_folder(home: Home) -> Path:
    """Return the folder of the mappings that the person confirmed."""
    return home.journal / "mappings"


def _confirmed(home: Home) -> list[ColumnMapping]:
    """Return the mappings confirmed before, in which no word is undecided, so that each is asked for again.

    Raises:
        CsvFormatError: one was mended and cannot be read; the sentence names it.
    """
    mappings = []
    for page in sorted(mappings_folder(home).glob("*.toml")):
        try:
            mapping = mapping_from_toml(page.read_bytes())
        except CsvFormatError as fault:
            raise CsvFormatError(message("error.check_ins.in_file", file=page, fault=as_message(fault))) from fault
        mappings.append(replace(mapping, source=mapping.source or page.stem, undecided=frozenset()))
    return mappings


def keep_mapping(home: Home, source: str, said: bytes, export: Path) -> None:
    """Keep the mapping beside the journal: what was answered once serves every later export like this one.

    It is bound to the columns and the name of its file, so that a sheet of another app is never read by it; a mapping
    of the same source for another sheet stays beside it.
    """
    bound = bound_to(said, content_of(export), export.name)
    stem = NOT_IN_NAMES.sub("-", source)
    several = range(2, MOST_MAPPINGS) if mapping_from_toml(said).source else ()
    pages = [mappings_folder(home) / f"{each}.toml" for each in (stem, *(f"{stem}-{number}" for number in several))]
    page = next((each for each in pages if not each.exists() or _is_for_the_same(each, bound)), pages[0])
    make_folder(page.parent)
    replace_private(page, bound)


def _is_for_the_same(page: Path, bound: bytes) -> bool:
    """Return whether a mapping that was kept before is for the same sheet, so that the new one takes its place."""
    now = mapping_from_toml(bound)
    try:
        before = mapping_from_toml(page.read_bytes())
    except CsvFormatError:
        return True
    return not now.columns or (before.header, before.file) == (now.header, now.file)


def in_future(entries: Iterable[NewEntry], now: dt.datetime) -> list[dt.datetime]:
    """Return the moments of days to come; most often day and month stand in the other order then."""
    return [each.entry.at for each in entries if isinstance(each.entry, CheckIn) and each.entry.at > now + ONE_DAY]


def import_known_moods(home: Home, path: Path, now: dt.datetime) -> MoodImport | None:
    """Take what is new in an app's export, where nothing has to be asked.

    Where file and journal disagree, the journal's word stands, until the person imports the file by hand.

    Returns:
        What came of it; null where the file is no export of moods.
    """
    try:
        if path.stat().st_size > LARGEST:
            return None
        kept, _ = read_moods(home, path)
    except NeedsMappingError as fault:
        return None if fault.source == ANY_SHEET.source else MoodImport(fault.source, asks=True)
    except CsvFormatError:
        return None
    if in_future(kept.entries, now):
        return MoodImport(kept.source, asks=True)
    found = compare(kept.entries, drop_undone(home, read(home.journal).records), kept.by_clock)
    import_entries(home, ImportKind.MOODS, f"{path}", found.new)
    return MoodImport(kept.source, len({id_of(each) for each in found.new}))
