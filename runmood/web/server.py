"""The server of the pages, on this computer alone or on its address in the network too."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import uvicorn

from runmood.core.errors import UserError
from runmood.core.i18n import message
from runmood.web.connections import TimedProtocol

if TYPE_CHECKING:
    from starlette.types import ASGIApp


LOOPBACK = "127.0.0.1"
CONNECTIONS, KEEP_ALIVE_S = 100, 5  # one person with a phone or two
HEAD_BYTES = 16 * 1024
_ELSEWHERE = ("192.0.2.1", 9)  # reserved for documentation (RFC 5737): connecting a UDP socket sends nothing


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
        raise UserError(message("error.port_in_use", address=f"{host}:{port}", fault=fault.strerror)) from fault
    return bound
