"""What tests of several rooms need."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("RUNMOOD_SHARED", Path(__file__).parent.parent.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with real watch files and data sets; tests that need it are skipped where it is absent."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip(f"real watch files are not here: there is no {SHARED / 'corpus'}")
    return SHARED
