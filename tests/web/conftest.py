"""What every test of the web room sits down at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.desk import Desk

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def client(tmp_path: Path) -> Desk:
    """A desk with an empty home, on a Saturday evening in London."""
    return Desk(tmp_path / "home")


@pytest.fixture
def lan_client(tmp_path: Path) -> Desk:
    """The same with phones that may be let in."""
    return Desk(tmp_path / "home", lan=True)
