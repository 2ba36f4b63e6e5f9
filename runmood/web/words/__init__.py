"""Every word of the local page, a folder a language; `terms.speech` tells how they are filled in.

spoken(language, units) -> Speech    how the page speaks to this person
"""

from runmood.terms.speech import Speech, Units, speech


def spoken(language: str, units: Units) -> Speech:
    """How the page speaks in a language; in English where that language is not there."""
    return speech(language, units, __name__)
