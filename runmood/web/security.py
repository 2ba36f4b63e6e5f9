"""Which requests are for us and from us, and the headers that every answer carries."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import time
from collections import deque
from dataclasses import asdict, dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.datastructures import Headers
    from starlette.requests import HTTPConnection, Request


COOKIE = "runmood-form"
BODY_LIMIT = 64 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"

_OWN_NAMES = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_ALONE = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
_OURS = (
    "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'"
)
PAGE_POLICY = f"{_ALONE}; {_OURS}; form-action 'self'"
SUMMARY_POLICY = f"{_ALONE}; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


def is_allowed_host(headers: Headers) -> bool:
    """Whether the one Host named is this computer's own name for itself."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and _OWN_NAMES.fullmatch(hosts[0]) is not None


def is_same_origin(headers: Headers) -> bool:
    """Whether nothing says that a form was sent by another page than ours.

    Over plain http on a network no browser sends Sec-Fetch-Site; all of these years send Origin. Without either the
    token decides, whose cookie no other site's form brings along.
    """
    if headers.get("sec-fetch-site") not in (None, "same-origin"):
        return False
    return headers.get("origin") in (None, f"http://{headers['host']}")


class CsrfSigner:
    """Signs the forms of this process: a form counts only beside the cookie it was handed out with."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def token(self, cookie: str) -> str:
        """The token that a form carries beside this cookie."""
        return hmac.new(self._secret, cookie.encode(), hashlib.sha256).hexdigest()

    def holds(self, cookie: str, token: str) -> bool:
        """Whether the form was handed out by this process, to this browser."""
        return bool(cookie) and hmac.compare_digest(self.token(cookie).encode(), token.encode())


async def body_within_limit(request: Request) -> bytes | None:
    """What was sent; null once it is larger than any form of ours can be, and the rest is not read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)


# --- How a phone is let in: a token that holds once and not for long, and the list of phones that were.

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


class PairedDevices:
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


# --- Who is at the door: the computer itself, a phone that was let in, or a stranger, and which pages each may
# open.

THIS_COMPUTER = {"127.0.0.1", "::1"}
FOR_STRANGERS = re.compile(r"/(pair|support|static/[a-z0-9.-]+)")
FOR_PHONES = re.compile(
    r"/(|check-in(/[0-9a-f]+(/withdraw|/restore)?)?|saved|support|token|pair|offline|worker\.js|manifest\.webmanifest"
    r"|static/[a-z0-9.-]+)"
)


class ClientIdentity(Enum):
    """Who asks."""

    COMPUTER = "computer"
    PHONE = "phone"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class AccessControl:
    """Tells callers apart. `address` is our own on the network, as 192.168.1.5:8730; null where no phone may come."""

    phones: PairedDevices
    address: str | None = None
    invitation: Invitation = field(default_factory=lambda: Invitation(time.monotonic))

    def is_for_us(self, request: HTTPConnection) -> bool:
        """Whether the request names us as the caller must: this computer by its own names, others by our address."""
        if is_private_address(request):
            return is_allowed_host(request.headers)
        return self.address is not None and request.headers.getlist("host") == [self.address]

    def caller(self, request: HTTPConnection) -> ClientIdentity:
        """Who asks, for a request that is for us."""
        if is_private_address(request):
            return ClientIdentity.COMPUTER
        return (
            ClientIdentity.PHONE if self.phones.know(request.cookies.get(PHONE_COOKIE, "")) else ClientIdentity.STRANGER
        )

    def invitation_address(self) -> str:
        """What the QR code says."""
        return f"http://{self.address}/pair?token={self.invitation.token()}"


def is_allowed(caller: ClientIdentity, path: str) -> bool:
    """Whether a page is for this caller; pairing is for others than the computer, all else is for it."""
    if caller is ClientIdentity.COMPUTER:
        return path != "/pair"
    return (FOR_PHONES if caller is ClientIdentity.PHONE else FOR_STRANGERS).fullmatch(path) is not None


def is_private_address(request: HTTPConnection) -> bool:
    """Whether it comes from this computer itself."""
    return request.client is not None and request.client.host in THIS_COMPUTER
