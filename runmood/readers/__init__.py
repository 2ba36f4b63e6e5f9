"""One watch file in, what it holds out, exactly as the watch wrote it.

    decode(content, note) -> DecodedFile

`content` is the file's bytes, already unpacked: a watch file, or a list of runs from a vendor's export. `note` is what
an export's own table says of the file; it fills what the file does not say and changes nothing else. Names are not
believed: what a file is, its first bytes tell. Nothing is cleaned here and nothing is invented; a damaged file gives
what can be read, marked partial, with a notice. Raises `UnreadableFile` for a file that gives nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.readers.detect import is_fit, is_markup
from runmood.readers.fit import read_fit
from runmood.readers.vendors import reader_of, with_note
from runmood.readers.xml import read_xml

if TYPE_CHECKING:
    from runmood.core.models import DecodedFile, ExportMetadata


def decode(content: bytes, note: ExportMetadata | None = None) -> DecodedFile:
    """The activities in one file, or a notice that says what it is instead."""
    file = _read(content)
    return with_note(file, note) if note else file


def _read(content: bytes) -> DecodedFile:
    if is_fit(content):
        return read_fit(content)
    read_export = None if is_markup(content) else reader_of(content)
    return read_export() if read_export else read_xml(content)
