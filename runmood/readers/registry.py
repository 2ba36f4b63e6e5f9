"""The registry of readers: which formats runmood reads, how their files are called, and how they are recognised.

A reader registers itself with a decorator; discovery (`runmood.ingest`) and dispatch (`runmood.readers.decode`) ask
nothing but this registry:

    @reader(...)            a watch file: a function from bytes
    @export_reader(...)     a list or a session of a vendor's export: a function from text
    @metadata_reader(...)   an export's table that describes the files beside it
    @collection_reader(...) a file of all activities, too large to be read whole: a function from a stream to parts

A reader's `version` says which results it gives. Raise it whenever the same file could now come to other values: every
home then reads the files of that format again, and no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Literal, Protocol, TypeVar

from runmood.core.recordings import DecodedRun
from runmood.core.text_encoding import WIDE_MARKS, as_text
from runmood.readers.detect import is_markup
from runmood.schema.tables import RAW_SAMPLES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from runmood.core.notices import Notice
    from runmood.core.recordings import DecodedFile, ExportMetadata

    BytesReader = TypeVar("BytesReader", bound=Callable[[bytes], DecodedFile])
    TextReader = TypeVar("TextReader", bound=Callable[..., DecodedFile])
    Splitter = TypeVar("Splitter", bound=Callable[["ByteStream", "FilesBeside"], Iterator["CollectionPart | Notice"]])
    RunFiller = TypeVar("RunFiller", bound=Callable[[DecodedRun, ExportMetadata], DecodedRun])


_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_ENDINGS = {"json": ".json", "table": ".csv"}
BEGINNING = 65_536  # bytes
# How far the start in a table may lie from that in its file: clocks on the wall differ from UTC by quarter hours.
_LATE_S, _ROUNDED_S, _QUARTER_S, _FARTHEST_ZONE_S = 60, 2, 900, 14 * 3600


@dataclass(frozen=True)
class FileContent:
    """The decompressed content of one file, decoded to text once and only if a reader asks for it.

    `beside` are the files that lie in the export with a table, as `listed_name` returns them.
    """

    data: bytes
    beside: frozenset[str] = frozenset()

    @cached_property
    def is_markup(self) -> bool:
        """Whether the content begins as XML and web pages do."""
        return is_markup(self.data)

    @cached_property
    def text(self) -> str:
        """The content as text without leading blanks; bytes that are no text become replacement characters."""
        return as_text(self.data).lstrip()

    @property
    def is_json(self) -> bool:
        """Whether the content begins as a JSON object or list does."""
        return self.text.startswith(("{", "["))


@dataclass(frozen=True, slots=True)
class FormatReader:
    """One registered reader.

    `files` are the names, without folders, that its files have in exports and folders. A name alone proves nothing, so
    `signature` must be found in the content as well; null where the ending of the name is enough. `beginning` is found
    in the first bytes of files whose names say nothing, and that end in `ending`; null where names are known. `accepts`
    decides, from the content alone and whatever the file is called, whether this reader reads it. `module` defines the
    reader.
    """

    format: str
    version: int
    files: tuple[re.Pattern[str], ...]
    signature: re.Pattern[bytes] | None
    accepts: Callable[[FileContent], bool]
    read: Callable[[FileContent], DecodedFile]
    module: str
    ending: str = ""
    beginning: re.Pattern[bytes] | None = None

    def has_name(self, name: str) -> bool:
        """Return whether the reader's files may be called `name`, a file name without folders."""
        return any(pattern.fullmatch(name) for pattern in self.files)


@dataclass(frozen=True, slots=True)
class MetadataReader:
    """A vendor's table that describes other files: what it is called, and what a run takes over from its line.

    `begins` returns when the run of a line began; null where lines do not tell. `is_local` says that this is the clock
    on the wall and not UTC.
    """

    files: tuple[re.Pattern[str], ...]
    apply: Callable[[DecodedRun, ExportMetadata], DecodedRun]
    begins: Callable[[ExportMetadata], dt.datetime | None] | None
    is_local: bool


@dataclass(frozen=True, slots=True)
class CollectionPart:
    """One part of a file that holds many activities, by a name of its own.

    `is_beside` marks a file beside it that belongs to no activity of it; its name is that below the file's folder.
    """

    name: str
    content: bytes
    is_beside: bool = False


class ByteStream(Protocol):
    """Bytes that are read once, forward."""

    def read(self, size: int, /) -> bytes:
        """Return the next bytes, at most so many; none at the end."""


class FilesBeside(Protocol):
    """The files beside a collection that belong to it, by their names below its folder."""

    def names(self) -> Iterable[str]:
        """Return the names of all."""

    def read(self, name: str) -> bytes | None:
        """Return the content of one; null where it is gone or cannot be read."""


@dataclass(frozen=True, slots=True)
class CollectionReader:
    """A reader of files that hold many activities and may be larger than memory.

    `accepts` recognises the file by its first bytes; `parts` are the names, below its folder, of the files that belong
    to it; `split` yields what it holds, each part for a reader of `format`, and what could not be read.
    """

    format: str
    files: tuple[re.Pattern[str], ...]
    accepts: Callable[[bytes], bool]
    parts: re.Pattern[str]
    split: Callable[[ByteStream, FilesBeside], Iterator[CollectionPart | Notice]]


_READERS: list[FormatReader] = []
_COLLECTION_READERS: list[CollectionReader] = []
_METADATA_READERS: dict[str, MetadataReader] = {}


def reader(
    format_: str, *, version: int, files: Sequence[str], accepts: Callable[[bytes], bool]
) -> Callable[[BytesReader], BytesReader]:
    """Register the decorated function as the reader of a watch-file format.

    `files` are regular expressions of file names, regardless of case; `accepts` recognises the format by its bytes.
    Readers are asked in the order in which they were registered.

    Returns:
        A decorator that leaves the function as it is.
    """

    def register(read: BytesReader) -> BytesReader:
        def accepts_content(content: FileContent) -> bool:
            return accepts(content.data)

        def read_content(content: FileContent) -> DecodedFile:
            return read(content.data)

        _register(
            FormatReader(format_, version, _patterns(files), None, accepts_content, read_content, read.__module__)
        )
        return read

    return register


def export_reader(  # noqa: PLR0913 - the declaration of a format, each part by its name
    format_: str,
    *,
    version: int,
    layout: Literal["json", "table"],
    files: Sequence[str],
    signature: bytes,
    beginning: bytes | None = None,
    accepts: Callable[[str], bool] | None = None,
    names_files: bool = False,
) -> Callable[[TextReader], TextReader]:
    """Register the decorated function as the reader of a file that a vendor's export has beside the watch files.

    `files` are regular expressions of file names, regardless of case; `signature` is a regular expression that is
    found in the bytes of each. `beginning` recognises a file by its first bytes whatever it is called, for a vendor
    whose names say nothing. `accepts` recognises the format by its text, by default through the signature; it is asked
    only about content of this `layout`, JSON or a table. `names_files` says that the lines of a table name files: its
    reader is given the files beside the table too, since a run that has one is not read from its line. A vendor may
    have several readers, one for each kind of file, which share one format and one version.

    Returns:
        A decorator that leaves the function as it is.
    """
    pattern = re.compile(signature)

    def register(read: TextReader) -> TextReader:
        def accepts_content(content: FileContent) -> bool:
            if content.is_markup or content.is_json != (layout == "json"):
                return False
            return accepts(content.text) if accepts else _has_signature(pattern, content.data)

        def read_content(content: FileContent) -> DecodedFile:
            return read(content.text, content.beside) if names_files else read(content.text)

        _register(
            FormatReader(
                format_,
                version,
                _patterns(files),
                pattern,
                accepts_content,
                read_content,
                read.__module__,
                _ENDINGS[layout],
                re.compile(beginning) if beginning else None,
            )
        )
        return read

    return register


def metadata_reader(
    format_: str,
    *,
    files: Sequence[str],
    begins: Callable[[ExportMetadata], dt.datetime | None] | None = None,
    is_local: bool = False,
) -> Callable[[RunFiller], RunFiller]:
    """Register the decorated function, which fills a run with what an export's table says of its file.

    `files` are regular expressions of the table's names, regardless of case. `begins` returns when the run of a line
    began, by the clock on the wall if `is_local`, so that a renamed file is found.

    Returns:
        A decorator that leaves the function as it is.
    """

    def register(apply: RunFiller) -> RunFiller:
        _METADATA_READERS[format_] = MetadataReader(_patterns(files), apply, begins, is_local)
        return apply

    return register


def collection_reader(
    format_: str, *, files: Sequence[str], accepts: Callable[[bytes], bool], parts: str
) -> Callable[[Splitter], Splitter]:
    """Register the decorated function, which takes a file of many activities apart.

    `files` are regular expressions of file names, and `parts` one of names below the file's folder, regardless of
    case; `accepts` recognises the file by its first 4096 bytes.

    Returns:
        A decorator that leaves the function as it is.
    """

    def register(split: Splitter) -> Splitter:
        pattern = re.compile(parts, re.IGNORECASE)
        _COLLECTION_READERS.append(CollectionReader(format_, _patterns(files), accepts, pattern, split))
        return split

    return register


def may_be_collection(name: str) -> bool:
    """Return whether a file that holds many activities may be called `name`, a file name without folders."""
    return any(pattern.fullmatch(name) for each in _COLLECTION_READERS for pattern in each.files)


def collection_parts() -> tuple[re.Pattern[str], ...]:
    """Return, of each reader of collections, what the files that belong to one are called below its folder."""
    return tuple(each.parts for each in _COLLECTION_READERS)


def find_collection_reader(name: str, head: bytes) -> CollectionReader | None:
    """Return the reader of a file that holds many activities, by its name and first bytes; null for any other file."""
    named = (each for each in _COLLECTION_READERS if any(pattern.fullmatch(name) for pattern in each.files))
    return next((each for each in named if each.accepts(head)), None)


def find_reader(content: FileContent) -> FormatReader | None:
    """Return the first reader that accepts the content; null where none does."""
    return next((each for each in _READERS if each.accepts(content)), None)


def reader_versions() -> dict[str, int]:
    """Return the version of each format's reader."""
    return {each.format: each.version for each in _READERS}


def is_readable_name(name: str) -> bool:
    """Return whether some reader's files may be called `name`, a file name without folders."""
    return any(each.has_name(name) for each in _READERS)


def may_begin(name: str) -> bool:
    """Return whether the first bytes of a file called `name` may show what its name does not say."""
    return any(each.beginning and name.lower().endswith(each.ending) for each in _READERS)


def is_readable_beginning(name: str, begins: bytes) -> bool:
    """Return whether some reader knows a file by its first bytes, whatever it is called; `name` has its ending."""
    return any(
        each.beginning and name.lower().endswith(each.ending) and _has_signature(each.beginning, begins)
        for each in _READERS
    )


def matches_signature(name: str, content: bytes) -> bool:
    """Return whether a file is what its name says; true for a name that asks for no signature."""
    named = [each.signature for each in _READERS if each.has_name(name)]
    return not named or any(pattern is None or _has_signature(pattern, content) for pattern in named)


def metadata_format(name: str) -> str | None:
    """Return the format of the export whose table of other files may be called `name`; null for any other name."""
    return next(
        (format_ for format_, each in _METADATA_READERS.items() if any(p.fullmatch(name) for p in each.files)), None
    )


def is_listed_start(metadata: ExportMetadata, began: dt.datetime) -> bool:
    """Return whether a run that began at this moment is that of the table's line, by its start alone."""
    table = _METADATA_READERS[metadata.format]
    listed = table.begins and table.begins(metadata)
    if not listed:
        return False
    off_s = abs((listed - began).total_seconds())
    if not table.is_local:
        return off_s <= _LATE_S
    return off_s <= _FARTHEST_ZONE_S and abs(off_s - _QUARTER_S * round(off_s / _QUARTER_S)) <= _ROUNDED_S


def apply_metadata(file: DecodedFile, metadata: ExportMetadata) -> DecodedFile:
    """Return the file, each of its runs filled with what the export's table says and the run does not."""
    fill = _METADATA_READERS[metadata.format].apply
    return replace(file, activities=tuple(fill(run, metadata) for run in file.activities))


def listing_of(metadata: ExportMetadata) -> str:
    """Return what is kept of a table's line: its rank among those of other exports, then the sport that it names."""
    line = _METADATA_READERS[metadata.format].apply(_unknown_run(), metadata)
    return f"{metadata.rank} {line.sport or ''}".rstrip()


@cache
def _unknown_run() -> DecodedRun:
    """Return a run of which nothing is known; an empty frame takes as long as all else that a line is read for."""
    return DecodedRun(points=RAW_SAMPLES.empty())


def is_sport_disputed(listings: Iterable[str]) -> bool:
    """Return whether of these lines, as `listing_of` returns them, one names running and another one another sport."""
    sports = {listing.partition(" ")[2].partition(" ")[2] for listing in listings} - {""}
    return "running" in sports and len(sports) > 1


def _register(entry: FormatReader) -> None:
    others = {each.version for each in _READERS if each.format == entry.format}
    if others - {entry.version}:
        message = f"the readers of {entry.format} have different versions: {sorted({entry.version, *others})}"
        raise ValueError(message)
    _READERS.append(entry)


def _patterns(names: Sequence[str]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(name, re.IGNORECASE) for name in names)


def _has_signature(pattern: re.Pattern[bytes], content: bytes) -> bool:
    narrow = as_text(content).encode() if content.startswith(WIDE_MARKS) else content.removeprefix(_BYTE_ORDER_MARK)
    return pattern.search(narrow) is not None
