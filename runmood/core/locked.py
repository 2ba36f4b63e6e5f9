"""Whether a home is locked: then it holds one sealed file, and nothing may be written beside it in clear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.i18n import message

if TYPE_CHECKING:
    from pathlib import Path


LOCKED = "locked.runmood"


class LockedHomeError(UserError):
    """A home is locked; the sentence says how it is opened."""


def is_locked(root: Path) -> bool:
    """Return whether a home is locked."""
    return (root / LOCKED).exists()


def refuse_locked(root: Path) -> None:
    """Go on only in a home that is not locked.

    Raises:
        LockedHomeError: it is.
    """
    if is_locked(root):
        raise LockedHomeError(message("error.locked", home=root))
