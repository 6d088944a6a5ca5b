"""The page's live side: a person's events as a stream, and a server that ends open streams when it stops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from typing import Any

import orjson
import uvicorn

HEARTBEAT_SECONDS = 15.0


class PageServer(uvicorn.Server):
    """Uvicorn that ends open event streams when it stops: by itself it would wait for them forever."""

    def __init__(self, config: uvicorn.Config, closing: asyncio.Event) -> None:
        super().__init__(config)
        self.closing = closing

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End the event streams, then stop as uvicorn does."""
        self.closing.set()
        await super().shutdown(sockets)


async def event_stream(events: AsyncIterator[dict[str, Any]], closing: asyncio.Event) -> AsyncIterator[bytes]:
    """Yield the events as server-sent events until `closing` is set, with a heartbeat while nothing happens.

    The first, "siap", says that listening has begun: a history read after it misses nothing.
    """
    leaving = asyncio.ensure_future(closing.wait())
    waiting = asyncio.ensure_future(anext(events))
    try:
        yield b"retry: 1000\nevent: siap\ndata: {}\n\n"
        while True:
            await asyncio.wait({waiting, leaving}, timeout=HEARTBEAT_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if leaving.done():
                return
            if waiting.done():
                yield b"data: " + orjson.dumps(waiting.result()) + b"\n\n"
                waiting = asyncio.ensure_future(anext(events))
            else:
                yield b": detak\n\n"
    finally:
        waiting.cancel()
        leaving.cancel()
