"""Who is at the door: the computer itself, a phone that was let in, or a stranger, and which pages each may open.

A phone may check in, see today and read the help lines. Runs, places, findings and settings stay on the computer: on
its way over the network nothing is encrypted.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

from runmood.web.safety.guard import names_this_computer
from runmood.web.safety.pairing import PHONE_COOKIE, Invitation, Phones

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

THIS_COMPUTER = {"127.0.0.1", "::1"}
FOR_STRANGERS = re.compile(r"/(pair|support|static/[a-z0-9.-]+)")
FOR_PHONES = re.compile(
    r"/(|check-in(/[0-9a-f]+(/withdraw|/restore)?)?|saved|support|token|pair|offline|worker\.js|manifest\.webmanifest"
    r"|static/[a-z0-9.-]+)"
)


class Caller(Enum):
    """Who asks."""

    COMPUTER = "computer"
    PHONE = "phone"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class Gate:
    """Tells callers apart. `address` is our own on the network, as 192.168.1.5:8730; null where no phone may come."""

    phones: Phones
    address: str | None = None
    invitation: Invitation = field(default_factory=lambda: Invitation(time.monotonic))

    def is_for_us(self, request: HTTPConnection) -> bool:
        """Whether the request names us as the caller must: this computer by its own names, others by our address."""
        if is_near(request):
            return names_this_computer(request.headers)
        return self.address is not None and request.headers.getlist("host") == [self.address]

    def caller(self, request: HTTPConnection) -> Caller:
        """Who asks, for a request that is for us."""
        if is_near(request):
            return Caller.COMPUTER
        return Caller.PHONE if self.phones.know(request.cookies.get(PHONE_COOKIE, "")) else Caller.STRANGER

    def invitation_address(self) -> str:
        """What the QR code says."""
        return f"http://{self.address}/pair?token={self.invitation.token()}"


def may_open(caller: Caller, path: str) -> bool:
    """Whether a page is for this caller; pairing is for others than the computer, all else is for it."""
    if caller is Caller.COMPUTER:
        return path != "/pair"
    return (FOR_PHONES if caller is Caller.PHONE else FOR_STRANGERS).fullmatch(path) is not None


def is_near(request: HTTPConnection) -> bool:
    """Whether it comes from this computer itself."""
    return request.client is not None and request.client.host in THIS_COMPUTER
