"""How a phone is paired: a code that holds once and not for long, and the list of paired phones."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections import deque
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from runmood.core.files import make_folder, replace_private
from runmood.core.kept_records import read_record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


PHONE_COOKIE = "runmood-phone"
PHONE_LASTS_S = 180 * 24 * 3600
CODE_LASTS_S = 600.0
TRIES, TRIES_WITHIN_S = 5, 60.0


@dataclass(frozen=True, slots=True)
class Phone:
    """A paired phone: its number, what it calls itself, the day of pairing, and the hash of its secret.

    `looks` is whether it may see calendar and trends, which a person says on the computer.
    """

    number: int
    name: str
    since: str
    secret_hash: str
    looks: bool = False


class PairedDevices:
    """The paired phones, in a file of the home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[Phone, ...]:
        """Return every phone, in order of its number."""
        try:
            return read_record(tuple[Phone, ...], json.loads(self._path.read_text(encoding="utf-8")))
        except (OSError, ValueError, RecursionError):
            return ()  # unreadable counts as absent: phones are paired again, and everything else goes on

    def add(self, name: str, since: str) -> str:
        """Add a phone and return its secret, of which only the hash is kept."""
        secret, known = secrets.token_urlsafe(32), self.all()
        number = max((phone.number for phone in known), default=0) + 1
        self._write((*known, Phone(number, name, since, _hash(secret))))
        return secret

    def with_secret(self, secret: str) -> Phone | None:
        """Return the phone that has this secret; null where none has."""
        hashed = _hash(secret)
        return next((phone for phone in self.all() if _is_hash(phone.secret_hash, hashed)), None)

    def let_look(self, number: int, *, looks: bool) -> None:
        """Let the phone of a number see calendar and trends, or no more."""
        self._write(tuple(replace(phone, looks=looks) if phone.number == number else phone for phone in self.all()))

    def remove(self, number: int | None) -> int:
        """Remove the phone of a number, or all, and return how many were removed."""
        known = self.all()
        kept = tuple(phone for phone in known if number is not None and phone.number != number)
        if len(kept) < len(known):
            self._write(kept)
        return len(known) - len(kept)

    def _write(self, phones: tuple[Phone, ...]) -> None:
        make_folder(self._path.parent)
        content = json.dumps([asdict(phone) for phone in phones], indent=1)
        replace_private(self._path, content, self._path.with_suffix(".new"))


@dataclass(slots=True)
class PairingCode:
    """The token in the QR code: it holds for one phone and ten minutes, and for a few tries a minute altogether."""

    clock: Callable[[], float]
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    _issued: float = field(init=False)
    _tries: deque[float] = field(default_factory=lambda: deque(maxlen=TRIES))

    def __post_init__(self) -> None:
        self._issued = self.clock()

    def token(self) -> str:
        """Return the token that holds now, a new one where the last is too old."""
        if self.clock() - self._issued > CODE_LASTS_S:
            self._renew()
        return self._token

    def is_rate_limited(self) -> bool:
        """Count one try and return whether there were too many within the last minute."""
        now = self.clock()
        limited = len(self._tries) == TRIES and now - self._tries[0] < TRIES_WITHIN_S
        if not limited:
            self._tries.append(now)
        return limited

    def accept(self, token: str) -> bool:
        """Return whether this is the token and it still holds; an accepted token does not hold again."""
        good = hmac.compare_digest(self._token.encode(), token.encode()) and self.clock() - self._issued <= CODE_LASTS_S
        if good:
            self._renew()
        return good

    def _renew(self) -> None:
        self._token, self._issued = secrets.token_urlsafe(16), self.clock()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _is_hash(kept: str, hashed: str) -> bool:
    return hmac.compare_digest(hashed.encode(), kept.encode(errors="replace"))  # which compares no text beyond ASCII
