"""What tests of cohorts share."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from cohort.cohort_homes import TRAPS, small_home

from runmood.cohort.folder import Cohort, CohortSettings, make_cohort

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small home to be copied."""
    return small_home(tmp_path_factory.mktemp("template") / "home")


@pytest.fixture
def cohort(tmp_path: Path) -> Cohort:
    """A cohort without homes, of two buckets."""
    return make_cohort(tmp_path / "cohort", CohortSettings("The club", buckets=2))


@pytest.fixture
def traps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers that take for ever in a home with a file `endless`, and go down in one with `deadly`."""
    folder = tmp_path / "traps"
    folder.mkdir()
    (folder / "sitecustomize.py").write_text(TRAPS, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
