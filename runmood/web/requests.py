"""What a browser sends: where it comes from, the form's token, a body within a limit, files written to disk.

Files come as multipart/form-data (RFC 7578). However large a file, no more than one chunk of it is in memory. Of a file
name only the last part is kept, so that none leads to another folder.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from runmood.core.files import open_private

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from python_multipart.multipart import MultipartCallbacks
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
MOST_VALUES = 100  # beside files
FIELD_LIMIT = 4096  # bytes of a value that is no file, and of one header of a part
BOUNDARY_LIMIT = 70  # characters, RFC 2046
NAME_LIMIT = 180  # bytes; a disk takes 255


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


class BadUploadError(ValueError):
    """What was sent is not a form with files, or it is incomplete."""


@dataclass(slots=True)
class UploadedForm:
    """What has arrived: files, in order, and the values that came with them."""

    folder: Path
    values: dict[str, str] = field(default_factory=dict)
    files: dict[Path, None] = field(default_factory=dict)
    _named_alike: Counter[str] = field(default_factory=Counter)

    def path_for(self, name: str) -> Path:
        """Return a path in the folder for a file of this name, which no other file of the form has."""
        last = re.sub(r"[^\w. ()+,@-]", "_", re.split(r"[/\\]", name)[-1])
        plain = last.encode()[-NAME_LIMIT:].decode(errors="ignore").lstrip(".") or "file"
        path = self.folder / plain
        while path in self.files:
            self._named_alike[plain] += 1  # and not from 1 again: a thousand files of one name would take half a minute
            path = self.folder / f"{self._named_alike[plain] + 1}-{plain}"
        return path


def parse_boundary(content_type: str) -> bytes | None:
    """Return the boundary between the parts of a form; null where the content is not a form with files."""
    kind, options = parse_options_header(content_type)
    boundary = options.get(b"boundary", b"")
    return boundary if kind == b"multipart/form-data" and 0 < len(boundary) <= BOUNDARY_LIMIT else None


async def receive(stream: AsyncIterator[bytes], boundary: bytes, folder: Path) -> UploadedForm:
    """Read a form as it arrives, each file into the folder and each value into memory.

    Returns:
        The paths of the files and the values by name.

    Raises:
        BadUploadError: The body is not such a form, a value is too long, or the body ends before the form does.
    """
    with closing(_FormWriter(folder)) as writer:
        parser = MultipartParser(boundary, writer.callbacks(), max_header_size=FIELD_LIMIT)
        try:
            async for chunk in stream:
                parser.write(chunk)
        except FormParserError as fault:
            raise BadUploadError(str(fault)) from fault
        if not writer.complete:
            raise BadUploadError("the body ends before the form does")
    return writer.form


class _FormWriter:
    """Where the parser's events become files and values."""

    def __init__(self, folder: Path) -> None:
        self.form = UploadedForm(folder)
        self.complete = False
        self._header, self._value = bytearray(), bytearray()
        self._disposition: dict[bytes, bytes] = {}
        self._headers: dict[bytes, bytes] = {}
        self._file: BinaryIO | None = None

    def callbacks(self) -> MultipartCallbacks:
        """Return the methods by the names of the parser's events."""
        return {
            "on_part_begin": self._begin_part,
            "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._end_header,
            "on_headers_finished": self._begin_content,
            "on_part_data": self._write,
            "on_part_end": self._end_part,
            "on_end": self._end,
        }

    def close(self) -> None:
        """Close a file that is still open."""
        if self._file:
            self._file.close()
            self._file = None

    def _begin_part(self) -> None:
        self._headers = {}

    def _end_header(self) -> None:
        self._headers[bytes(self._header).lower()] = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _begin_content(self) -> None:
        _, self._disposition = parse_options_header(self._headers.get(b"content-disposition"))
        if name := self._disposition.get(b"filename"):
            path = self.form.path_for(name.decode(errors="replace"))
            self.form.files[path] = None
            self._file = open(path, "xb", opener=open_private)  # noqa: SIM115 - Path.open takes no opener

    def _write(self, data: bytes, start: int, end: int) -> None:
        if self._file:
            self._file.write(data[start:end])
        elif len(self._value) + end - start > FIELD_LIMIT:
            raise BadUploadError("a value is too long")
        else:
            self._value += data[start:end]

    def _end_part(self) -> None:
        if b"filename" not in self._disposition:
            if len(self.form.values) == MOST_VALUES:
                raise BadUploadError("there are too many values")
            name = self._disposition.get(b"name", b"").decode(errors="replace")
            self.form.values[name] = self._value.decode(errors="replace")
        self._value.clear()
        self.close()

    def _end(self) -> None:
        self.complete = True
