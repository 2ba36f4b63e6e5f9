"""The server of the pages, on this computer alone or on its address in the network too.

uvicorn limits the connections altogether and those that are quiet after an answer, not those that never ask, or that
send a second head or a refused body by the letter: any account on this computer could hold them all. So each connection
has to ask in time, and beyond so many of one address the oldest that asks nothing makes room.
"""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, ClassVar

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from runmood.core.errors import UserError, why_refused
from runmood.core.i18n import message

if TYPE_CHECKING:
    import asyncio

    from starlette.types import ASGIApp


ASK_WITHIN_S = 10.0  # until the head of a request is whole
A_REQUEST_WITHIN_S = 30 * 60.0  # an export of years, on its way from a browser on this computer
OF_ONE_ADDRESS = 40
LOOPBACK = "127.0.0.1"
CONNECTIONS, KEEP_ALIVE_S = 100, 5  # one person with a phone or two
HEAD_BYTES = 16 * 1024
_ELSEWHERE = ("192.0.2.1", 9)  # reserved for documentation (RFC 5737): connecting a UDP socket sends nothing


class TimedProtocol(H11Protocol):
    """A connection that is closed where it asks too slowly, or where its address has too many that ask nothing."""

    by_address: ClassVar[dict[str, dict[TimedProtocol, None]]] = {}  # of this process, the oldest first

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take a connection, and give it a time to ask in; beyond so many the oldest that asks nothing makes room."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self._end = self.loop.call_later(A_REQUEST_WITHIN_S, transport.abort)
        self._deadline = self.loop.call_later(ASK_WITHIN_S, self._close_unless_answered)
        same = self.by_address.setdefault(self._address, {})
        same[self] = None
        if len(same) > OF_ONE_ADDRESS and (oldest := next((each for each in same if not each.is_answered), None)):
            del same[oldest]  # now: of many that come at once, each makes room for another
            oldest.transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection no more."""
        self._deadline.cancel()
        self._end.cancel()
        same = self.by_address.get(self._address, {})
        same.pop(self, None)
        if not same:
            self.by_address.pop(self._address, None)
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Give the connection a time for its next request."""
        super().on_response_complete()
        self._deadline.cancel()
        self._deadline = self.loop.call_later(ASK_WITHIN_S, self._close_unless_answered)

    @property
    def is_answered(self) -> bool:
        """Whether a request of it is being answered."""
        return self.cycle is not None and not self.cycle.response_complete

    def _close_unless_answered(self) -> None:
        if not self.is_answered:
            self.transport.abort()


def network_address() -> str:
    """Return the address of this computer in its network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(_ELSEWHERE)
            address = str(probe.getsockname()[0])
        except OSError:
            address = LOOPBACK
    if address.startswith("127."):
        raise UserError(message("error.no_network"))
    return address


def serve(app: ASGIApp, port: int, network: str | None = None) -> None:
    """Serve the pages until interrupted, on this computer and, where given, its network address; log no request."""
    hosts = [LOOPBACK, *([network] if network else [])]
    sockets = [_bound_socket(host, port) for host in hosts]
    config = uvicorn.Config(
        app,
        log_level="warning",
        access_log=False,
        proxy_headers=False,
        server_header=False,
        ws="none",
        http=TimedProtocol,
        lifespan="off",
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEEP_ALIVE_S,
        h11_max_incomplete_event_size=HEAD_BYTES,
    )
    uvicorn.Server(config).run(sockets=sockets)


def _bound_socket(host: str, port: int) -> socket.socket:
    # asyncio sends at once (TCP_NODELAY) only on sockets that name their protocol; else a page took 40 ms more.
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((host, port))
    except OSError as fault:
        bound.close()
        raise UserError(message("error.port_in_use", address=f"{host}:{port}", fault=why_refused(fault))) from fault
    return bound
