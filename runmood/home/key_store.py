"""The key of a locked home in the operating system's keyring, where the person asked for it.

The keyring (Secret Service, KWallet, macOS' Keychain) opens with the person's log-in. What
is kept is the home's private key and never the passphrase, under the public key, so that a home may be moved. Only a
keyring of the system itself is used, none that writes a file.
"""

from __future__ import annotations

import base64
from contextlib import suppress
from importlib.util import find_spec
from typing import TYPE_CHECKING

from runmood.core.errors import UserError
from runmood.core.i18n import message

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keyring.backend import KeyringBackend


SERVICE = "runmood"
OF_A_SYSTEM = 1  # the priority from which on the library itself recommends a keyring; files are below it


class NoKeyStoreError(UserError):
    """There is no keyring that a key may be kept in, or it refuses; the sentence says which."""


def keep_key(key: Mapping[str, object], private: bytes) -> None:
    """Keep the private key of a home in the keyring.

    Args:
        key: the home's key, as the first line of its sealed file has it.
        private: its private part.

    Raises:
        NoKeyStoreError: there is no keyring, or it does not take or give back the key.
    """
    from keyring.errors import KeyringError  # noqa: PLC0415 - an extra

    store = require_store()
    try:
        store.set_password(SERVICE, f"{key['public_key']}", base64.b64encode(private).decode())
    except (KeyringError, OSError, RuntimeError) as fault:
        raise NoKeyStoreError(message("error.keyring_refuses", fault=f"{fault}")) from fault
    if find_key(key) != private:
        raise NoKeyStoreError(message("error.keyring_refuses", fault=type(store).__name__))


def find_key(key: Mapping[str, object]) -> bytes | None:
    """Return the private key of a home that the keyring holds; null where it holds none, or there is no keyring."""
    with suppress(NoKeyStoreError):
        return _kept(require_store(), f"{key['public_key']}")
    return None


def _kept(store: KeyringBackend, name: str) -> bytes | None:
    from keyring.errors import KeyringError  # noqa: PLC0415 - an extra

    try:
        return base64.b64decode(store.get_password(SERVICE, name) or "", validate=True) or None
    except (KeyringError, OSError, RuntimeError, ValueError):
        return None


def forget_key(key: Mapping[str, object]) -> None:
    """Take the key of a home out of the keyring, where it is in it.

    Raises:
        NoKeyStoreError: the keyring refuses, so that the key is still in it.
    """
    if find_key(key) is None:
        return
    from keyring.errors import KeyringError  # noqa: PLC0415 - an extra

    try:
        require_store().delete_password(SERVICE, f"{key['public_key']}")
    except (KeyringError, OSError, RuntimeError) as fault:
        raise NoKeyStoreError(message("error.keyring_refuses", fault=f"{fault}")) from fault


def require_store() -> KeyringBackend:
    """Return the keyring of this system.

    Raises:
        NoKeyStoreError: the extra is not installed, or there is none but one of files.
    """
    if find_spec("keyring") is None:
        raise NoKeyStoreError(message("error.no_keyring_extra"))
    import keyring  # noqa: PLC0415 - an extra, and slow to load

    store = keyring.get_keyring()
    if store.priority < OF_A_SYSTEM:
        raise NoKeyStoreError(message("error.no_keyring"))
    return store
