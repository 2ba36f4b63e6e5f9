"""Nobody keeps the owner out by holding connections."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
import urllib.request
from contextlib import suppress
from http.client import HTTPResponse
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
    """An application that says one word, on one page after longer than there is to ask in."""
    if scope["type"] == "http":
        await asyncio.sleep(2.0 * (scope["path"] == "/slow"))
        if scope["path"] == "/busy":
            time.sleep(1)  # noqa: ASYNC251 - so that all who come meanwhile are taken at once
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
    except TimeoutError:
        return False
    except OSError:
        return True


HEAD = b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n"
SLOWLY = {
    "nothing": b"", "half a head": HEAD + b"X: ", "half of a second head": HEAD + b"\r\n" + HEAD + b"X: ",
    "a body after its answer": HEAD.replace(b"GET", b"POST") + b"Content-Length: 100000\r\n\r\nx",
}  # fmt: skip


@pytest.mark.parametrize("sent", SLOWLY)
def test_who_does_not_ask_in_time_is_let_go(port: int, sent: str) -> None:
    """It ends though a letter more comes now and then; an ordinary request is answered before and after."""
    assert asked(port) == b"ok"
    with socket.create_connection(("127.0.0.1", port), timeout=10) as held:
        held.sendall(SLOWLY[sent])
        held.settimeout(0.2)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(TimeoutError):
                if held.recv(1000) == b"":
                    break
            with suppress(OSError):
                held.sendall(b"x" * (sent != "nothing"))
        else:
            pytest.fail("it is still held")
    assert asked(port) == b"ok"


@pytest.mark.parametrize("sent", [b"", HEAD])
def test_whoever_holds_connections_keeps_nobody_out(port: int, sent: bytes) -> None:
    """Beyond the limit the oldest that asks nothing makes room, so the owner is answered while others hold on."""
    held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(8)]
    for each in held:
        with suppress(OSError):
            each.sendall(sent)
    assert asked(port) == b"ok"
    assert sum(is_closed(each) for each in held[:3]) == 3
    for each in held:
        each.close()
    assert asked(port) == b"ok"
    until = time.monotonic() + 30
    while len(TimedProtocol.by_address.get("127.0.0.1", ())) > 1 and time.monotonic() < until:
        time.sleep(0.05)
    assert len(TimedProtocol.by_address.get("127.0.0.1", ())) <= 1


def test_a_burst_keeps_nobody_out(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of sixty that come at once, each beyond the limit closes another, and not the same one again and again."""
    monkeypatch.setattr(server, "ASK_WITHIN_S", 60.0)
    with socket.create_connection(("127.0.0.1", port), timeout=30) as busy:
        busy.sendall(HEAD.replace(b"/ ", b"/busy ") + b"\r\n")
        time.sleep(0.3)
        held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(60)]
        assert asked(port) == b"ok"
        for each in held:
            each.settimeout(1)
        assert sum(is_closed(each) for each in held[:50]) == 50
        for each in held:
            each.close()


def test_a_request_that_takes_long_is_not_cut_off(port: int) -> None:
    """What is being answered goes on beyond the time to ask in, and makes room for nobody."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as slow:
        slow.sendall(HEAD.replace(b"/ ", b"/slow ") + b"\r\n")
        time.sleep(0.3)
        held = [socket.create_connection(("127.0.0.1", port), timeout=10) for _ in range(8)]
        with HTTPResponse(slow) as reply:
            reply.begin()
            assert reply.read() == b"ok"
        for each in held:
            each.close()
