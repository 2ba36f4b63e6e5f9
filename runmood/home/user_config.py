"""What this account allows on this computer: `~/.config/runmood/config.toml`, never a file that travels with a home.

A home may be unpacked from an archive of somebody else's; what it may make this computer do is said here alone.
"""

from __future__ import annotations

import os
import stat
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.i18n import message

if TYPE_CHECKING:
    from runmood.core.i18n import Message


@dataclass(frozen=True, slots=True)
class UserConfig:
    """What this computer may do for any home.

    Attributes:
        on_failure: the command to run when a night fails.
        trusted_homes: homes to open although others own them or may write in them.
        prefect_servers: on other computers, which may be told what nights find.
    """

    on_failure: str | None = None
    trusted_homes: tuple[str, ...] = ()
    prefect_servers: tuple[str, ...] = ()


class UntrustedHomeError(UserError):
    """Others may have written what stands in a home; the sentence says who and what to do."""


def config_path() -> Path:
    """Return where the configuration stands, by the XDG base directory specification."""
    folder = os.environ.get("XDG_CONFIG_HOME", "")
    return Path(folder if Path(folder).is_absolute() else os.path.expanduser("~/.config")) / "runmood" / "config.toml"  # noqa: PTH111 - without HOME and passwd entry Path.expanduser raises


def read_user_config() -> UserConfig:
    """Return the configuration of this account; without the file, nothing is allowed.

    Raises:
        UserError: the file cannot be read, or others may write it.
    """
    path = config_path()
    try:
        if whose := _written_by_others(path):
            raise UserError(message("error.config_of_others", file=path, whose=whose))
        content = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (FileNotFoundError, NotADirectoryError):
        return UserConfig()
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise UserError(message("error.not_read", file=path, fault=fault)) from fault
    command = content.get("on_failure")
    trusted, servers = (content.get(name, []) for name in ("trusted_homes", "prefect_servers"))
    if not isinstance(command, str | None) or not isinstance(trusted, list) or not isinstance(servers, list):
        raise UserError(message("error.user_config", file=path))
    return UserConfig(command, tuple(map(str, trusted)), tuple(map(str, servers)))


def agreed_servers() -> tuple[str, ...]:
    """Return the servers on other computers that may be told what nights find; none where that cannot be read."""
    try:
        return read_user_config().prefect_servers
    except (UserError, OSError):
        return ()


def check_owner(root: Path) -> None:
    """Refuse a home that somebody else owns or may write in, as git does with a repository.

    Raises:
        UntrustedHomeError: it, its settings or its journal are another account's, or open to be written by others.
    """
    for path in (root, root / "settings.toml", root / "journal"):
        try:
            whose = _written_by_others(path)
        except (FileNotFoundError, NotADirectoryError):
            continue
        if whose and str(root.resolve()) not in read_user_config().trusted_homes:
            trusted = {"config": config_path(), "trusted": root.resolve()}
            raise UntrustedHomeError(message("error.home_of_others", file=path, whose=whose, home=root, **trusted))


def _written_by_others(path: Path) -> Message | None:
    """Return half a sentence on who else may have written a file; null where nobody else may."""
    if not hasattr(os, "geteuid"):  # as on Windows, where no mode of a file tells who else may write it
        return None
    status = path.stat()
    ours = {os.geteuid()} | ({int(os.environ.get("SUDO_UID", "0"))} if os.geteuid() == 0 else set())
    if status.st_uid not in ours:
        return message("error.whose.another", account=str(status.st_uid))
    if status.st_mode & stat.S_IWOTH or (status.st_mode & stat.S_IWGRP and status.st_gid != os.getegid()):
        return message("error.whose.others")
    return None
