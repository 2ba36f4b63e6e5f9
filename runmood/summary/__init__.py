"""A person's diary in, a summary in words and charts out; then the same words for the terminal or as one page.

    period_named(kind, when, today) -> Period    a week, a month, a year, all, or the last six weeks
    new_since(period) -> date | None       the first day that counts as new on its page
    spoken(language, units) -> Speech      how all of this speaks to a person
    summarise(diary) -> Summary
    as_text(summary, width=80) -> str      plain characters, no line longer than the width (40 at least)
    as_page(summary) -> str                one HTML file with its styles and charts inside; no script, no request
    as_markdown(summary) -> str            headings, lists and tables
    describe_run(frames, say) -> RunView    one run in words and small charts; run_as_text(view, width) lays it out
    findings_as_text(say, findings, remarks, as_of, width)     every question, and what the person says of it
    why_as_text(say, asked, width)         one question with its evidence

All words are made in `summarise`; the layouts lay them out. Nothing is said of cause, of illness, or in judgement.
"""

from runmood.summary.asked import Asked, findings_as_text, told_as_one, why_as_text
from runmood.summary.compose import summarise
from runmood.summary.diary import Diary
from runmood.summary.layouts import as_markdown, as_page, as_text
from runmood.summary.one_run import RunView, describe_run, run_as_text
from runmood.summary.parts import Also, Answer
from runmood.summary.period import Kind, Period, period_named
from runmood.summary.whole import Summary
from runmood.summary.words import spoken
from runmood.summary.words.news import new_since

__all__ = [
    "Also",
    "Answer",
    "Asked",
    "Diary",
    "Kind",
    "Period",
    "RunView",
    "Summary",
    "as_markdown",
    "as_page",
    "as_text",
    "describe_run",
    "findings_as_text",
    "new_since",
    "period_named",
    "run_as_text",
    "spoken",
    "summarise",
    "told_as_one",
    "why_as_text",
]
