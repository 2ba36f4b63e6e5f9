"""What keeps a file from being taken."""

from __future__ import annotations

from runmood.core.notices import CannotBeDoneError


class CsvFormatError(CannotBeDoneError):
    """A file that cannot be taken as it is; the sentence names the place, the fault and what to do."""
