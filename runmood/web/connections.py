"""Connections that cost nothing: each has to ask in time, and none from one address may take the place of all others.

uvicorn limits the connections altogether and those that are kept open after an answer, not those that never ask: any
account on this computer could hold them all and keep the owner out.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol

if TYPE_CHECKING:
    import asyncio


ASK_WITHIN_S = 10.0  # until the head of the first request is whole
A_REQUEST_WITHIN_S = 30 * 60.0  # an export of years, on its way from a browser on this computer
OF_ONE_ADDRESS = 40


class TimedProtocol(H11Protocol):
    """A connection that is closed where it asks too slowly, or where its address has too many."""

    by_address: ClassVar[Counter[str]] = Counter()  # of all connections of this process

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Take a connection, and give it a time to ask in."""
        super().connection_made(transport)
        self._address = self.client[0] if self.client else ""
        self.by_address[self._address] += 1
        self._deadline = self.loop.call_later(ASK_WITHIN_S, self._close_unless_asked)
        self._end = self.loop.call_later(A_REQUEST_WITHIN_S, transport.abort)
        if self.by_address[self._address] > OF_ONE_ADDRESS:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count the connection no more."""
        self._deadline.cancel()
        self._end.cancel()
        self.by_address[self._address] -= 1
        super().connection_lost(exc)

    def _close_unless_asked(self) -> None:
        if self.cycle is None:
            self.transport.abort()
