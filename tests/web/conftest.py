"""Clients of the pages."""

from __future__ import annotations

import multiprocessing
import pkgutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from web.web_client import WebClient

import runmood
from runmood.web.adapters import jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(scope="session", autouse=True)
def warm_jobs() -> Iterator[None]:
    """Fork the processes of jobs from one that has loaded runmood: there are many, and each would load it anew."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module.name for module in pkgutil.walk_packages(runmood.__path__, "runmood.")])
    warm = SimpleNamespace(get_context=lambda _: context, active_children=multiprocessing.active_children)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs, "multiprocessing", warm)
        yield


@pytest.fixture
def client(tmp_path: Path) -> WebClient:
    """Return a client of an empty home, on a Saturday evening in London."""
    return WebClient(tmp_path / "home")


@pytest.fixture
def lan_client(tmp_path: Path) -> WebClient:
    """Return the same where phones may be paired."""
    return WebClient(tmp_path / "home", lan=True)
