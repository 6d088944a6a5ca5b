"""What the process shows on its port: whether it lives, whether it can work, what it has counted. Behind a reverse
proxy only the webhook's path is for the world."""

import asyncio
import contextlib
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.process_metrics import REGISTRY
from storage.trouble import DatabaseUnavailableError

TIME_TO_ANSWER = 2  # seconds that requests may still take at a stop
IDLE = 75  # seconds: longer than nginx keeps a connection, so that it does not send into one that is being closed

Trouble = Callable[[], Awaitable[str | None]]
Figures = Callable[[], Awaitable[bytes]]


def health_routes(trouble: Trouble, figures: Figures) -> list[Route]:
    """/healthz (the loop turns), /readyz (503 and the reason while there is `trouble`), /metrics (for Prometheus: what
    the process counts, and `figures` while the database gives them)."""

    async def alive(_request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(_request: Request) -> Response:
        reason = await trouble()
        return PlainTextResponse("ok\n") if reason is None else PlainTextResponse(f"{reason}\n", 503)

    async def metrics(_request: Request) -> Response:
        counted = generate_latest(REGISTRY)
        with contextlib.suppress(DatabaseUnavailableError):
            counted += await figures()
        return Response(counted, media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]


@asynccontextmanager
async def serving(routes: list[Route], host: str, port: int) -> AsyncIterator[None]:
    """Answer requests while the context lasts; at its end take no more and finish those that run, within 2 s."""
    config = uvicorn.Config(
        Starlette(routes=routes),
        lifespan="off",
        ws="none",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_keep_alive=IDLE,
        timeout_graceful_shutdown=TIME_TO_ANSWER,
    )
    server = uvicorn.Server(config)
    server.capture_signals = contextlib.nullcontext  # type: ignore[assignment]  # signals are the command line's
    listener = _listener(host, port)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await task
        listener.close()


def _listener(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), reuse_port=False, backlog=512)
    except OSError:
        sys.exit(f"PORT {port} on LISTEN_HOST {host} cannot be used: stop what uses it, or set another one.")
