"""What ends a command or keeps a file from being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from runmood.core.notices import Notice


class UserError(Exception):
    """Something a person asked for cannot be done; the message is the sentence they read, without a traceback."""


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
        super().__init__(notice.sentence)
        self.notice = notice
