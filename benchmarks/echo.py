"""The yardstick: python-telegram-bot's own echo, an Application with one handler that replies with the text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import telegram
from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

from benchmarks.wire import TOKEN, NoNetwork, Raw


async def _reply(update: telegram.Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    message = update.message
    assert message
    assert message.text
    await message.reply_text(message.text)


class Echo:
    """Answers a raw update."""

    def __init__(self, application: "Application[Any, Any, Any, Any, Any, Any]") -> None:
        self._application = application

    async def answer(self, raw: Raw) -> None:
        """From the raw update to the serialised reply."""
        await self._application.process_update(telegram.Update.de_json(raw, self._application.bot))


@asynccontextmanager
async def echo() -> AsyncIterator[Echo]:
    """The running echo."""
    builder = ApplicationBuilder().token(TOKEN).updater(None).job_queue(None)
    application = builder.request(NoNetwork()).get_updates_request(NoNetwork()).build()
    application.add_handler(MessageHandler(filters.TEXT, _reply))
    async with application:
        yield Echo(application)
