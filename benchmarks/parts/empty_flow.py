"""A Prefect flow that does nothing, set up as the nightly of a home sets Prefect up: `python empty_flow.py HOME`."""

from __future__ import annotations

import sys
from pathlib import Path

from prefect import flow

from pipelines.prefect_env import configure_prefect_env
from runmood.home.home import open_home

configure_prefect_env(open_home(Path(sys.argv[1])))


@flow(persist_result=False)
def empty() -> None:
    """Nothing."""


empty()
