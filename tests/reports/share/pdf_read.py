"""What a PDF of ours holds, read from its bytes without the program that wrote it."""

from __future__ import annotations

import re
import zlib

STREAM = re.compile(rb"<<\n(/Filter /FlateDecode\n)?/Length (\d+)\n(?:/Length1 \d+\n)?>>\nstream\n")
SHOWN = re.compile(rb"/F(\d) [\d.]+ Tf|\(((?:\\.|[^\\)])*)\) Tj", re.DOTALL)
ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def streams(pdf: bytes) -> list[bytes]:
    """Its streams, unpacked; each as long as it says, since packed bytes may end like a line."""
    heads = list(STREAM.finditer(pdf))
    assert len(heads) == pdf.count(b"\nendstream\n")
    held = [(bool(head[1]), pdf[head.end() : head.end() + int(head[2])]) for head in heads]
    return [zlib.decompress(stream) if packed else stream for packed, stream in held]


def words(pdf: bytes) -> str:
    """Every word that can be selected, a line each."""
    told = streams(pdf)
    letters = [_letters(stream) for stream in told if b"begincmap" in stream]
    lines, font = [], 0
    for chosen, shown in SHOWN.findall(next(stream for stream in told if b" Tj" in stream)):
        if chosen:
            font = int(chosen) - 1
        else:
            codes = re.sub(rb"\\(.)", lambda found: ESCAPED.get(found[1], found[1]), shown, flags=re.DOTALL)
            lines.append("".join(letters[font][codes[at : at + 2]] for at in range(0, len(codes), 2)))
    return "\n".join(lines)


def _letters(cmap: bytes) -> dict[bytes, str]:
    pairs = re.findall(rb"^<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>$", cmap, re.MULTILINE)
    return {bytes.fromhex(code.decode()): bytes.fromhex(letter.decode()).decode("utf-16-be") for code, letter in pairs}


def facts(pdf: bytes) -> bytes:
    """What the file says of itself: its information dictionary."""
    number = re.search(rb"/Info (\d+) 0 R", pdf)
    assert number
    found = re.search(rb"\n" + number[1] + rb" 0 obj\n(.*?)\nendobj", pdf, re.DOTALL)
    assert found
    return found[1]


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(rb"/Type /Page\b", pdf))
