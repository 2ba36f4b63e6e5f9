"""How each process of runmood is set up, before any of its libraries is loaded."""

from __future__ import annotations

import os
import sys

PRIVATE = 0o077


def configure_process() -> None:
    """Keep what this process writes to its owner, and its libraries to what runmood needs of them.

    For a process that is runmood's alone, never for a program that imports runmood: it could load no pandas afterwards.
    """
    os.umask(PRIVATE)
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # a run is a small frame: a second thread takes more than it gives
    # For each value that a statement is given DuckDB imports pandas, only to ask whether it is one of its nulls. Ours
    # never are, so in this process an import of pandas fails as where it is not installed, unless it is loaded already.
    sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # Python's own mark for that
