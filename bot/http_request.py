"""Calls to the Bot API over aiohttp, for python-telegram-bot. Tells "never left" (NotSentError) from "nobody
knows" (any other NetworkError), and logs nothing: an address holds the token."""

from typing import Any
from urllib.request import getproxies

import aiohttp
import orjson
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.calls import read_json

Timeout = Any  # PTB's ODVInput[float]: seconds, None, or its DEFAULT_NONE marker, which it keeps private

CONNECT, READ, UPLOAD = 10.0, 20.0, 120.0  # seconds; a getUpdates call brings its own read timeout

_JSON = {"Content-Type": "application/json"}

_NEVER_LEFT = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
    aiohttp.InvalidURL,
)


class NotSentError(NetworkError):
    """Telegram was not reached, so nothing was delivered: sending again cannot double anything."""


class HttpRequest(BaseRequest):
    """One pool of connections, opened by `initialize` and closed by `shutdown`.

    A bot has two: `get_updates_request=HttpRequest(1)` for the long poll, which then cannot starve
    `request=HttpRequest()` for everything else.
    """

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxy: str | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds to wait for an answer where the call names none."""
        return READ

    async def initialize(self) -> None:
        """Open the pool; a second time does nothing. HTTPS_PROXY counts for https, a local server needs none."""
        if self._session is None:
            # Read once: `trust_env` asks two threads about proxy and netrc at each call, three quarters of its cost.
            self._proxy = getproxies().get("https")
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
            )

    async def shutdown(self) -> None:
        """Close every connection; a second time does nothing."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - PTB names it; `connect` covers it
    ) -> tuple[int, bytes]:
        """HTTP status and body. Raises NotSentError, TimedOut or NetworkError."""
        if self._session is None:
            raise RuntimeError("HttpRequest is closed: `await bot.initialize()` before the first call.")
        read = _seconds(read_timeout, READ)
        connect = _seconds(connect_timeout, CONNECT)
        write = _seconds(write_timeout, UPLOAD)
        # aiohttp starts `sock_read` after the upload and has no write timeout: `total` bounds what is sent. A
        # download is bounded only between two pieces, so that a slow line gets its 20 MB.
        whole = connect + write + read if method == "POST" and None not in (connect, write, read) else None
        timeout = aiohttp.ClientTimeout(total=whole, connect=connect, sock_read=read)
        body = _body(request_data)
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=_JSON if isinstance(body, bytes) else None,
                timeout=timeout,
                allow_redirects=False,
                proxy=self._proxy if url.startswith("https:") else None,
            ) as response:
                return response.status, await response.read()
        except _NEVER_LEFT as error:
            raise NotSentError(f"Telegram was not reached ({type(error).__name__})") from error
        except TimeoutError as error:
            raise TimedOut(f"Telegram did not answer in time ({type(error).__name__})") from error
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(f"the connection to Telegram broke ({type(error).__name__})") from error

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The answer as a dict. Raises TelegramError, without the content."""
        try:
            answer = read_json(payload)
        except ValueError:
            raise TelegramError("Telegram's answer was not JSON") from None
        if not isinstance(answer, dict):
            raise TelegramError("Telegram's answer was not a JSON object")
        return answer


def _seconds(given: Timeout, default: float) -> Any:
    return default if given is BaseRequest.DEFAULT_NONE else given


def _body(request_data: RequestData | None) -> aiohttp.FormData | bytes | None:
    """JSON where nothing is uploaded: a form costs more to write, and more to read."""
    if request_data is None:
        return None
    if not request_data.contains_files:
        try:
            return orjson.dumps(request_data.parameters)
        except TypeError:
            raise BadRequest("a text with a lone surrogate cannot be sent") from None
    # Names stay as they are: quoted, an owner would receive "surat%20pernyataan.pdf".
    form = aiohttp.FormData(quote_fields=False)
    for name, value in request_data.json_parameters.items():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise BadRequest("a text with a lone surrogate cannot be sent") from None
        form.add_field(name, value)
    for name, (filename, content, mimetype) in request_data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mimetype)
    return form
