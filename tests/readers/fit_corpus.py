"""The real FIT files that stand beside the repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("RUNMOOD_SHARED") or Path(__file__).resolve().parents[3] / "shared")
ALL = bool(os.environ.get("RUNMOOD_ALL"))

needs_corpus = pytest.mark.skipif(
    not (SHARED / "corpus" / "fit").is_dir(), reason="needs the corpus of real files at ../shared/corpus"
)


def corpus(*, most_bytes: int = 1 << 30) -> list[Path]:
    """The files up to a size, smallest first; none where the corpus is absent."""
    found = (SHARED / "corpus" / "fit").glob("*/*")
    return sorted((path for path in found if path.stat().st_size <= most_bytes), key=lambda path: path.stat().st_size)


def name(path: Path) -> str:
    """How a file is called in the tests: its folder and its name."""
    return f"{path.parent.name}/{path.name}"
