"""Every word of the local page, one file a language, and figures and dates as that language writes them.

    speech(language, units) -> Speech      English where a language is not there
    LANGUAGES                              the languages that are there

To translate: copy `en.toml` under the name of the language and put other words behind the same names. What stands in
braces is filled in; a text with `one` and `other` is chosen by its count. A test says what is missing.
"""

from runmood.web.words.speech import LANGUAGES, Speech, speech

__all__ = ["LANGUAGES", "Speech", "speech"]
