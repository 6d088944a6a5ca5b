"""aiogram-dialog: one window for each question, as its documentation has it, over aiogram's memory or Redis storage."""

import json
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from operator import itemgetter
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.filters import CommandStart
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.base import BaseStorage, DefaultKeyBuilder
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.fsm.storage.redis import RedisStorage
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, StartMode, Window, setup_dialogs
from aiogram_dialog.widgets.input import ManagedTextInput, TextInput
from aiogram_dialog.widgets.kbd import Button, Select
from aiogram_dialog.widgets.text import Const, Format
from redis.asyncio import Redis

from benchmarks.others.redis_server import MISSING, cpu_seconds, redis_server
from benchmarks.others.screens import AiogramWire, Screens, Talk, Way
from benchmarks.others.small_form import BEFORE, CORRECT, FORM, Question, Value, given, open_question, summary
from benchmarks.wire import TOKEN


class Laporan(StatesGroup):
    """A state for each question, and the summary."""

    produk = State()
    nilai_mesin = State()
    asal_bahan = State()
    negara = State()
    nilai_bahan = State()
    listrik = State()
    biaya_listrik = State()
    pekerja = State()
    pemasaran = State()
    ekspor = State()
    nilai_jual = State()
    kendala = State()
    ringkasan = State()


_STATES = dict(zip([*(question.key for question in FORM), ""], Laporan.__all_states__, strict=True))


async def _take(manager: DialogManager, key: str | None, value: Value) -> None:
    assert key
    manager.dialog_data[key] = value
    following = open_question(manager.dialog_data)
    await manager.switch_to(_STATES[following.key if following else ""])


async def _typed(_: Message, asked: ManagedTextInput[Value], manager: DialogManager, value: Value) -> None:
    await _take(manager, asked.widget.widget_id, value)


async def _wrong(message: Message, _: Any, __: DialogManager, problem: ValueError) -> None:
    await message.answer(str(problem))


async def _pressed(_: CallbackQuery, asked: Select[str], manager: DialogManager, choice: str) -> None:
    await _take(manager, asked.widget_id, choice)


async def _end(query: CallbackQuery, _: Button, manager: DialogManager) -> None:
    await query.answer("Tersimpan")
    await manager.done()


async def _started(_: Any, manager: DialogManager) -> None:
    manager.dialog_data.update(BEFORE)


async def _summary(dialog_manager: DialogManager, **_: Any) -> dict[str, str]:
    return {"ringkasan": summary(dialog_manager.dialog_data)}


def _window(question: Question) -> Window:
    answer: Select[str] | TextInput[Value]
    if question.choices:
        answer = Select(
            Format("{item[1]}"),
            id=question.key,
            item_id_getter=itemgetter(0),
            items=list(question.choices.items()),
            on_click=_pressed,
        )
    else:
        answer = TextInput(id=question.key, type_factory=question.read, on_success=_typed, on_error=_wrong)
    return Window(Const(question.text), answer, state=_STATES[question.key])


def _dialog() -> Dialog:
    last = Window(
        Format("{ringkasan}"), Button(Const(CORRECT), "benar", _end), state=Laporan.ringkasan, getter=_summary
    )
    return Dialog(*(_window(question) for question in FORM), last, on_start=_started)


async def _start(_: Message, dialog_manager: DialogManager) -> None:
    await dialog_manager.start(Laporan.produk, mode=StartMode.RESET_STACK)


async def _dispatcher(bot: Bot, storage: BaseStorage) -> Dispatcher:
    dispatcher = Dispatcher(storage=storage)
    dispatcher.message.register(_start, CommandStart())
    dispatcher.include_router(_dialog())
    setup_dialogs(dispatcher)
    await dispatcher.emit_startup(bot=bot)
    return dispatcher


def _answer(dispatcher: Dispatcher, bot: Bot) -> Any:
    async def answer(raw: dict[str, Any]) -> None:
        await dispatcher.feed_raw_update(bot, raw)

    return answer


@asynccontextmanager
async def _in_memory(_: Path) -> AsyncIterator[Talk]:
    screens = Screens()
    bot = Bot(TOKEN, AiogramWire(screens))
    dispatcher = await _dispatcher(bot, MemoryStorage())
    yield Talk(_answer(dispatcher, bot), screens)
    await dispatcher.emit_shutdown(bot=bot)


async def _nothing_stored(_: Path) -> Counter[int]:
    return Counter()


@asynccontextmanager
async def _on_redis(folder: Path) -> AsyncIterator[Talk]:
    screens = Screens()
    bot = Bot(TOKEN, AiogramWire(screens))
    async with redis_server(folder) as url, Redis.from_url(url) as asking:
        storage = RedisStorage.from_url(url, key_builder=DefaultKeyBuilder(with_destiny=True))
        dispatcher = await _dispatcher(bot, storage)
        yield Talk(_answer(dispatcher, bot), screens, lambda: cpu_seconds(asking))
        await dispatcher.emit_shutdown(bot=bot)
        await storage.close()


async def _stored_on_redis(folder: Path) -> Counter[int]:
    found = Counter[int]()
    async with redis_server(folder) as url, Redis.from_url(url, decode_responses=True) as client:
        async for key in client.scan_iter("fsm:*:aiogd:context:*"):
            found[int(key.split(":")[1])] += given(json.loads(await client.get(key))["dialog_data"])
    return found


IN_MEMORY = Way("aiogram_dialog_memory", "aiogram-dialog, memory", _in_memory, _nothing_stored)
ON_REDIS = Way(
    "aiogram_dialog_redis", "aiogram-dialog, Redis that syncs always", _on_redis, _stored_on_redis, MISSING
)
