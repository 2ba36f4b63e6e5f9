"""What a summary, a shared page and one run say; the sentences are here, a folder a language (`terms.speech`).

spoken(language, units) -> Speech    how they speak to this person
"""

from runmood.terms.speech import Speech, Units, speech


def spoken(language: str, units: Units) -> Speech:
    """How a summary speaks in a language; in English where that language is not there."""
    return speech(language, units, __name__)
