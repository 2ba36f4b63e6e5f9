"""Nobody keeps the owner out by holding connections."""

from __future__ import annotations

import socket
import threading
import time
import urllib.request
from typing import TYPE_CHECKING

import pytest
import uvicorn

from runmood.web import server
from runmood.web.server import TimedProtocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator


async def answer(
    scope: dict[str, object], _receive: object, send: Callable[[dict[str, object]], Awaitable[None]]
) -> None:
    """An application that says one word."""
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A server with our protocol, and little time to ask in."""
    monkeypatch.setattr(server, "ASK_WITHIN_S", 1.0)
    monkeypatch.setattr(server, "OF_ONE_ADDRESS", 5)
    TimedProtocol.by_address.clear()
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        config = uvicorn.Config(answer, http=TimedProtocol, lifespan="off", log_level="critical")  # type: ignore[arg-type]
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [bound]})
        thread.start()
        while not running.started:
            time.sleep(0.02)
        yield bound.getsockname()[1]
        running.should_exit = True
        thread.join()


def asked(port: int) -> bytes:
    """What the server answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as reply:
        return bytes(reply.read())


def is_closed(held: socket.socket) -> bool:
    """Whether the server has closed a connection."""
    try:
        return held.recv(1) == b""
    except OSError:
        return True


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: "])
def test_who_does_not_ask_in_time_is_let_go(port: int, sent: bytes) -> None:
    """A connection that says nothing, or half a head, ends; an ordinary request is answered before and after."""
    assert asked(port) == b"ok"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as held:
        held.sendall(sent)
        assert is_closed(held)
    assert asked(port) == b"ok"


def test_one_address_has_so_many_and_no_more(port: int) -> None:
    """What is beyond the limit is closed at once, and once some end, others are taken."""
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(8)]
    time.sleep(0.3)
    began = time.monotonic()
    assert sum(is_closed(each) for each in held[5:]) == 3
    assert time.monotonic() - began < 0.5
    for each in held:
        each.close()
    time.sleep(0.3)
    assert asked(port) == b"ok"
    assert +TimedProtocol.by_address == {} or sum(TimedProtocol.by_address.values()) <= 1
