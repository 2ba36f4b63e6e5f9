"""How a phone is let in: a token that holds once and not for long, and the list of phones that were.

Of a phone the file keeps a name, the day, and a hash: who reads the file cannot become the phone.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections import deque
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PHONE_COOKIE = "runmood-phone"
LASTS_S = 600.0
TRIES, TRIES_WITHIN_S = 5, 60.0
PHONE_LASTS_S = 180 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone that may come in: its number in the list, what it calls itself, the day, and the hash of its secret."""

    number: int
    name: str
    since: str
    secret_hash: str


class Phones:
    """The phones that may come in, in a file of the home."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[Phone, ...]:
        """Every phone, in order of its number."""
        if not self._path.exists():
            return ()
        return tuple(Phone(**row) for row in json.loads(self._path.read_text(encoding="utf-8")))

    def let_in(self, name: str, since: str) -> str:
        """The secret of a new phone, which is told once and kept nowhere here."""
        secret, known = secrets.token_urlsafe(32), self.all()
        number = max((phone.number for phone in known), default=0) + 1
        self._write((*known, Phone(number, name, since, _hash(secret))))
        return secret

    def know(self, secret: str) -> bool:
        """Whether one of the phones has this secret."""
        asked = _hash(secret)
        return any(hmac.compare_digest(asked, phone.secret_hash) for phone in self.all())

    def forget(self, number: int | None) -> int:
        """How many phones were sent away: the one of that number, or all."""
        known = self.all()
        kept = tuple(phone for phone in known if number is not None and phone.number != number)
        if len(kept) < len(known):
            self._write(kept)
        return len(known) - len(kept)

    def _write(self, phones: tuple[Phone, ...]) -> None:
        draft = self._path.with_suffix(".new")
        draft.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.touch(mode=0o600)
        draft.write_text(json.dumps([asdict(phone) for phone in phones], indent=1), encoding="utf-8")
        draft.replace(self._path)


@dataclass(slots=True)
class Invitation:
    """The token in the QR code: good for one phone and ten minutes, and only so many tries a minute from anywhere."""

    clock: Callable[[], float]
    _token: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    _made: float = field(init=False)
    _tries: deque[float] = field(default_factory=lambda: deque(maxlen=TRIES))

    def __post_init__(self) -> None:
        self._made = self.clock()

    def token(self) -> str:
        """The token that holds now; a fresh one where the last is too old."""
        if self.clock() - self._made > LASTS_S:
            self._renew()
        return self._token

    def is_crowded(self) -> bool:
        """Whether there were too many tries within the last minute; this one counts too."""
        now = self.clock()
        crowded = len(self._tries) == TRIES and now - self._tries[0] < TRIES_WITHIN_S
        if not crowded:
            self._tries.append(now)
        return crowded

    def accept(self, token: str) -> bool:
        """Whether it is the token and still holds; it does not hold again."""
        good = hmac.compare_digest(self._token.encode(), token.encode()) and self.clock() - self._made <= LASTS_S
        if good:
            self._renew()
        return good

    def _renew(self) -> None:
        self._token, self._made = secrets.token_urlsafe(16), self.clock()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
