"""A person's diary in, a summary in words and charts out; then the same words for the terminal or as one page.

    summarise(diary) -> Summary
    as_text(summary, width=80) -> str      plain characters, no line longer than the width (40 at least)
    as_page(summary) -> str                one HTML file with its styles and charts inside; no script, no request

All words are made in `summarise`; the two others lay them out. Nothing is said of cause, of illness, or in judgement.
"""

from runmood.summary.compose import summarise
from runmood.summary.diary import Diary
from runmood.summary.page import as_page
from runmood.summary.parts import Summary
from runmood.summary.text import as_text

__all__ = ["Diary", "Summary", "as_page", "as_text", "summarise"]
