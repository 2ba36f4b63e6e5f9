"""Which requests are for us and from us, and the headers that every answer carries."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.requests import Request

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


def names_this_computer(headers: Headers) -> bool:
    """Whether the one Host named is this computer's own name for itself."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and _OWN_NAMES.fullmatch(hosts[0]) is not None


def is_from_our_page(headers: Headers) -> bool:
    """Whether nothing says that a form was sent by another page than ours.

    Over plain http on a network no browser sends Sec-Fetch-Site; all of these years send Origin. Without either the
    token decides, whose cookie no other site's form brings along.
    """
    if headers.get("sec-fetch-site") not in (None, "same-origin"):
        return False
    return headers.get("origin") in (None, f"http://{headers['host']}")


class Seal:
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
