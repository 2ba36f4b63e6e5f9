"""Who asks: the computer itself, a paired phone or a stranger; how a phone is paired; and which pages each may open."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import re
import secrets
import time
from collections import deque
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

import segno

from runmood.core.files import make_folder, read_kept, replace_made
from runmood.core.json_records import read_record
from runmood.web.requests import is_allowed_host

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from starlette.requests import HTTPConnection


PHONE_COOKIE = "runmood-phone"
PHONE_LASTS_S = 180 * 24 * 3600
CODE_LASTS_S = 600.0
TRIES, TRIES_WITHIN_S = 5, 60.0
LAUNCH_COOKIE, LAUNCH_PARAMETER = "runmood-launch", "launch"
LOOPBACK = {"127.0.0.1", "::1"}
FOR_STRANGERS = re.compile(r"/(pair|support|static/[a-z0-9.-]+)")
OPEN_IN_A_LOCKED_HOME = re.compile(r"/(support|static/[a-z0-9.-]+)")
FOR_PHONES = re.compile(
    r"/(|check-in(/[0-9a-f]+(/withdraw|/restore)?)?|saved|support|token|pair|offline|worker\.js|manifest\.webmanifest"
    r"|static/[a-z0-9.-]+)"
)
FOR_PHONES_THAT_LOOK = re.compile(r"/(calendar|trends)")
MODULE_PX = 6


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
            return read_record(tuple[Phone, ...], json.loads(read_kept(self._path)))
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
        replace_made(self._path, content, self._path.with_suffix(".new"))


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


class ClientIdentity(StrEnum):
    """Who asks."""

    COMPUTER = "computer"
    PHONE = "phone"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class AccessControl:
    """Tells clients apart. `address` is ours on the network, as 192.168.1.5:8730; null where phones are not allowed.

    `launch_token` is what a browser on this computer has to show, since other accounts use the same loopback; null
    where only one person can reach it.
    """

    phones: PairedDevices
    address: str | None = None
    launch_token: str | None = None
    pairing_code: PairingCode = field(default_factory=lambda: PairingCode(time.monotonic))

    def is_addressed_to_us(self, request: HTTPConnection) -> bool:
        """Return whether the Host header is right: this computer's own name from itself, else our network address."""
        if is_loopback(request):
            return is_allowed_host(request.headers)
        return self.address is not None and request.headers.getlist("host") == [self.address]

    def identify(self, request: HTTPConnection) -> ClientIdentity:
        """Return who sent a request that is addressed to us."""
        if is_loopback(request):
            known = self.is_launch_token(request.cookies.get(LAUNCH_COOKIE, ""))
            return ClientIdentity.COMPUTER if known else ClientIdentity.STRANGER
        return ClientIdentity.PHONE if self._phone_of(request) else ClientIdentity.STRANGER

    def may_look(self, request: HTTPConnection) -> bool:
        """Return whether a client may see calendar and trends: the computer, and a phone that was let look."""
        if is_loopback(request):
            return self.identify(request) is ClientIdentity.COMPUTER
        phone = self._phone_of(request)
        return phone is not None and phone.looks

    def may_open(self, request: HTTPConnection, path: str) -> bool:
        """Return whether a client may open a page."""
        return is_allowed(self.identify(request), path) or (
            FOR_PHONES_THAT_LOOK.fullmatch(path) is not None and self.may_look(request)
        )

    def _phone_of(self, request: HTTPConnection) -> Phone | None:
        return self.phones.with_secret(request.cookies.get(PHONE_COOKIE, ""))

    def is_launch_token(self, token: str) -> bool:
        """Return whether this is the token of the address that was printed at the start, or none is needed."""
        return self.launch_token is None or hmac.compare_digest(token.encode(), self.launch_token.encode())

    def pairing_address(self) -> str:
        """Return the address in the QR code."""
        return f"http://{self.address}/pair?token={self.pairing_code.token()}"


def is_allowed(client: ClientIdentity, path: str) -> bool:
    """Return whether a client may open a page: the computer every page but pairing, others only those for them."""
    if client is ClientIdentity.COMPUTER:
        return path != "/pair"
    return (FOR_PHONES if client is ClientIdentity.PHONE else FOR_STRANGERS).fullmatch(path) is not None


def is_loopback(request: HTTPConnection) -> bool:
    """Return whether a request comes from this computer itself."""
    return request.client is not None and request.client.host in LOOPBACK


def qr_as_svg(address: str) -> str:
    """Return the code as SVG, black on white in every theme: cameras expect it so."""
    drawing = io.BytesIO()
    segno.make(address, error="m").save(
        drawing, kind="svg", xmldecl=False, svgns=False, scale=MODULE_PX, dark="#000000", light="#ffffff",
        svgclass="qr", lineclass=None, title="QR",
    )  # fmt: skip
    return drawing.getvalue().decode()


def qr_as_text(address: str) -> str:
    """Return the code in block characters."""
    drawing = io.StringIO()
    segno.make(address, error="m").terminal(drawing, compact=True)
    return drawing.getvalue()
