"""What every test of the web room sits down at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.web_client import WebClient

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def client(tmp_path: Path) -> WebClient:
    """A client with an empty home, on a Saturday evening in London."""
    return WebClient(tmp_path / "home")


@pytest.fixture
def lan_client(tmp_path: Path) -> WebClient:
    """The same with phones that may be let in."""
    return WebClient(tmp_path / "home", lan=True)
