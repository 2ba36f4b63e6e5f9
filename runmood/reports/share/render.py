"""The page in characters: every word that leaves, to be read before it does."""

from __future__ import annotations

import datetime as dt
import textwrap
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.reports.share.chart import LETTERS, TONES, WIDTH, draw
from runmood.reports.share.pdf_canvas import BOTTOM, STRONG, WIDE, PdfCanvas, Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from runmood.reports.models import Grid
    from runmood.reports.share.models import Block, Picture, SharedPage, Tally


def as_text(page: SharedPage, width: int = 80) -> str:
    """All that leaves, no line of sentences longer than the width."""
    parts = [
        _wrapped("\n".join(filter(None, (page.title, page.period, page.made_by, page.invented))), width),
        *([_block(page.question, width)] if page.question else []),
        _picture(page.picture, width),
        *(_tally(tally, width) for tally in page.tallies),
        *(_block(block, width) for block in page.blocks),
        _block(page.quality, width),
        _wrapped(page.statement, width),
    ]
    return "\n\n".join(parts)


def _wrapped(words: str, width: int, indent: str = "") -> str:
    lines = (textwrap.fill(line, width, initial_indent=indent, subsequent_indent=indent) for line in words.split("\n"))
    return "\n".join(lines)


def _block(block: Block, width: int) -> str:
    items = (_wrapped("\n".join(filter(None, (item.title, item.words))), width, "  ") for item in block.items)
    return "\n".join((block.heading, *items))


def _tally(tally: Tally, width: int) -> str:
    longest = max((len(row.title) for row in tally.rows), default=0)
    rows = (f"  {row.title:{longest}}  {row.words}" for row in tally.rows)
    return "\n".join((tally.heading, *rows, _wrapped(tally.note, width, "  ")))


def _picture(picture: Picture, width: int) -> str:
    words = "\n".join(filter(None, (picture.sentence, picture.caption, picture.shows)))
    return "\n".join((picture.heading, _wrapped(words, width, "  "), *_grid(picture.grid)))


def _grid(grid: Grid) -> Iterator[str]:
    wide = [max(map(len, column)) for column in zip(grid.columns, *grid.rows, strict=True)]
    for row in (grid.columns, *grid.rows):
        yield "  " + "  ".join(cell.ljust(size) for cell, size in zip(row, wide, strict=True)).rstrip()


# --- The page as PDF: one sheet of A4, its letters inside, nothing told of who, when or with what it was made.

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
CARRIES = Style(0.86, bold=True)
TOO_MUCH = (
    "This is more than one A4 page holds with letters that one can read. Leave out a note, a goal or a finding, or "
    "shorten the question."
)


def as_pdf(page: SharedPage) -> bytes:
    """The sheet; the same page gives the same bytes. UserError where it does not fit."""
    pdf = fitting(page)[0].pdf
    pdf.set_title(f"{page.title}, {page.period}")
    pdf.set_lang(page.say.language)
    pdf.set_producer("")
    # A PDF tells when it was made. The last day told of is on the page anyway, and tells nothing more.
    pdf.set_creation_date(dt.datetime.combine(page.last, dt.time(), dt.UTC))
    return bytes(pdf.output())


def fitting(page: SharedPage) -> tuple[PdfCanvas, float, float]:
    """The sheet with the largest letters that fit, how large they are, and how high the picture is."""
    for size, high in SIZES:
        paper = _written(page, size, high)
        if paper.y <= BOTTOM:
            return paper, size, high
    raise UserError(TOO_MUCH)


def letters_lacking(page: SharedPage) -> str:
    """A sentence on the letters that the PDF cannot show; empty where it has all."""
    had = PdfCanvas(SIZES[0][0]).letters
    told = dict.fromkeys(as_text(page))  # in the order in which one meets them
    lacking = [letter for letter in told if ord(letter) not in had and not letter.isspace()]
    return page.say("shared.letters_lacking", letters=lacking) if lacking else ""


def _written(page: SharedPage, size: float, high: float) -> PdfCanvas:
    paper = PdfCanvas(size)
    _head(paper, page)
    if page.question:
        _question(paper, page.question)
    _heading(paper, page.picture.heading)
    paper.words(page.picture.sentence)
    paper.space(0.4)
    paper.draw(draw(page.say, page.picture.course, high), high)
    if page.picture.caption:
        paper.words(page.picture.caption, SMALL)
    _tallies(paper, page.tallies)
    for block in page.blocks:
        _block_pdf(paper, block)
    _foot(paper, page)
    return paper


def _head(paper: PdfCanvas, page: SharedPage) -> None:
    paper.words(page.title, TITLE)
    paper.words(page.period, PERIOD)
    paper.words(page.made_by, SOFT)
    if page.invented:
        paper.words(page.invented, STRONG)


def _heading(paper: PdfCanvas, words: str) -> None:
    paper.space(0.75)
    paper.words(words, HEADING)


def _question(paper: PdfCanvas, question: Block) -> None:
    paper.space(0.6)
    since = paper.y
    paper.words(question.heading, ASKING, x=4, wide=WIDE - 4)
    for item in question.items:
        paper.words(item.words, ASKED, x=4, wide=WIDE - 4)
    paper.rule(since)


def _tallies(paper: PdfCanvas, tallies: tuple[Tally, ...]) -> None:
    """Counts side by side."""
    top, ends = paper.y, []
    wide = (WIDE - GAP * (len(tallies) - 1)) / len(tallies)
    for number, tally in enumerate(tallies):
        paper.y, x = top, number * (wide + GAP)
        paper.space(0.75)
        paper.words(tally.heading, HEADING, x=x, wide=wide)
        for row in tally.rows:
            paper.row(row.title, row.words, x=x, wide=wide)
        paper.words(tally.note, SMALL, x=x, wide=wide)
        ends.append(paper.y)
    paper.y = max(ends)


def _block_pdf(paper: PdfCanvas, block: Block) -> None:
    _heading(paper, block.heading)
    for number, item in enumerate(block.items):
        paper.space((0.1 if block.beside else 0.3) if number else 0)
        top = paper.y
        paper.words(item.title, STRONG, wide=BESIDE - 4 if block.beside else WIDE)
        if block.beside:
            below, paper.y = paper.y, top
            paper.words(item.words, x=BESIDE, wide=WIDE - BESIDE)
            paper.y = max(paper.y, below)
        else:
            paper.words(item.words)


def _foot(paper: PdfCanvas, page: SharedPage) -> None:
    """How far it carries and what it is not, at the foot of the sheet."""
    paper.space(0.75)
    told = [*(item.words for item in page.quality.items), page.statement]
    high = sum(paper.height(words, SMALL) for words in (page.quality.heading, *told)) + 2.5
    paper.y = max(paper.y, BOTTOM - high)
    paper.line()
    paper.y += 1.5
    paper.words(page.quality.heading, CARRIES)
    for words in told:
        paper.words(words, SMALL)


# --- The page as one HTML file that prints on one A4 page: all of it inside, no script, nothing fetched.

PRINTED = 0.97  # of the size on the sheet: browsers break lines a little otherwise


def as_html(page: SharedPage) -> str:
    """The file, complete; every word from outside is escaped. UserError where one page cannot hold it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - a tenth of a second

    _, size, high = fitting(page)
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
