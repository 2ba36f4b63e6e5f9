"""The page as one HTML file that prints on one A4 page: all of it inside, no script, nothing fetched."""

from __future__ import annotations

from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING

from runmood.summary.share.layouts.pdf import fitting
from runmood.summary.share.picture.draw import WIDTH, draw
from runmood.summary.share.picture.shapes import LETTERS, TONES

if TYPE_CHECKING:
    from runmood.summary.share.parts import SharedPage

PRINTED = 0.97  # of the size on the sheet: browsers break lines a little otherwise


def as_html(page: SharedPage) -> str:
    """The file, complete; every word from outside is escaped. CannotBeDoneError where one page cannot hold it."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - a tenth of a second

    _, size, high = fitting(page)
    environment = Environment(
        loader=PackageLoader("runmood.summary.share"), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    return environment.get_template("shared.html.j2").render(
        page=page, shapes=draw(page.say, page.picture.course, high), high=high, wide=WIDTH, tones=TONES,
        letters=LETTERS, points=round(size * PRINTED, 2), fonts={400: _font("Regular"), 700: _font("Bold")},
    )  # fmt: skip


def _font(name: str) -> str:
    content = files("runmood.summary.share").joinpath("fonts", f"NotoSans-{name}.ttf").read_bytes()
    return b64encode(content).decode("ascii")
