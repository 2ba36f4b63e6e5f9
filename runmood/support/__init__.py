"""Who is there to listen: a calm panel for the person who wrote, and for nobody else.

    touches_on_distress(text, mood, own)  -> whether the words are such that the panel is shown after them
    panel(country)                        -> the panel in words: an acknowledgement, an emergency number, help lines
    help_lines(country)                   -> the same numbers as records, for a page

Nothing is stored, scored or logged about a match, and nobody is told. The lines stand in `lines.toml` with the day
and the place where each was looked up, the phrases in `phrases.toml`; both are there to be mended by hand.

Source: NICE NG225 (2022), no tools or scales to predict; Samaritans' guidance for industry (2020), for the wording.
"""

from runmood.support.panel import HelpLine, HelpLines, help_lines, panel
from runmood.support.phrases import touches_on_distress

__all__ = ["HelpLine", "HelpLines", "help_lines", "panel", "touches_on_distress"]
