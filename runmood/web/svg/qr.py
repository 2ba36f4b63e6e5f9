"""An address as a QR code, for a page or a terminal."""

from __future__ import annotations

import io

import segno

MODULE_PX = 6


def as_svg(address: str) -> str:
    """Return the code as SVG, black on white in every theme: cameras expect it so."""
    drawing = io.BytesIO()
    segno.make(address, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=False, scale=MODULE_PX, dark="#000000", light="#ffffff",
        svgclass="qr", lineclass=None, title="QR",
    )  # fmt: skip
    return drawing.getvalue().decode()


def as_text(address: str) -> str:
    """Return the code in block characters."""
    drawing = io.StringIO()
    segno.make(address, error="m").terminal(drawing, compact=True)
    return drawing.getvalue()
