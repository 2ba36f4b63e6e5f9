"""An address as a square that a phone's camera reads."""

from __future__ import annotations

import io

import segno

SCALE = 6


def as_svg(address: str) -> str:
    """The square as SVG, dark on light whatever the page's colours: a camera wants it so."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, scale=SCALE, dark="#000000", light="#ffffff", svgclass="qr",
        lineclass=None, title="QR",
    )  # fmt: skip
    return drawn.getvalue().decode()


def as_text(address: str) -> str:
    """The square in characters for a terminal."""
    drawn = io.StringIO()
    segno.make(address, error="m").terminal(drawn, compact=True)
    return drawn.getvalue()
