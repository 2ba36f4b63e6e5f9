"""Lay out a shared page as text, as PDF and as HTML."""

from __future__ import annotations

import datetime as dt
import textwrap
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.reports.share.chart import LETTERS, TONES, WIDTH, draw
from runmood.reports.share.pdf_canvas import BOTTOM, STRONG, WIDE, PdfCanvas, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.reports.models import Grid
    from runmood.reports.share.models import Block, Picture, SharedPage, Tally


SIZES = (
    (10.0, 84.0),
    (9.6, 68.0),
    (9.2, 62.0),
    (8.8, 56.0),
    (8.4, 50.0),
    (8.0, 46.0),
    (7.6, 42.0),
)  # letters in pt, picture in mm
GAP, BESIDE = 8.0, 54.0  # mm: between columns, and to words beside a title
TITLE, PERIOD, HEADING = (
    Style(1.9, bold=True, tone="accent"),
    Style(1.15, bold=True),
    Style(1.12, bold=True, tone="accent"),
)
ASKING, ASKED, SOFT, SMALL = Style(bold=True, tone="accent"), Style(1.12), Style(tone="soft"), Style(0.86, tone="soft")
QUALITY_HEADING = Style(0.86, bold=True)
PRINTED = 0.97  # of the size on the sheet: browsers break lines a little otherwise


def as_text(page: SharedPage, width: int = 80) -> str:
    """Return all that leaves as text, no line of sentences longer than the width."""
    parts = [
        _wrap("\n".join(filter(None, (page.title, page.period, page.made_by, page.invented))), width),
        *([_block_text(page.question, width)] if page.question else []),
        _picture_text(page.picture, width),
        *(_tally_text(tally, width) for tally in page.tallies),
        *(_block_text(block, width) for block in page.blocks),
        _block_text(page.quality, width),
        _wrap(page.statement, width),
    ]
    return "\n\n".join(parts)


def _wrap(words: str, width: int, indent: str = "") -> str:
    lines = (textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent) for line in words.split("\n"))
    return "\n".join(lines)


def _block_text(block: Block, width: int) -> str:
    items = (_wrap("\n".join(filter(None, (item.title, item.words))), width, "  ") for item in block.items)
    return "\n".join((block.heading, *items))


def _tally_text(tally: Tally, width: int) -> str:
    longest = max((len(row.title) for row in tally.rows), default=0)
    rows = (f"  {row.title:{longest}}  {row.words}" for row in tally.rows)
    return "\n".join((tally.heading, *rows, _wrap(tally.note, width, "  ")))


def _picture_text(picture: Picture, width: int) -> str:
    words = "\n".join(filter(None, (picture.sentence, picture.caption, picture.shows)))
    return "\n".join((picture.heading, _wrap(words, width, "  "), *_grid_lines(picture.grid)))


def _grid_lines(grid: Grid) -> Iterator[str]:
    wide = [max(map(len, column)) for column in zip(grid.columns, *grid.rows, strict=True)]
    for row in (grid.columns, *grid.rows):
        yield "  " + "  ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()


def as_pdf(page: SharedPage) -> bytes:
    """Return the page as PDF, one A4 sheet, the same bytes each time; UserError where it does not fit."""
    pdf = fit_page(page)[0].pdf
    pdf.set_title(f"{page.title}, {page.period}")
    pdf.set_lang(page.say.language)
    pdf.set_producer("")
    # A PDF holds when it was made; the last day of the page stands on it anyway, and gives nothing more away.
    pdf.set_creation_date(dt.datetime.combine(page.last, dt.time(), dt.UTC))
    return bytes(pdf.output())


def fit_page(page: SharedPage) -> tuple[PdfCanvas, float, float]:
    """Draw the page with the largest letters that fit on one sheet.

    Args:
        page: the page.

    Returns:
        The sheet, the size of its letters (points), and the height of the picture (mm).

    Raises:
        UserError: the page does not fit with the smallest letters.
    """
    for size, high in SIZES:
        canvas = _draw_page(page, size, high)
        if canvas.y <= BOTTOM:
            return canvas, size, high
    raise UserError(message("error.share.too_much"))


def format_missing_letters(page: SharedPage) -> str:
    """Write which letters the PDF cannot show; empty where it has all."""
    had = PdfCanvas(SIZES[0][0]).letters
    letters = dict.fromkeys(as_text(page))  # in the order in which one meets them
    lacking = [letter for letter in letters if ord(letter) not in had and not letter.isspace()]
    return page.say("shared.letters_lacking", letters=lacking) if lacking else ""


def _draw_page(page: SharedPage, size: float, high: float) -> PdfCanvas:
    canvas = PdfCanvas(size)
    _draw_head(canvas, page)
    if page.question:
        _draw_question(canvas, page.question)
    _draw_heading(canvas, page.picture.heading)
    canvas.words(page.picture.sentence)
    canvas.space(0.4)
    canvas.draw(draw(page.say, page.picture.course, high), high)
    if page.picture.caption:
        canvas.words(page.picture.caption, SMALL)
    _draw_tallies(canvas, page.tallies)
    for block in page.blocks:
        _draw_block(canvas, block)
    _draw_foot(canvas, page)
    return canvas


def _draw_head(canvas: PdfCanvas, page: SharedPage) -> None:
    canvas.words(page.title, TITLE)
    canvas.words(page.period, PERIOD)
    canvas.words(page.made_by, SOFT)
    if page.invented:
        canvas.words(page.invented, STRONG)


def _draw_heading(canvas: PdfCanvas, words: str) -> None:
    canvas.space(0.75)
    canvas.words(words, HEADING)


def _draw_question(canvas: PdfCanvas, question: Block) -> None:
    canvas.space(0.6)
    since = canvas.y
    canvas.words(question.heading, ASKING, x=4, wide=WIDE - 4)
    for item in question.items:
        canvas.words(item.words, ASKED, x=4, wide=WIDE - 4)
    canvas.rule(since)


def _draw_tallies(canvas: PdfCanvas, tallies: tuple[Tally, ...]) -> None:
    """Draw counts side by side."""
    top, ends = canvas.y, []
    wide = (WIDE - GAP * (len(tallies) - 1)) / len(tallies)
    for number, tally in enumerate(tallies):
        canvas.y, x = top, number * (wide + GAP)
        canvas.space(0.75)
        canvas.words(tally.heading, HEADING, x=x, wide=wide)
        for row in tally.rows:
            canvas.row(row.title, row.words, x=x, wide=wide)
        canvas.words(tally.note, SMALL, x=x, wide=wide)
        ends.append(canvas.y)
    canvas.y = max(ends)


def _draw_block(canvas: PdfCanvas, block: Block) -> None:
    _draw_heading(canvas, block.heading)
    for number, item in enumerate(block.items):
        canvas.space((0.1 if block.beside else 0.3) if number else 0)
        top = canvas.y
        canvas.words(item.title, STRONG, wide=BESIDE - 4 if block.beside else WIDE)
        if block.beside:
            below, canvas.y = canvas.y, top
            canvas.words(item.words, x=BESIDE, wide=WIDE - BESIDE)
            canvas.y = max(canvas.y, below)
        else:
            canvas.words(item.words)


def _draw_foot(canvas: PdfCanvas, page: SharedPage) -> None:
    """Draw data quality and the statement at the foot of the sheet."""
    canvas.space(0.75)
    paragraphs = [*(item.words for item in page.quality.items), page.statement]
    high = sum(canvas.height(words, SMALL) for words in (page.quality.heading, *paragraphs)) + 2.5
    canvas.y = max(canvas.y, BOTTOM - high)
    canvas.line()
    canvas.y += 1.5
    canvas.words(page.quality.heading, QUALITY_HEADING)
    for words in paragraphs:
        canvas.words(words, SMALL)


def as_html(page: SharedPage) -> str:
    """Return the page as one HTML file, words escaped, printing on one A4 page; UserError as for a PDF."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - a tenth of a second

    _, size, high = fit_page(page)
    environment = Environment(
        loader=PackageLoader("runmood.reports.share"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("shared.html.j2").render(
        page=page, shapes=draw(page.say, page.picture.course, high), high=high, wide=WIDTH, tones=TONES,
        letters=LETTERS, points=round(size * PRINTED, 2), fonts={400: _font("Regular"), 700: _font("Bold")},
    )  # fmt: skip


def _font(name: str) -> str:
    content = files("runmood.reports.share").joinpath("fonts", f"NotoSans-{name}.ttf").read_bytes()
    return b64encode(content).decode("ascii")
