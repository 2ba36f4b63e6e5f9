"""Whether a request names this computer and comes from our own pages, and the headers of every response."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.requests import Request


FORM_COOKIE = "runmood-form"
BODY_LIMIT = 64 * 1024
FORM_TYPE = "application/x-www-form-urlencoded"

_LOCAL_HOST = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_NOTHING_ELSE = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
_OUR_FILES = (
    "script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'"
)
PAGE_POLICY = f"{_NOTHING_ELSE}; {_OUR_FILES}; form-action 'self'"
SUMMARY_POLICY = f"{_NOTHING_ELSE}; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
SHARED_POLICY = f"{_NOTHING_ELSE}; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'"
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
    """Return whether there is one Host header, and it is a name of this computer for itself."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and _LOCAL_HOST.fullmatch(hosts[0]) is not None


def is_same_origin(headers: Headers) -> bool:
    """Return whether no header says that a page of another site sent the form.

    Over plain http on a network no browser sends Sec-Fetch-Site; all current ones send Origin.

    Returns:
        True also where both headers are missing: then the form's token decides, whose cookie no other site can send.
    """
    if headers.get("sec-fetch-site") not in (None, "same-origin"):
        return False
    return headers.get("origin") in (None, f"http://{headers['host']}")


class CsrfSigner:
    """Signs the forms of this process: a form counts only together with the cookie it was served with."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)

    def token(self, cookie: str) -> str:
        """Return the token of a form that is served with this cookie."""
        return hmac.new(self._secret, cookie.encode(), hashlib.sha256).hexdigest()

    def is_valid(self, cookie: str, token: str) -> bool:
        """Return whether this process served the form to this browser."""
        return bool(cookie) and hmac.compare_digest(self.token(cookie).encode(), token.encode())


async def body_within_limit(request: Request) -> bytes | None:
    """Return the body; null once it is longer than any form of ours, and then the rest is not read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)
