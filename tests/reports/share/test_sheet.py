"""The sheet of A4: one page, nothing cut, something drawn, words that can be selected."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl
import pytest
from reports.diaries import full_year
from reports.share import pdf_read
from reports.share.german import german_page
from reports.share.given import PERIODS, QUESTION, SHARED, choice, material, page, with_energy

from runmood.core.errors import UserError
from runmood.reports.share.chart import LETTERS, Bar, Dot, Label, Line, draw
from runmood.reports.share.content import compose
from runmood.reports.share.pdf_canvas import LETTER, MM_A_POINT, WIDE, PdfCanvas
from runmood.reports.share.render import as_html, as_pdf, as_text, format_missing_letters

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser

    from runmood.reports.share.models import SharedPage


POPPLER = shutil.which("pdftoppm")
needs_poppler = pytest.mark.skipif(POPPLER is None, reason="poppler is not installed: apt-get install poppler-utils")
DOTS = 100 / 25.4  # a mm
EUROPE = "Ærø · Żółw · Čeština · Íslenska · Ελληνικά · Български · Ўзбек · Türkçe · Ἀθῆναι · “—…”"
FULL: dict[str, Any] = {
    "findings": ("B1", "B2", "A1"), "goals": ("0a1b", "1b2c"), "notes": ("a1b2", "d4e5"),
    "include": ("distance", "pace", "kinds", "reasons", "sleep", "stress"), "question": f"{QUESTION} " * 4,
    "name": "Robin",
}  # fmt: skip


def pixels(pdf: bytes, folder: Path) -> np.ndarray[Any, Any]:
    """The first page as grey values, 100 dots an inch."""
    (folder / "page.pdf").write_bytes(pdf)
    command = [str(POPPLER), "-gray", "-r", "100", "-singlefile", str(folder / "page.pdf"), str(folder / "page")]
    subprocess.run(command, check=True, capture_output=True)
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", content := (folder / "page.pgm").read_bytes())
    assert head
    return np.frombuffer(content[head.end() :], np.uint8).reshape(int(head[2]), int(head[1]))


def one_line(words: str) -> str:
    """The words without line breaks, and with one kind of space."""
    return " ".join(words.split())


@pytest.mark.parametrize(
    ("begin", "page_of"), [("twelve weeks", page), ("all of it", page), ("all of it", german_page)]
)
@pytest.mark.parametrize("home", SHARED)
def test_every_home_fits_one_page(home: str, begin: str, page_of: Callable[..., SharedPage]) -> None:
    """Empty, quiet, ill for a year or ten years long: one sheet, with every word of the preview on it."""
    told = page_of(SHARED[home](), first=PERIODS[begin])
    pdf = as_pdf(told)
    assert pdf_read.pages(pdf) == 1
    on_it = one_line(pdf_read.words(pdf))
    for sentence in (told.period, told.made_by, told.picture.sentence, told.statement):
        assert one_line(sentence) in on_it


@pytest.mark.parametrize("page_of", [page, german_page])
def test_all_that_can_be_chosen_fits_one_page(page_of: Callable[..., SharedPage]) -> None:
    """Three findings, goals, notes, a question as long as may be, and all that can be included: still one sheet."""
    told = page_of(with_energy(full_year()), **FULL)
    pdf = as_pdf(told)
    assert pdf_read.pages(pdf) == 1
    on_it = one_line(pdf_read.words(pdf))
    for block in told.blocks:
        assert block.heading in on_it
        assert all(one_line(item.words) in on_it for item in block.items)


def test_a_figure_is_not_torn_from_its_unit() -> None:
    """A line of the sheet ends between words, and not within a pace or a share."""
    lines = pdf_read.words(as_pdf(german_page(with_energy(full_year()), **FULL))).split("\n")
    assert "6:00\xa0/km über alle Läufe." in lines
    assert not [line for line in lines if re.match(r"%|/km", line)]


def test_what_does_not_fit_is_said() -> None:
    """Where letters would have to be too small to read, a sentence says what may be left out; nothing is cut off."""
    told = page(full_year(), **FULL)
    with pytest.raises(UserError, match="Leave out a note, a goal or a finding"):
        as_pdf(replace(told, blocks=told.blocks * 3))


def test_letters_of_europe_are_inside() -> None:
    """Any European language can be written and selected; of other letters the person is told."""
    told = page(full_year(), question=EUROPE)
    assert EUROPE in " ".join(pdf_read.words(as_pdf(told)).split())
    assert format_missing_letters(told) == ""
    japanese = page(full_year(), question="走る 🏃")
    assert format_missing_letters(japanese).startswith("The PDF has no letter for 走, る and 🏃")
    assert "\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER} \N{REPLACEMENT CHARACTER}" in pdf_read.words(
        as_pdf(japanese)
    )
    assert "走る 🏃" in as_html(japanese)


@needs_poppler
@pytest.mark.parametrize("page_of", [page, german_page])
@pytest.mark.parametrize("home", ["energy too", "a year of illness", "nothing at all", "ten years", "one run"])
def test_the_sheet_as_pixels(home: str, page_of: Callable[..., SharedPage], tmp_path: Path) -> None:
    """A4, dark on white; the picture has ink, and no ink comes near the edges."""
    grey = pixels(as_pdf(page_of(SHARED[home]())), tmp_path)
    assert grey.shape in {(1170, 827), (1169, 827)}
    assert 0.01 < (grey < 128).mean() < 0.2
    margin = int(9 * DOTS)
    inside = np.zeros(grey.shape, bool)
    inside[margin:-margin, margin:-margin] = True
    assert (grey[~inside] == 255).all()
    assert (grey[int(60 * DOTS) : int(140 * DOTS)] < 200).sum() > 400


@needs_poppler
def test_the_lines_of_the_picture_are_there(tmp_path: Path) -> None:
    """Mood is drawn: without ratings the same rows of pixels hold far less ink."""
    told = with_energy(full_year())
    none = replace(told, days=told.days.with_columns(mood_evening=None, energy_evening=None).cast(told.days.schema))
    rows = slice(int(55 * DOTS), int(100 * DOTS))
    with_mood, without = (
        (pixels(as_pdf(page(each)), tmp_path)[rows] < 150).sum()
        for each in (told, replace(none, findings=told.findings))
    )
    assert with_mood > 3 * without


@needs_poppler
def test_it_reads_in_greys(tmp_path: Path) -> None:
    """Mood, energy and marks differ by form, so that a grey print says as much: all are dark enough on white."""
    grey = pixels(as_pdf(page(with_energy(full_year()))), tmp_path)
    assert (grey < 115).sum() > 5000


def test_each_kind_of_day_has_a_mark_of_its_own() -> None:
    """Runs are discs, planned rest rings, missed runs crosses, illness bars; each as many as the row says."""
    given = material(with_energy(full_year()))
    ill = given.days["local_date"].to_list()[-5:-2]
    tags = given.days.with_columns(
        day_kind=pl.when(pl.col("local_date").is_in(ill)).then(pl.lit("ill_or_injured")).otherwise("day_kind")
    )
    told = compose(replace(given, days=tags), choice(given))
    shapes, lanes = draw(told.say, told.picture.course, 68.0), dict(told.picture.course.lanes)
    assert sum(isinstance(shape, Dot) and shape.hollow for shape in shapes) == lanes["rest"]
    assert sum(isinstance(shape, Dot) and not shape.hollow and shape.tone == "ink" for shape in shapes) == lanes["runs"]
    crosses = [shape for shape in shapes if isinstance(shape, Line) and shape.tone == "ink"]
    assert len(crosses) == 2 * lanes["missed"]
    assert sum(isinstance(shape, Bar) for shape in shapes) == lanes["ill"] == 3


def test_a_line_breaks_where_too_little_is_rated() -> None:
    """Where fewer than three of seven days are rated, no line is drawn across."""
    given = material(full_year())
    quiet = given.days["local_date"].to_list()[-50:-30]
    days = given.days.with_columns(pl.when(~pl.col("local_date").is_in(quiet)).then(pl.col("mood_evening")))
    broken = compose(replace(given, days=days), choice(given))
    shapes = draw(broken.say, broken.picture.course, 68.0)
    strokes = [shape for shape in shapes if isinstance(shape, Line) and shape.tone == "accent"]
    assert len(strokes) == 2 + 1  # two stretches, and the one in the key


def test_the_picture_has_a_sentence_and_a_table() -> None:
    """Who cannot see the picture hears a sentence and finds a table of it, in the preview and in the HTML."""
    told = page(full_year())
    assert f'aria-label="{told.picture.sentence}"' in as_html(told)
    assert '<th scope="row">31 August 2026</th>' in as_html(told)
    assert "31 August 2026" in as_text(told)


@needs_poppler
@pytest.mark.parametrize("page_of", [page, german_page])
def test_the_fullest_sheet_as_pixels(page_of: Callable[..., SharedPage], tmp_path: Path) -> None:
    """However much was chosen, nothing comes near the edges."""
    grey = pixels(as_pdf(page_of(with_energy(full_year()), **FULL)), tmp_path)
    assert (grey[-int(11 * DOTS) :] == 255).all()
    assert (grey[:, : int(13 * DOTS)] == 255).all()
    assert (grey[:, -int(12 * DOTS) :] == 255).all()


@pytest.mark.parametrize("home", ["energy too", "ten years"])
@pytest.mark.parametrize("page_of", [page, german_page])
def test_names_have_room_in_the_picture(page_of: Callable[..., SharedPage], home: str) -> None:
    """The names of rows, scales, lines and days stand on the sheet, and none runs into another."""
    told = page_of(with_energy(SHARED[home]()), first=PERIODS["all of it"] if home == "ten years" else None)
    lines: dict[float, list[tuple[float, float]]] = {}
    paper = PdfCanvas(10.0)
    paper.pdf.set_font(LETTER, "", LETTERS / MM_A_POINT)
    for shape in draw(told.say, told.picture.course, 68.0):
        if isinstance(shape, Label):
            wide = paper.pdf.get_string_width(shape.words)
            left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.anchor]
            lines.setdefault(shape.y, []).append((left, left + wide))
    for names in lines.values():
        ends = [0.0, *(end for name in sorted(names) for end in name), WIDE]
        assert ends == sorted(ends)


@pytest.mark.parametrize("told", ["all", "all in German", "plain", "ten years"])
def test_the_html_prints_on_one_page_and_fits_a_phone(chromium: Browser, told: str, tmp_path: Path) -> None:
    """Printed from a browser it is one A4 page; at 390 px nothing is wider than the screen; nothing is asked for."""
    made: dict[str, SharedPage] = {
        "all": page(with_energy(full_year()), **FULL),
        "all in German": german_page(with_energy(full_year()), **FULL),
        "plain": page(full_year()),
        "ten years": page(SHARED["ten years"](), first=PERIODS["all of it"]),
    }
    file = tmp_path / "page.html"
    file.write_text(as_html(made[told]), encoding="utf-8")
    view = chromium.new_page(viewport={"width": 390, "height": 844})
    asked: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.goto(file.as_uri())
    assert view.evaluate("document.documentElement.scrollWidth") == 390
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()]
    assert pdf_read.pages(view.pdf(prefer_css_page_size=True)) == 1
    view.close()
