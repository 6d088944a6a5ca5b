"""The Bot API over a real socket on the loopback: uploads, downloads, two pools, and what never left."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
import telegram
import uvicorn
from starlette.applications import Starlette
from telegram.error import BadRequest, NetworkError, TelegramError, TimedOut

from bot.demo.http import routes
from bot.demo.telegram import Telegram
from bot.http_request import HttpRequest, NotSentError
from bot.outgoing import Outgoing, Sent

SARI = 7
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
async def town() -> Telegram:
    town = Telegram()
    town.join(SARI, "Sari")
    town.says(SARI, "/mulai")
    return town


@pytest.fixture
async def address(town: Telegram) -> AsyncIterator[str]:
    """The stand-in behind a real HTTP server on a free port."""
    config = uvicorn.Config(Starlette(routes=routes(town)), port=0, ws="none", lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    server.force_exit = True
    await serving


@asynccontextmanager
async def raw_server(serve: Serve) -> AsyncIterator[str]:
    """A server that does with its connections what the test says, and no HTTP of its own."""
    served = []

    async def serve_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(asyncio.current_task())
        await serve(reader, writer)
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve_and_close, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()
        await asyncio.gather(*filter(None, served), return_exceptions=True)


def bot_at(address: str, key: str = "DEMO") -> telegram.Bot:
    return telegram.Bot(
        f"1:{key}",
        base_url=f"{address}/bot",
        base_file_url=f"{address}/file/bot",
        request=HttpRequest(),
        get_updates_request=HttpRequest(1),
    )


async def test_a_letter_goes_up_under_its_name_and_comes_down_unchanged(town: Telegram, address: str) -> None:
    letter = bytes(range(256)) * 2000
    async with bot_at(address) as bot:
        message = await bot.send_document(
            SARI, letter, filename="surat pernyataan Bu Sari – é.pdf", caption="Ini surat Anda & <lampiran>"
        )
        assert message.document is not None
        assert message.caption == "Ini surat Anda & <lampiran>"
        file = await bot.get_file(message.document.file_id)
        assert bytes(await file.download_as_bytearray()) == letter
    assert town.file_name(message.document.file_id) == "surat pernyataan Bu Sari – é.pdf"


async def test_a_long_poll_does_not_hold_up_what_is_sent(town: Telegram, address: str) -> None:
    async with bot_at(address) as bot:
        await bot.get_updates(offset=700_000_002, timeout=0)
        poll = asyncio.create_task(bot.get_updates(offset=700_000_002, timeout=50))
        answers = await asyncio.gather(*(bot.send_message(SARI, str(number)) for number in range(40)))
        assert len(answers) == 40
        assert not poll.done()
        town.says(SARI, "tempe")
        assert [update.effective_message.text for update in await poll if update.effective_message] == ["tempe"]


async def test_telegrams_own_errors_come_through(town: Telegram, address: str) -> None:
    async with bot_at(address) as bot:
        town.blocks(SARI)
        assert (await Outgoing().call(lambda: bot.send_message(SARI, "Halo"), SARI)).sent is Sent.BLOCKED
    with pytest.raises(telegram.error.InvalidToken):
        async with bot_at(address, "SALAH"):
            pass


async def test_half_a_letter_is_refused_before_it_leaves(town: Telegram, address: str) -> None:
    async with bot_at(address) as bot:
        with pytest.raises(BadRequest):
            await bot.send_message(SARI, "tempe \ud83d")
        end = await Outgoing().call(lambda: bot.send_message(SARI, "tempe \ud83d"), SARI)
    assert end.sent is Sent.REFUSED
    assert [call.method for call in town.log] == ["getMe"]


async def test_a_server_that_is_not_there_got_nothing() -> None:
    async with raw_server(lambda _reader, _writer: asyncio.sleep(0)) as address:
        pass
    with pytest.raises(NotSentError):
        async with bot_at(address):
            pass


async def test_a_server_that_does_not_answer_may_have_got_it() -> None:
    heard = asyncio.Event()

    async def listen_only(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"Halo")
        heard.set()
        await reader.read()

    async with raw_server(listen_only) as address, http_request() as request:
        bot = telegram.Bot("1:DEMO", base_url=f"{address}/bot", request=request)
        with pytest.raises(TimedOut) as error:
            await bot.send_message(SARI, "Halo", read_timeout=0.1)
        assert heard.is_set()
        assert not isinstance(error.value, NotSentError)


async def test_a_connection_that_breaks_may_have_carried_it() -> None:
    async def hang_up(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"Halo")

    async with raw_server(hang_up) as address, http_request() as request:
        bot = telegram.Bot("1:DEMO", base_url=f"{address}/bot", request=request)
        with pytest.raises(NetworkError) as error:
            await bot.send_message(SARI, "Halo")
        assert not isinstance(error.value, NotSentError)


async def test_no_free_connection_means_not_sent() -> None:
    taken = asyncio.Event()

    async def never_answer(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        taken.set()
        await reader.read()

    async with raw_server(never_answer) as address, http_request(connections=1) as request:
        bot = telegram.Bot("1:DEMO", base_url=f"{address}/bot", request=request)
        first = asyncio.create_task(bot.send_message(SARI, "Halo"))
        await taken.wait()
        with pytest.raises(NotSentError):
            await bot.send_message(SARI, "Halo", connect_timeout=0.1)
        first.cancel()


@asynccontextmanager
async def http_request(connections: int = 64) -> AsyncIterator[HttpRequest]:
    async with HttpRequest(connections) as request:
        yield request


async def test_a_proxy_of_the_environment_is_used_and_its_no_means_not_sent(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = bytearray()

    async def refuse(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.extend(await reader.readuntil(b"\r\n\r\n"))
        writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")

    async with raw_server(refuse) as proxy:
        monkeypatch.setenv("https_proxy", proxy)
        async with http_request() as request:
            bot = telegram.Bot("1:DEMO", base_url="https://telegram.invalid/bot", request=request)
            with pytest.raises(NotSentError):
                await bot.send_message(SARI, "Halo")
    assert asked.startswith(b"CONNECT telegram.invalid:443")


async def test_opening_and_closing_twice_does_nothing() -> None:
    request = HttpRequest()
    for step in (request.initialize, request.initialize, request.shutdown, request.shutdown):
        await step()


def test_half_a_letter_in_one_message_does_not_hide_the_batch() -> None:
    whole = rb'{"ok":true,"result":[{"update_id":1,"text":"\ud83d"},{"update_id":2,"text":"tahu"}]}'
    assert [update["update_id"] for update in HttpRequest.parse_json_payload(whole)["result"]] == [1, 2]
    assert HttpRequest.parse_json_payload(b'{"text":"tahu \xff"}') == {"text": "tahu \ufffd"}


@pytest.mark.parametrize("payload", [b"<html>rahasia</html>", b"", b'["rahasia"]'])
def test_an_answer_that_is_no_json_object_is_an_error_without_its_content(payload: bytes) -> None:
    with pytest.raises(TelegramError) as error:
        HttpRequest.parse_json_payload(payload)
    assert "rahasia" not in str(error.value)
