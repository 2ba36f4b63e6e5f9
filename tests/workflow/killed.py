"""A process that ends in the middle of what it changes on the disk."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


class KilledError(BaseException):
    """As if the process had ended there."""


def killed_at(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Let the process end at that change of the disk, and at every later one, as none of them happens."""
    left = [number]

    def counted(change: Callable[..., object]) -> Callable[..., object]:
        def changing(*args: object, **keywords: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise KilledError
            return change(*args, **keywords)

        return changing

    for owner, name in ((Path, "unlink"), (Path, "replace"), (shutil, "rmtree"), (Path, "mkdir"), (os, "utime")):
        monkeypatch.setattr(owner, name, counted(getattr(owner, name)))
