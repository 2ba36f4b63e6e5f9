"""Write on a sheet of A4: paragraphs, rows and shapes, each below the one before."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Literal

from fpdf import FPDF
from fpdf.fonts import TTFFont

from runmood.reports.share.chart import LETTERS, TONES, Bar, Dot, Label, Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from runmood.reports.share.chart import Shape, Tone


MARGIN, WIDE, BOTTOM = 14.0, 182.0, 285.0  # mm
LETTER, MM_A_POINT = "NotoSans", 0.3528
LEADING = 1.36
BASE = 0.72  # of a line, from above: where letters stand
PIECE = 20  # letters
UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # stands for a letter that the sheet has not


@dataclass(frozen=True, slots=True)
class Style:
    """How words are set: size relative to the sheet, weight, tone."""

    scale: float = 1.0
    bold: bool = False
    tone: Tone = "ink"


PLAIN, STRONG = Style(), Style(bold=True)


class PdfCanvas:
    """A sheet that is filled from the top; `y` is how far down it is filled (mm)."""

    def __init__(self, size: float) -> None:
        """Start a blank sheet with letters of `size` points."""
        self.size, self.y = size, MARGIN - 2
        self.pdf = FPDF(unit="mm", format="A4")
        self.pdf.set_auto_page_break(auto=False)
        with as_file(files("runmood.reports.share") / "fonts") as fonts:
            for style, name in (("", "Regular"), ("B", "Bold")):
                self.pdf.add_font(LETTER, style, fonts / f"NotoSans-{name}.ttf")
        self.pdf.add_page()
        known = self.pdf.fonts[LETTER.lower()]
        self.letters = set(known.cmap) if isinstance(known, TTFFont) else set()

    def words(
        self, text: str, style: Style = PLAIN, *, x: float = 0.0, wide: float = WIDE, align: Literal["L", "R"] = "L"
    ) -> None:
        """Write a paragraph."""
        high = self._line_height(style)
        for line in self._break_lines(text, style, wide):
            back = wide - self.pdf.get_string_width(line) if align == "R" else 0.0
            self.pdf.text(MARGIN + x + back, self.y + high * BASE, line)
            self.y += high

    def height(self, text: str, style: Style = PLAIN) -> float:
        """Return the height that a paragraph would have (mm)."""
        return len(self._break_lines(text, style, WIDE)) * self._line_height(style)

    def _break_lines(self, text: str, style: Style, wide: float) -> list[str]:
        """Break the words into lines of at most `wide` mm; a word wider than a line is broken."""
        self._set_font(self.size * style.scale, style.tone, bold=style.bold)
        lines, room, space = [""], wide, self.pdf.get_string_width(" ")
        for word in self._break_words(self._replace_missing(text), wide):
            width = self.pdf.get_string_width(word)
            if lines[-1] and width + space > room:
                lines.append("")
                room = wide
            room -= width + (space if lines[-1] else 0.0)
            lines[-1] = f"{lines[-1]} {word}".lstrip()
        return lines

    def _break_words(self, text: str, wide: float) -> Iterator[str]:
        """Yield the words; one that is wider than a line in pieces of a few letters."""
        for word in filter(None, text.split(" ")):  # a space that holds its words together stays
            if self.pdf.get_string_width(word) <= wide:
                yield word
            else:
                yield from (word[at : at + PIECE] for at in range(0, len(word), PIECE))

    def _line_height(self, style: Style) -> float:
        return self.size * style.scale * MM_A_POINT * LEADING

    def row(self, left: str, right: str, *, x: float, wide: float) -> None:
        """Write a line with words on the left and a figure on the right."""
        y = self.y
        self.words(right, x=x, wide=wide, align="R")
        self.y = y
        self.words(left, x=x, wide=wide * 0.72)

    def space(self, lines: float) -> None:
        """Leave so many lines blank."""
        self.y += lines * self._line_height(PLAIN)

    def rule(self, since: float) -> None:
        """Draw a stroke along the left edge, from `since` down to here."""
        self._set_stroke("accent", 0.7)
        self.pdf.line(MARGIN, since, MARGIN, self.y)

    def line(self) -> None:
        """Draw a thin line across."""
        self._set_stroke("line", 0.2)
        self.pdf.line(MARGIN, self.y, MARGIN + WIDE, self.y)

    def draw(self, shapes: Iterable[Shape], height: float) -> None:
        """Draw a picture of a height (mm)."""
        for shape in shapes:
            self._draw_shape(shape)
        self.y += height

    def _draw_shape(self, shape: Shape) -> None:
        match shape:
            case Line():
                self._set_stroke(shape.tone, shape.width)
                self.pdf.set_dash_pattern(*(shape.dashes or (0, 0)))
                self.pdf.polyline([(MARGIN + x, self.y + y) for x, y in shape.points])
                self.pdf.set_dash_pattern()
            case Dot():
                self._set_stroke(shape.tone, 0.25)
                self.pdf.set_fill_color(TONES[shape.tone])
                style = "D" if shape.hollow else "F"
                self.pdf.circle(MARGIN + shape.x, self.y + shape.y, shape.radius, style)
            case Bar():
                self.pdf.set_fill_color(TONES[shape.tone])
                self.pdf.rect(MARGIN + shape.x, self.y + shape.y, shape.width, shape.height, "F")
            case Label():
                self._set_font(LETTERS / MM_A_POINT, shape.tone)
                wide = self.pdf.get_string_width(shape.words)
                back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
                self.pdf.text(MARGIN + shape.x - back, self.y + shape.y, shape.words)

    def _set_font(self, points: float, tone: Tone, *, bold: bool = False) -> None:
        self.pdf.set_font(LETTER, "B" if bold else "", points)
        self.pdf.set_text_color(TONES[tone])

    def _set_stroke(self, tone: Tone, width: float) -> None:
        self.pdf.set_draw_color(TONES[tone])
        self.pdf.set_line_width(width)

    def _replace_missing(self, text: str) -> str:
        """Replace each letter that the font lacks."""
        return "".join(letter if ord(letter) in self.letters else UNKNOWN for letter in text)
