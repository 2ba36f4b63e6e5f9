"""One summary, three layouts: for a terminal, as a page, as Markdown. No layout has words of its own."""

from runmood.summary.layouts.markdown import as_markdown
from runmood.summary.layouts.page import as_page
from runmood.summary.layouts.text import as_text

__all__ = ["as_markdown", "as_page", "as_text"]
