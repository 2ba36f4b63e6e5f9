"""Who asks: the computer itself, a paired phone or a stranger; and which pages each may open."""

from __future__ import annotations

import hmac
import re
import time
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from runmood.web.pairing import PHONE_COOKIE, PairedDevices, PairingCode, Phone
from runmood.web.requests import is_allowed_host

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection


LAUNCH_COOKIE, LAUNCH_PARAMETER = "runmood-launch", "launch"
LOOPBACK = {"127.0.0.1", "::1"}
FOR_STRANGERS = re.compile(r"/(pair|support|static/[a-z0-9.-]+)")
OPEN_IN_A_LOCKED_HOME = re.compile(r"/(support|static/[a-z0-9.-]+)")
FOR_PHONES = re.compile(
    r"/(|check-in(/[0-9a-f]+(/withdraw|/restore)?)?|saved|support|token|pair|offline|worker\.js|manifest\.webmanifest"
    r"|static/[a-z0-9.-]+)"
)

FOR_PHONES_THAT_LOOK = re.compile(r"/(calendar|trends)")


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
