"""Readers: one watch file or export file in, its activities out, exactly as the watch or the vendor wrote them.

    decode(content, metadata) -> DecodedFile
    registry                  -> which formats there are, their file names and versions

What a file is, its content decides, whatever it is called. Nothing is cleaned here and nothing is invented; a damaged
file gives what can be read, marked partial, with a notice.

Readers are asked in the order of the imports below: FIT by its first bytes, then vendors' exports, then XML, which also
looks for the traces of a file whose beginning is lost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.errors import UnreadableFileError
from runmood.readers import fit, vendors, xml  # noqa: F401 - imported to be registered, in this order
from runmood.readers.detect import unknown_file_notice
from runmood.readers.registry import FileContent, apply_metadata, find_reader

if TYPE_CHECKING:
    from runmood.core.recordings import DecodedFile, ExportMetadata
    from runmood.readers.registry import FormatReader


def decode(content: bytes, metadata: ExportMetadata | None = None, beside: frozenset[str] = frozenset()) -> DecodedFile:
    """Return the activities in one file, or a notice that says what it is instead.

    `content` is the file's bytes, decompressed. `metadata` is the line of an export's table that describes the file; it
    fills what the file does not say and changes nothing else. `beside` are the files that lie in the export with a
    table, as `listed_name` returns them. Raises `UnreadableFileError` as `decode_with` does.

    Returns:
        The activities and the notices about the file.
    """
    file_content = FileContent(content, beside)
    return decode_with(find_reader(file_content), file_content, metadata)


def decode_with(
    reader: FormatReader | None, content: FileContent, metadata: ExportMetadata | None = None
) -> DecodedFile:
    """Return the activities in one file, as `decode` does, by a reader that `find_reader` found for it.

    Returns:
        The activities and the notices about the file.

    Raises:
        UnreadableFileError: There is no reader for the file, or nothing in it can be read.
    """
    if reader is None:
        raise UnreadableFileError(unknown_file_notice(content.data))
    file = reader.read(content)
    return apply_metadata(file, metadata) if metadata else file
