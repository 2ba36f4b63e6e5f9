"""Prefect without calls home, with all it keeps inside the runner's home."""

from __future__ import annotations

import os
import sqlite3
import tempfile
from contextlib import closing
from typing import TYPE_CHECKING

from runmood.core.errors import UserError, why_refused
from runmood.core.i18n import message

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Protocol

    class NamesServer(Protocol):
        """Settings that may name a Prefect server."""

        @property
        def prefect_server(self) -> str | None:
            """Return its address; null for one of our own."""

    class Keeper(Protocol):
        """A home or a cohort: a folder with a work folder, in which Prefect keeps its records."""

        @property
        def root(self) -> Path:
            """Return the folder."""

        @property
        def work(self) -> Path:
            """Return the work folder."""

        @property
        def settings(self) -> NamesServer:
            """Return its settings."""


QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "180",
    "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",  # the server of the schedule lets go of old nights
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL",  # the command itself says in a sentence what failed
    "PREFECT_LOGGING_SERVER_LEVEL": "ERROR",
    "PREFECT_SHOW_DEPRECATION_WARNINGS": "false",
}
RECORDS = "prefect.db"
PASSWORD = "PREFECT_API_AUTH_STRING"  # noqa: S105 - the name of the setting
HOME_VARIABLE = "RUNMOOD_HOME"  # the one home of a process that runs the flow: no flow run can name another
ROOM_BYTES = 8 * 2**20


def configure_prefect_env(home: Keeper) -> None:
    """Set Prefect up before it is imported; what other programs have set for theirs decides nothing here.

    The address of a server comes from the home's settings alone; only its password may stand in the environment.
    """
    folder = (home.work / "prefect").resolve()
    _make_sure_of_room(folder)
    password = os.environ.get(PASSWORD) if home.settings.prefect_server else None
    for name in [name for name in os.environ if name.startswith("PREFECT_")]:
        del os.environ[name]
    os.environ |= QUIET | {
        "PREFECT_HOME": str(folder),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder / RECORDS}",
        HOME_VARIABLE: str(home.root.resolve()),
    }
    if password:
        os.environ[PASSWORD] = password
    if _are_damaged(folder / RECORDS):
        for path in folder.glob(f"{RECORDS}*"):
            path.unlink()


def _make_sure_of_room(folder: Path) -> None:
    """Refuse where nothing can be written: Prefect would wait minutes for its own server, in vain."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(bytes(ROOM_BYTES))
    except OSError as fault:
        raise UserError(message("error.not_written", file=folder, fault=why_refused(fault))) from fault


def _are_damaged(records: Path) -> bool:
    """Return whether Prefect could not start with its own records; they hold nothing that is not in the log too."""
    if not records.exists():
        return False
    try:
        with closing(sqlite3.connect(records)) as database:
            return bool(database.execute("pragma quick_check(1)").fetchone() != ("ok",))
    except sqlite3.OperationalError:  # somebody is at them, or they may not be read
        return False
    except sqlite3.DatabaseError:
        return True
