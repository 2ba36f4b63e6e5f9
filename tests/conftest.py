"""What tests of several rooms need."""

import os
from pathlib import Path

import pytest

HOUSE = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real watch files and data sets; tests that need it are skipped where it is absent."""
    folder = Path(os.environ.get("RUNMOOD_SHARED", HOUSE.parent / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"real watch files are not here: there is no {folder / 'corpus'}")
    return folder
