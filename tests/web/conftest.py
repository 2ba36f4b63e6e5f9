"""Clients of the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from web.web_client import WebClient

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def client(tmp_path: Path) -> WebClient:
    """Return a client of an empty home, on a Saturday evening in London."""
    return WebClient(tmp_path / "home")


@pytest.fixture
def lan_client(tmp_path: Path) -> WebClient:
    """Return the same where phones may be paired."""
    return WebClient(tmp_path / "home", lan=True)
