"""A Prefect flow that does nothing, set up as the nightly of a home sets Prefect up: `python empty_flow.py HOME`."""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.home import open_home
from pipelines.nightly.quiet import keep_prefect_quiet

keep_prefect_quiet(open_home(Path(sys.argv[1])))

from prefect import flow  # noqa: E402 - Prefect reads its settings when imported


@flow(persist_result=False)
def empty() -> None:
    """Nothing."""


empty()
