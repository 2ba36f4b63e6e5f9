"""What ends a command or keeps a file from being read."""

from __future__ import annotations

import errno
import re
from typing import TYPE_CHECKING

from runmood.core.i18n import Message, message

if TYPE_CHECKING:
    from pathlib import Path

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
    """Return what a person reads of a fault that was foreseen: a sentence, or why the system refuses which file."""
    if isinstance(fault, OSError):
        if fault.errno in (errno.ENOSPC, errno.EDQUOT):
            return say("error.disk_full_at", file=fault.filename) if fault.filename else say("error.disk_full")
        why = why_refused(fault).spoken(say)
        return f"{fault.filename}: {why}" if fault.filename else why
    return fault.spoken(say) if isinstance(fault, UserError) else str(fault)


def as_message(fault: Exception) -> Message:
    """Return a fault that was foreseen as a part of a sentence; what a library says of it is English, and left out."""
    if isinstance(fault, UserError):
        return fault.message if isinstance(fault.message, Message) else message("error.in_words", words=fault.message)
    return why_refused(fault) if isinstance(fault, OSError) else message("error.not_legible")


REASONS = {
    errno.ENOENT: "absent",
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.EISDIR: "a_folder",
    errno.ENXIO: "no_file",
    errno.ENOTDIR: "no_folder",
    errno.ELOOP: "a_loop",
    errno.EEXIST: "exists",
    errno.ENOSPC: "full",
    errno.EDQUOT: "full",
    errno.EROFS: "read_only",
    errno.EIO: "damaged",
    errno.EMFILE: "too_many_open",
    errno.ENFILE: "too_many_open",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EBUSY: "in_use",
    errno.ETIMEDOUT: "no_answer",
    errno.ESTALE: "no_answer",
    errno.ENOTCONN: "no_answer",
    errno.EHOSTDOWN: "no_answer",
    errno.EHOSTUNREACH: "no_answer",
    errno.EADDRINUSE: "address_in_use",
    errno.EADDRNOTAVAIL: "no_address",
}


def why_refused(error: OSError) -> Message:
    """Return why the system refuses a file, as the end of a sentence; what is rare is told by its code, as EXDEV."""
    code = errno.errorcode.get(error.errno or 0) or str(error) or type(error).__name__
    return message(f"error.system.{REASONS.get(error.errno or 0, 'other')}", code=code)


SLIPS = {
    "Cannot": "twice",
    "Expected '='": "no_equals",
    "Unclosed": "not_closed",
    "Unterminated": "not_closed",
    "Illegal character": "not_closed",
    "Expected newline": "too_much",
    "": "other",
}  # which words of tomllib tell which slip; the first that are found


def toml_slip(fault: Exception) -> tuple[Message, dict[str, str]]:
    """Return of which kind the first slip in a TOML file is, and `line` and `column` where it is noticed, if known."""
    kind = next(kind for words, kind in SLIPS.items() if words in str(fault))
    at = re.search(r"at line (\d+), column (\d+)", str(fault))
    return message(f"error.toml.{kind}"), {"line": at[1], "column": at[2]} if at else {}


def no_toml(path: Path, fault: Exception) -> Message:
    """Return that a file is no TOML: of which kind its first slip is, and where it is noticed."""
    slip, place = toml_slip(fault)
    return message(f"error.toml.file{'_at' if place else ''}", file=path, slip=slip, **place)


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
