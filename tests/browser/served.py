"""The pages of a home, served on this machine from a thread, which can be stopped and started again."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from typing import TYPE_CHECKING, Self

import uvicorn

from runmood.core.errors import UserError
from runmood.web.adapters.home import build_app_context
from runmood.web.app import create_app
from runmood.web.server import network_address

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.types import ASGIApp, Message, Receive, Scope, Send


LOOPBACK = "127.0.0.1"
BIT_BYTES, BETWEEN_BITS_S = 700, 0.01


class Served:
    """A home on a port of its own."""

    def __init__(self, root: Path, network: str | None = None, *, in_bits: bool = False) -> None:
        self.root = root
        self.hosts = [LOOPBACK, *([network] if network else [])]
        self.port = free_port()
        app, self.access = create_app(build_app_context(root), f"{network}:{self.port}" if network else None)
        self.app = bit_by_bit(app) if in_bits else app
        self.address = f"http://{LOOPBACK}:{self.port}"
        self._server: uvicorn.Server | None = None

    @staticmethod
    def ours() -> set[str]:
        """Return the addresses of this machine."""
        try:
            return {LOOPBACK, network_address()}
        except UserError:
            return {LOOPBACK}

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Answer from now on."""
        config = uvicorn.Config(self.app, log_level="error", access_log=False, lifespan="off", ws="none")
        self._server = uvicorn.Server(config)
        sockets = [listening(host, self.port) for host in self.hosts]
        self._thread = threading.Thread(target=self._server.run, args=(sockets,), daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        """Answer no more."""
        if self._server:
            self._server.should_exit = self._server.force_exit = True
            self._thread.join()
            self._server = None

    def lines(self) -> list[str]:
        """Return the lines of the journal."""
        return (self.root / "journal" / "journal.jsonl").read_text(encoding="utf-8").splitlines()


def bit_by_bit(app: ASGIApp) -> ASGIApp:
    """Return the same app as if on a busy computer: a browser may draw what it has before the rest arrives."""

    async def slowly(scope: Scope, receive: Receive, send: Send) -> None:
        async def in_bits(message: Message) -> None:
            body = message.get("body", b"")
            for start in range(0, len(body) - BIT_BYTES, BIT_BYTES):
                await send({**message, "body": body[start : start + BIT_BYTES], "more_body": True})
                await asyncio.sleep(BETWEEN_BITS_S)
            rest = (len(body) - 1) // BIT_BYTES * BIT_BYTES
            await send({**message, "body": body[rest:]} if body else message)

        await app(scope, receive, in_bits)

    return slowly


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that waits for browsers."""
    waiting = socket.socket()
    waiting.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    waiting.bind((host, port))
    return waiting


def free_port() -> int:
    """Return an unused port."""
    with socket.socket() as found:
        found.bind((LOOPBACK, 0))
        return int(found.getsockname()[1])
