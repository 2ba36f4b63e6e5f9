"""Prefect without calls home, with all it keeps inside the runner's home."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.home import Home

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # the command itself says in a sentence what failed
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_SHOW_DEPRECATION_WARNINGS": "false",
}


def keep_prefect_quiet(home: Home) -> None:
    """Set Prefect up before it is imported; what a person has set already is left as it is."""
    folder = (home.work / "prefect").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    settings = {**QUIET, "PREFECT_HOME": str(folder)}
    for name, value in settings.items():
        os.environ.setdefault(name, value)
