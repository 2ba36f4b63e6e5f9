"""One watch file in, what it holds out, exactly as the watch wrote it.

    decode(content) -> DecodedFile

`content` is the file's bytes, already unpacked. Names are not believed: what a file is, its first bytes tell. Nothing
is cleaned here and nothing is invented; a damaged file gives what can be read, marked partial, with a notice.
Raises `UnreadableFile` for a file that gives nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.decode.fit import read_fit
from runmood.decode.sniff import sniff
from runmood.decode.xml import read_xml

if TYPE_CHECKING:
    from runmood.terms.records import DecodedFile

__all__ = ["decode"]


def decode(content: bytes) -> DecodedFile:
    """The activities in one watch file, or a notice that says what it is instead."""
    return read_fit(content) if sniff(content) == "fit" else read_xml(content)
