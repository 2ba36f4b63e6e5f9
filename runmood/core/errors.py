"""What ends a command or keeps a file from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.i18n import Message

if TYPE_CHECKING:
    from runmood.core.i18n import Translator
    from runmood.core.notices import Notice


class UserError(Exception):
    """Something a person asked for cannot be done; the message is the sentence they read, without a traceback.

    Args:
        sentence: what the person reads, spoken already, or a message where their language is not known.
    """

    def __init__(self, sentence: str | Message) -> None:
        super().__init__(str(sentence))
        self.message = sentence

    def spoken(self, say: Translator) -> str:
        """Return the sentence in the language of a translator, where it is not spoken already."""
        return self.message.spoken(say) if isinstance(self.message, Message) else self.message


def spoken(say: Translator, fault: Exception) -> str:
    """Return what a person reads of a fault that was foreseen: in their language, or in the system's words."""
    return fault.spoken(say) if isinstance(fault, UserError) else str(fault)


class SchemaMismatchError(UserError):
    """A database has other tables than this runmood declares: one of the two is older."""


class CsvFormatError(UserError):
    """A CSV cannot be imported as it is; the sentence names the place, the fault and what to do."""


class UnreadableFileError(Exception):
    """A file gives nothing at all.

    Attributes:
        notice: why, as a person reads it.
    """

    def __init__(self, notice: Notice) -> None:
        super().__init__(str(notice.message))
        self.notice = notice
