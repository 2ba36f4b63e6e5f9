"""What a picture is drawn of, in millimetres from its left and top edge. All of it reads in greys too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Tone = Literal["ink", "soft", "line", "accent"]
Anchor = Literal["start", "middle", "end"]
TONES: dict[Tone, str] = {"ink": "#2c2925", "soft": "#665f55", "line": "#ddd3c3", "accent": "#17646a"}
LETTERS = 2.55  # how high the letters of a label are


@dataclass(frozen=True, slots=True)
class Line:
    """A stroke through points; `dashes` are the lengths of dash and gap."""

    points: tuple[tuple[float, float], ...]
    tone: Tone
    width: float
    dashes: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """A disc, or a ring where it is hollow."""

    x: float
    y: float
    radius: float
    tone: Tone
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    tone: Tone


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a base line at y, beginning, centred or ending at x."""

    x: float
    y: float
    words: str
    anchor: Anchor = "start"
    tone: Tone = "soft"


Shape = Line | Dot | Bar | Label
