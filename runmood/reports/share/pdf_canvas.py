"""A sheet of A4 with a pen on it: paragraphs, rows and shapes, each below the one before."""

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
    """How words are set: how large beside the sheet's own size, how dark, and in which tone."""

    scale: float = 1.0
    bold: bool = False
    tone: Tone = "ink"


PLAIN, STRONG = Style(), Style(bold=True)


class PdfCanvas:
    """A sheet on which is written from above; `y` is how far down it is written, in mm."""

    def __init__(self, size: float) -> None:
        """A blank sheet, with letters of so many points."""
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
        self, told: str, style: Style = PLAIN, *, x: float = 0.0, wide: float = WIDE, align: Literal["L", "R"] = "L"
    ) -> None:
        """A paragraph; the next one goes below it."""
        high = self._line(style)
        for line in self._lines(told, style, wide):
            back = wide - self.pdf.get_string_width(line) if align == "R" else 0.0
            self.pdf.text(MARGIN + x + back, self.y + high * BASE, line)
            self.y += high

    def height(self, told: str, style: Style = PLAIN) -> float:
        """How high a paragraph would be."""
        return len(self._lines(told, style, WIDE)) * self._line(style)

    def _lines(self, told: str, style: Style, wide: float) -> list[str]:
        """The words in lines that are not wider; a word wider than all is broken."""
        self._letters(self.size * style.scale, style.tone, bold=style.bold)
        lines, room, space = [""], wide, self.pdf.get_string_width(" ")
        for word in self._broken(self._known(told), wide):
            width = self.pdf.get_string_width(word)
            if lines[-1] and width + space > room:
                lines.append("")
                room = wide
            room -= width + (space if lines[-1] else 0.0)
            lines[-1] = f"{lines[-1]} {word}".lstrip()
        return lines

    def _broken(self, told: str, wide: float) -> Iterator[str]:
        """The words; one that is wider than a line in pieces of a few letters."""
        for word in filter(None, told.split(" ")):  # a space that holds its words together stays
            if self.pdf.get_string_width(word) <= wide:
                yield word
            else:
                yield from (word[at : at + PIECE] for at in range(0, len(word), PIECE))

    def _line(self, style: Style) -> float:
        return self.size * style.scale * MM_A_POINT * LEADING

    def row(self, left: str, right: str, *, x: float, wide: float) -> None:
        """A line with words on the left and a figure on the right."""
        y = self.y
        self.words(right, x=x, wide=wide, align="R")
        self.y = y
        self.words(left, x=x, wide=wide * 0.72)

    def space(self, lines: float) -> None:
        """Room of so many lines."""
        self.y += lines * self._line(PLAIN)

    def rule(self, since: float) -> None:
        """A stroke at the left edge, from there to here."""
        self._stroke("accent", 0.7)
        self.pdf.line(MARGIN, since, MARGIN, self.y)

    def line(self) -> None:
        """A thin line across."""
        self._stroke("line", 0.2)
        self.pdf.line(MARGIN, self.y, MARGIN + WIDE, self.y)

    def draw(self, shapes: Iterable[Shape], height: float) -> None:
        """A picture of that height; the next paragraph goes below it."""
        for shape in shapes:
            self._shape(shape)
        self.y += height

    def _shape(self, shape: Shape) -> None:
        match shape:
            case Line():
                self._stroke(shape.tone, shape.width)
                self.pdf.set_dash_pattern(*(shape.dashes or (0, 0)))
                self.pdf.polyline([(MARGIN + x, self.y + y) for x, y in shape.points])
                self.pdf.set_dash_pattern()
            case Dot():
                self._stroke(shape.tone, 0.25)
                self.pdf.set_fill_color(TONES[shape.tone])
                style = "D" if shape.hollow else "F"
                self.pdf.circle(MARGIN + shape.x, self.y + shape.y, shape.radius, style)
            case Bar():
                self.pdf.set_fill_color(TONES[shape.tone])
                self.pdf.rect(MARGIN + shape.x, self.y + shape.y, shape.width, shape.height, "F")
            case Label():
                self._letters(LETTERS / MM_A_POINT, shape.tone)
                wide = self.pdf.get_string_width(shape.words)
                back = {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
                self.pdf.text(MARGIN + shape.x - back, self.y + shape.y, shape.words)

    def _letters(self, points: float, tone: Tone, *, bold: bool = False) -> None:
        self.pdf.set_font(LETTER, "B" if bold else "", points)
        self.pdf.set_text_color(TONES[tone])

    def _stroke(self, tone: Tone, width: float) -> None:
        self.pdf.set_draw_color(TONES[tone])
        self.pdf.set_line_width(width)

    def _known(self, told: str) -> str:
        """The words with a sign for each letter that this sheet has not."""
        return "".join(letter if ord(letter) in self.letters else UNKNOWN for letter in told)
