"""What ends a command or keeps a file from being read."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from runmood.core.i18n import Message, message

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


def as_message(fault: Exception) -> Message:
    """Return a fault that was foreseen as a part of a sentence; what a library says stays in its own words."""
    if isinstance(fault, UserError) and isinstance(fault.message, Message):
        return fault.message
    return message("error.in_words", words=str(fault))


REASONS = {
    errno.ENOENT: "absent",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EISDIR: "a_folder",
    errno.ENOTDIR: "no_folder",
    errno.ELOOP: "a_loop",
    errno.EEXIST: "exists",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EIO: "damaged",
}


def why_refused(error: OSError) -> Message:
    """Return why the system refuses a file, as the end of a sentence; what is rare stays in the system's words."""
    words = error.strerror or str(error) or type(error).__name__
    return message(f"error.system.{REASONS.get(error.errno or 0, 'other')}", words=words)


class SchemaMismatchError(UserError):
    """A database has other tables than this runmood declares: one of the two is older."""


class WrongValueError(UserError, ValueError):
    """A value is none that may stand where it stands.

    Args:
        fault: why, as `error.value` in the catalogues names it.
        values: what the sentence names.
    """

    def __init__(self, fault: str, **values: object) -> None:
        super().__init__(message(f"error.value.{fault}", **values))


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
