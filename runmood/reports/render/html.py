"""Lay out a summary as one HTML file: styles and charts inside, no script, nothing fetched."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from runmood.core.theme import colours

if TYPE_CHECKING:
    from jinja2 import Template

    from runmood.reports.summary_model import Summary


def as_page(summary: Summary) -> str:
    """Return the page; every word from outside is escaped."""
    return _template().render(summary=summary, colours=colours())


@cache
def _template() -> Template:
    """Load the template, once."""
    # Jinja2 takes a tenth of a second to load, which a summary on the terminal need not wait for.
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - see above

    environment = Environment(
        loader=PackageLoader("runmood.reports.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")
