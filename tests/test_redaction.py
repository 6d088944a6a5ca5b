"""Nothing secret and nothing personal is in any log line, at the loudest level and when things break."""

import asyncio
import gc
import io
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import structlog
import telegram
from aiohttp import ClientSession
from pydantic import SecretStr
from sqlalchemy import create_engine
from sqlalchemy.exc import ArgumentError, OperationalError
from telegram.error import InvalidToken, NetworkError

from bot.demo.request import StandInRequest
from bot.demo.telegram import Telegram
from bot.doors.polling import poll
from bot.doors.web import health_routes, serving
from bot.doors.webhook import Webhook
from bot.http_request import HttpRequest
from bot.incoming import Raw
from bot.outgoing import Outgoing
from bot.redaction import TALKATIVE, configure_logging, describe
from bot.settings import Settings, SettingsError
from storage.trouble import DatabaseUnavailableError
from tests.process import free_port

CANARY = "kenari" * 6  # stands where the secret half of a token would
PASSWORD, USER, HOST = "kuncinya@itu", "penjaga", "gudang.example"
SETTINGS = Settings(
    telegram_bot_token=SecretStr(f"123456789:{CANARY}"),
    database_url=SecretStr(f"postgresql://{USER}:kuncinya%40itu@{HOST}:5432/lapor"),
    webhook_secret=SecretStr("burung-burung-kecil"),
)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What the process logs at DEBUG, with every library as loud as it can be; undone afterwards."""
    root = logging.getLogger()
    before = (root.handlers[:], root.level, sys.excepthook, threading.excepthook)
    levels = {name: logging.getLogger(name).level for name in TALKATIVE}
    stream = io.StringIO()
    configure_logging(SETTINGS, logging.DEBUG, stream)
    yield stream
    root.handlers[:], root.level, sys.excepthook, threading.excepthook = before
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.captureWarnings(False)
    structlog.reset_defaults()


def loud() -> None:
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.DEBUG)


def talk(settings: Settings, town: Telegram) -> telegram.Bot:
    return telegram.Bot(settings.token, request=StandInRequest(town), get_updates_request=StandInRequest(town))


async def test_the_token_is_in_no_line_whatever_breaks(lines: io.StringIO) -> None:
    loud()
    log = logging.getLogger("bot.app")
    town = Telegram(SETTINGS.token)
    town.join(7, "Sari")
    town.says(7, "tempe")

    async def fails(_update: Raw) -> None:
        raise RuntimeError(f"cannot handle with {bot!r}")

    async with talk(SETTINGS, town) as bot:
        log.info("started %r", bot)
        log.debug("at %s", bot.base_url)
        log.debug("at https://api.telegram.org/bot123456789%%3A%s/getMe", CANARY)
        structlog.get_logger("bot.app").info(f"started {bot!r}", bot=bot, url=bot.base_file_url)
        stop = asyncio.Event()
        polling = asyncio.create_task(poll(bot, fails, stop))
        while town.updates:
            await asyncio.sleep(0)
        stop.set()
        await polling
        town.fail_next(None, 400, f"Bad Request: {bot.token}")
        await Outgoing().call(lambda: bot.send_message(7, "Halo"), 7)
    with pytest.raises(InvalidToken, match=CANARY) as refused:
        await talk(SETTINGS, Telegram()).initialize()
    log.error("refused: %s", refused.value, exc_info=refused.value)
    structlog.get_logger("bot.app").error("refused", reason=str(refused.value), exc_info=refused.value)
    away = telegram.Bot(SETTINGS.token, base_url="http://127.0.0.1:1/bot", request=HttpRequest())
    with pytest.raises(NetworkError) as lost:
        await away.initialize()
    log.error("away: %r", lost.value.__cause__, exc_info=lost.value)
    await away.shutdown()
    written = lines.getvalue()
    assert written.count("\n") > 20
    assert "[hidden]" in written
    assert "kenari" not in written


def test_a_token_that_is_not_ours_is_hidden_too(lines: io.StringIO) -> None:
    logging.getLogger("bot").warning("copied by mistake: 987654321:%s", "Xy_-" * 9)
    assert "copied by mistake: [hidden]" in lines.getvalue()


def test_the_database_address_is_in_no_line(lines: io.StringIO) -> None:
    loud()
    log = logging.getLogger("storage")
    log.error("cannot open %s", SETTINGS.database)
    log.error('connection to server at "%s", port 5432 failed for user "%s"', HOST, USER)
    log.error("tried %s and kuncinya%%40itu", PASSWORD)
    structlog.get_logger("storage").error("no database", url=f"postgresql+psycopg://{USER}:x@{HOST}/lapor")
    engine = create_engine(f"postgresql+psycopg://{USER}:kuncinya%40itu@127.0.0.1:1/lapor")
    with pytest.raises(OperationalError) as error:
        engine.connect()
    log.error("no database: %s", error.value, exc_info=error.value)
    written = lines.getvalue()
    assert written.count("\n") >= 5
    for secret in (PASSWORD, "kuncinya", USER, HOST):
        assert secret not in written


def test_a_plain_word_that_is_also_a_user_name_stays_in_paths() -> None:
    stream = io.StringIO()
    settings = Settings(database_url=SecretStr("postgresql://bot:pass@db/lapor"))
    handlers = logging.getLogger().handlers[:]
    try:
        configure_logging(settings, stream=stream)
        logging.getLogger("bot.doors.polling").warning('bot/doors/polling.py: user "bot" at db, passing')
    finally:
        logging.getLogger().handlers[:] = handlers
        structlog.reset_defaults()
    assert 'bot/doors/polling.py: user \\"[hidden]\\" at [hidden], passing' in stream.getvalue()
    assert "logger=bot.doors.polling" in stream.getvalue()


async def test_what_people_write_is_in_no_line(lines: io.StringIO) -> None:
    town = Telegram(SETTINGS.token)
    town.join(7, "Sari")
    town.says(7, "kedelai rahasia")
    seen: list[str] = []

    async def answers(update: Raw) -> None:
        seen.append(str(update))
        await Outgoing().call(lambda: bot.send_message(7, "kedelai rahasia"), 7)
        raise ValueError("could not read 'kedelai rahasia'") from KeyError("kedelai rahasia")

    async with talk(SETTINGS, town) as bot:
        stop = asyncio.Event()
        polling = asyncio.create_task(poll(bot, answers, stop))
        while not seen or town.updates:
            await asyncio.sleep(0)
        stop.set()
        await polling
    written = lines.getvalue()
    assert "an update could not be handled" in written
    assert "tests/test_redaction.py" in written
    assert "ValueError" in written
    assert "KeyError" in written
    assert "rahasia" not in written


def test_our_own_exceptions_keep_the_sentence_that_says_what_to_do() -> None:
    def start() -> None:
        raise SettingsError("PORT is not right.")

    with pytest.raises(SettingsError) as error:
        start()
    assert describe(error.value).startswith("SettingsError (PORT is not right.) at tests/test_redaction.py:")
    assert describe(error.value).endswith(" in start")


def test_the_place_of_an_error_in_a_library_is_where_we_called_it() -> None:
    def calls_a_library() -> None:
        create_engine("rahasia")

    with pytest.raises(ArgumentError) as error:
        calls_a_library()
    told = describe(error.value)
    assert "in calls_a_library; " in told
    assert "rahasia" not in told


async def test_an_exception_that_nobody_waited_for_is_told_by_type_and_place(lines: io.StringIO) -> None:
    async def forgotten() -> None:
        raise ValueError("rahasia")

    task = asyncio.create_task(forgotten())
    await asyncio.wait([task])
    del task
    gc.collect()
    written = lines.getvalue()
    assert "never retrieved: ValueError at tests/test_redaction.py" in written
    assert "rahasia" not in written


@pytest.mark.parametrize("where", ["process", "thread"])
def test_the_last_words_of_the_process_are_a_clean_line(lines: io.StringIO, where: str) -> None:
    trouble = RuntimeError(f"123456789:{CANARY} rahasia")
    if where == "process":
        sys.excepthook(RuntimeError, trouble, None)
    else:
        threading.excepthook(threading.ExceptHookArgs((RuntimeError, trouble, None, None)))
    written = lines.getvalue()
    assert "the process stops: RuntimeError" in written
    assert "kenari" not in written
    assert "rahasia" not in written


def test_one_event_is_one_line_with_its_values(lines: io.StringIO) -> None:
    structlog.get_logger("bot.app").warning("two\nlines", update_id=7)
    written = lines.getvalue()
    assert written.count("\n") == 1
    assert "level=warning" in written
    assert "logger=bot.app" in written
    assert "update_id=7" in written


async def test_the_webhook_and_its_counters_tell_no_secret_and_no_content(lines: io.StringIO) -> None:
    loud()
    secret = SETTINGS.secret

    async def fails(update: Raw) -> None:
        raise RuntimeError(f"{secret} {SETTINGS.token} {update}")

    routes = [Webhook(secret, fails).route("https://lapor.example/telegram"), *health_routes(away, uncounted)]
    port, name = free_port(), "X-Telegram-Bot-Api-Secret-Token"
    update = {"update_id": 5, "message": {"text": "kedelai rahasia", "chat": {"id": 7, "type": "private"}}}
    async with serving(routes, "127.0.0.1", port), ClientSession(f"http://127.0.0.1:{port}") as world:
        for given, body in ((secret, update), ("kedelai rahasia", update), (secret, ["rahasia"])):
            await (await world.post("/telegram", json=body, headers={name: given})).read()
        shown = await (await world.get("/metrics")).text() + await (await world.get("/readyz")).text()
    written = lines.getvalue() + shown
    assert "an update could not be handled" in written
    assert "malformed update" in written
    assert "wrong secret" in shown
    for word in ("rahasia", "burung", "kenari", HOST, PASSWORD):
        assert word not in written


async def away() -> str:
    return "the database does not answer"


async def uncounted() -> bytes:
    raise DatabaseUnavailableError(f"{HOST} {PASSWORD}")
