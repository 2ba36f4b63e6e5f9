"""The menu of all pages, the summary, and the help lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from runmood.web.context import RenderContext, summary_response

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@dataclass(frozen=True, slots=True)
class MenuRoutes:
    """The pages that have no data of their own."""

    render: RenderContext

    def summary(self, request: Request) -> Response:
        """Show the summary as it was last written."""
        text = self.render.app.queries.summary()
        return self.render.page(request, "menu/no_summary") if text is None else summary_response(text)

    def support(self, request: Request) -> Response:
        """Show who is there to listen, by country."""
        return self.render.page(request, "menu/support", countries=self.render.app.help_lines())

    def more(self, request: Request) -> Response:
        """Show the pages that have no tab, with a sentence on each."""
        return self.render.page(request, "menu/more")
