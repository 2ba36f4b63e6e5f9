"""What a person chose of their notes in, one A4 page for a conversation out; the same choice gives the same page.

    period(days, first, last, today) -> (first, last)    the period meant; twelve weeks to the last notes if not told
    offered(material, choice) -> Offered       what may be chosen: findings, goals, notes, as they would stand there
    compose(material, choice) -> SharedPage    all the words and the picture; CannotBeDoneError where too much is chosen
    as_text(page, width) -> str                everything that leaves, to be read before it does
    as_html(page) -> str                       one file: letters, styles and picture inside; no script, no request
    as_pdf(page) -> bytes                      one A4 page: text to select, a drawn picture, letters inside
    letters_lacking(page) -> str               which letters the PDF cannot show, in a sentence; mostly empty

Of itself a page holds mood and energy with runs, planned rest, missed, ill and injured, what helped, and how often
questions were answered. All else is there where a person ticked it, and nowhere else: not even in what a file says of
itself.
"""

from runmood.summary.share.chosen import INCLUDED, MOST, Choice, Material, period
from runmood.summary.share.compose import compose, offered
from runmood.summary.share.layouts.html import as_html
from runmood.summary.share.layouts.pdf import as_pdf, letters_lacking
from runmood.summary.share.layouts.text import as_text
from runmood.summary.share.parts import Item, Offered, SharedPage

__all__ = [
    "INCLUDED",
    "MOST",
    "Choice",
    "Item",
    "Material",
    "Offered",
    "SharedPage",
    "as_html",
    "as_pdf",
    "as_text",
    "compose",
    "letters_lacking",
    "offered",
    "period",
]
