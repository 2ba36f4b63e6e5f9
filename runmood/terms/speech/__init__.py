"""How runmood speaks: every sentence in one place a language, with its figures, days and distances.

    speech(language, units, rooms) -> Speech    English where a language is not there
    METRES, UNIT                                metres in a kilometre or a mile, and how it is written

A room keeps its sentences beside its code in `words/en/*.toml` and `words/de/*.toml`; what all rooms say is here. To
translate, copy the folders `en` under the name of the language, put other words behind the same names, and add the name
to LANGUAGES in `terms.choices`. A test says what is missing. What stands in braces is filled in:

    {mood}                 a figure, a date, a text, or several texts listed: 6.4, 22 November 2026, “a, b and c”
    {runs:run|runs}        a count and the form that goes with it: 1 run, 3 runs
    {runs:=was|were}       the form alone
    {weeks:~week|weeks}    the count in words where it is small: one week, three weeks
    {weeks:~}              the small count alone
    {share:%}              a share of one in hundredths

What a person wrote stands in braces of its own and never among the forms of a count, where its `|` would part them.
"""

from runmood.terms.speech.speech import METRES, UNIT, Speech, Units, speech

__all__ = ["METRES", "UNIT", "Speech", "Units", "speech"]
