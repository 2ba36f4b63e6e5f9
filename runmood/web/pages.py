"""The answers: pages from our templates, the stylesheet, the way to another page. All carry the guard's headers."""

from __future__ import annotations

import tomllib
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from runmood.web import items
from runmood.web.guard import HEADERS, SUMMARY_POLICY

if TYPE_CHECKING:
    import datetime as dt

_ROOM = Path(__file__).parent
_MESSAGES = {
    HTTPStatus.BAD_REQUEST: "This page answers only to this computer. Open it as http://127.0.0.1 with its port.",
    HTTPStatus.FORBIDDEN: "This form did not come from our own page, so nothing was stored.",
    HTTPStatus.NOT_FOUND: "There is no page at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This page cannot be used in that way.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is more than a check-in can hold, so nothing was stored.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "This did not come from the check-in form, so nothing was stored.",
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        "Something went wrong inside runmood. Everything stored before is safe; "
        "the window in which runmood was started says what it was."
    ),
}


def _long_date(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


_TEMPLATES = Environment(
    loader=FileSystemLoader(_ROOM / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)
_TEMPLATES.filters["long_date"] = _long_date
_TEMPLATES.globals["items"] = items


def page(name: str, status: int = HTTPStatus.OK, **words: Any) -> HTMLResponse:  # noqa: ANN401 - whatever it shows
    """The page of that template."""
    text = _TEMPLATES.get_template(f"{name}.html").render(**words)
    return HTMLResponse(text, status, HEADERS)


def message(status: int) -> HTMLResponse:
    """A kind sentence in place of a page that cannot be given."""
    sentence = _MESSAGES.get(HTTPStatus(status), "This could not be done.")
    return page("message", status, sentence=sentence)


def summary(text: str) -> HTMLResponse:
    """The summary as it was written; its styles stand inside it."""
    return HTMLResponse(text, headers=HEADERS | {"Content-Security-Policy": SUMMARY_POLICY})


def stylesheet() -> Response:
    """The look of every page."""
    return Response((_ROOM / "static" / "runmood.css").read_bytes(), media_type="text/css", headers=HEADERS)


def way_to(path: str) -> Response:
    """Sends the browser on to a page of ours, so that loading it again stores nothing twice."""
    return Response(status_code=HTTPStatus.SEE_OTHER, headers=HEADERS | {"Location": path})


def support() -> HTMLResponse:
    """Who is there to listen, by country, from the dated file that anyone may mend."""
    return page("support", **tomllib.loads((_ROOM / "support.toml").read_text(encoding="utf-8")))
