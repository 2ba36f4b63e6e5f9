"""The real GPX and TCX files that stand beside the repository, and how two readings are compared."""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.readers.xml.parser import ParsedXml


SHARED = Path(os.environ.get("RUNMOOD_SHARED") or Path(__file__).resolve().parents[3] / "shared")
CORPUS = SHARED / "corpus"
GPX = sorted(CORPUS.glob("gpx/*/*"))
TCX = sorted(CORPUS.glob("tcx/*/*"))


def content(path: Path) -> bytes:
    """The file's bytes, unpacked."""
    packed = path.read_bytes()
    return gzip.decompress(packed) if path.suffix == ".gz" else packed


def as_read(gathered: ParsedXml) -> tuple[object, ...]:
    """All that a reading found, in one order, without the marks."""
    texts = {
        column: [(number, text.strip()) for number, text in sorted(found.items())]
        for column in gathered.texts.keys() | gathered.marked.keys()
        if (found := gathered.texts_of(column))
    }
    rest = (gathered.activities, gathered.segments, gathered.lap_segments, gathered.facts, gathered.elements)
    return gathered.samples, texts, *rest
