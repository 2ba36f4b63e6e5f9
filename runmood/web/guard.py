"""Who may ask, and what a browser may do with the answer.

The page has no password: it speaks to this computer only. What is left to fear is another site, open in the same
browser, that points its own name here (so the Host header is checked) or sends a form here (so Sec-Fetch-Site, Origin
and a signed token are checked).
"""

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

_OUR_NAMES = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
_ALONE = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
PAGE_POLICY = f"{_ALONE}; style-src 'self'; form-action 'self'"
SUMMARY_POLICY = f"{_ALONE}; style-src 'unsafe-inline'; img-src data:; form-action 'none'"
HEADERS = {
    "Content-Security-Policy": PAGE_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_for_us(headers: Headers) -> bool:
    """Whether the one Host named is this computer's own name for itself."""
    hosts = headers.getlist("host")
    return len(hosts) == 1 and _OUR_NAMES.fullmatch(hosts[0]) is not None


def is_from_our_page(headers: Headers) -> bool:
    """Whether nothing says that a form was sent by another page than ours.

    Under our Referrer-Policy a browser sends the Origin of our own form as null, so null is good only where
    Sec-Fetch-Site vouches for it. Without either header, which no browser of these years leaves out, the token decides.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site not in (None, "same-origin"):
        return False
    if origin == "null":
        return site == "same-origin"
    return origin in (None, f"http://{headers['host']}")


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
    """What was sent; null once it is larger than any check-in can be, and the rest is not read."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > BODY_LIMIT:
            return None
    return bytes(body)
