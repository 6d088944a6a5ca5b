"""python-telegram-bot's ConversationHandler with PicklePersistence, as its example persistentconversationbot has it.

The persistence is written once a minute (`update_interval`, 60 s by default) and at an orderly stop: what was answered
since is lost with the process. One owner's change writes the whole file again, on the loop.
"""

import time
import warnings
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import telegram
from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)
from telegram.warnings import PTBUserWarning

from benchmarks.others.screens import PtbWire, Screens, Talk, Way, start_update
from benchmarks.others.small_form import (
    BEFORE,
    CORRECT,
    FORM,
    SCRIPT,
    Answers,
    Question,
    given,
    open_question,
    summary,
)
from benchmarks.wire import TOKEN, NoNetwork, text_update

SUMMARY = "ringkasan"
FILE = "percakapan.pickle"
Step = Callable[[telegram.Update, ContextTypes.DEFAULT_TYPE], Coroutine[Any, Any, object]]
App = Application[Any, Any, Any, Any, Any, Any]


def keyboard(question: Question | None) -> InlineKeyboardMarkup | None:
    """The buttons below a question, or below the summary."""
    key, choices = (question.key, question.choices) if question else (SUMMARY, {"benar": CORRECT})
    buttons = [InlineKeyboardButton(label, callback_data=f"{key}:{choice}") for choice, label in choices.items()]
    return InlineKeyboardMarkup([buttons]) if buttons else None


async def say(update: telegram.Update, text: str, question: Question | None) -> None:
    """Below a typed answer as a new message, after a press in place of the old one."""
    if query := update.callback_query:
        await query.answer()
        await query.edit_message_text(text, reply_markup=keyboard(question))
    elif update.message:
        await update.message.reply_text(text, reply_markup=keyboard(question))


def replied(update: telegram.Update) -> str:
    """The text, or the choice behind the button."""
    if update.callback_query:
        return (update.callback_query.data or "").partition(":")[2]
    return (update.message and update.message.text) or ""


async def _start(update: telegram.Update, context: ContextTypes.DEFAULT_TYPE) -> str:
    assert context.user_data is not None
    context.user_data["jawaban"] = dict(BEFORE)
    await say(update, FORM[0].text, FORM[0])
    return FORM[0].key


def _step(question: Question) -> Step:
    async def answered(update: telegram.Update, context: ContextTypes.DEFAULT_TYPE) -> str:
        assert context.user_data is not None
        answers: Answers = context.user_data["jawaban"]
        try:
            answers[question.key] = question.read(replied(update))
        except ValueError as problem:
            await say(update, f"{problem}\n\n{question.text}", question)
            return question.key
        following = open_question(answers)
        await say(update, following.text if following else summary(answers), following)
        return following.key if following else SUMMARY

    return answered


async def _end(update: telegram.Update, _: ContextTypes.DEFAULT_TYPE) -> int:
    if update.callback_query:
        await update.callback_query.answer("Tersimpan")
    return ConversationHandler.END


def _conversation() -> ConversationHandler[ContextTypes.DEFAULT_TYPE]:
    states: dict[object, list[Any]] = {SUMMARY: [CallbackQueryHandler(_end, f"^{SUMMARY}:")]}
    for question in FORM:
        if question.choices:
            states[question.key] = [CallbackQueryHandler(_step(question), f"^{question.key}:")]
        else:
            states[question.key] = [MessageHandler(filters.TEXT & ~filters.COMMAND, _step(question))]
    with warnings.catch_warnings():  # per_message=False is right where texts and presses mix, as its FAQ says
        warnings.filterwarnings("ignore", message=".*CallbackQueryHandler", category=PTBUserWarning)
        return ConversationHandler(
            entry_points=[CommandHandler("start", _start)],
            states=states,
            fallbacks=[CommandHandler("batal", _end)],
            name="laporan",
            persistent=True,
            allow_reentry=True,
        )


@asynccontextmanager
async def _running(folder: Path, screens: Screens) -> AsyncIterator[App]:
    builder = ApplicationBuilder().token(TOKEN).updater(None).job_queue(None)
    builder = builder.request(PtbWire(screens)).get_updates_request(NoNetwork())
    application = builder.persistence(PicklePersistence(folder / FILE)).build()
    application.add_handler(_conversation())
    async with application:
        await application.start()
        try:
            yield application
        finally:
            await application.stop()


@asynccontextmanager
async def _open(folder: Path) -> AsyncIterator[Talk]:
    screens = Screens()
    async with _running(folder, screens) as application:

        async def answer(raw: dict[str, Any]) -> None:
            await application.process_update(telegram.Update.de_json(raw, application.bot))

        yield Talk(answer, screens)


async def _stored(folder: Path) -> Counter[int]:
    async with _running(folder, Screens()) as application:
        return Counter({chat: given(kept.get("jawaban", {})) for chat, kept in application.user_data.items()})


async def stall(folder: Path, owners: int, active: int) -> float:
    """How long one flush holds up everybody's answers, in ms, where `active` of `owners` answered since the last."""
    async with _running(folder, Screens()) as application:
        persistence = application.persistence
        assert isinstance(persistence, PicklePersistence)
        persistence.on_flush = True  # only while the owners move in: else the file is written anew for each of them
        for chat_id in range(1, owners + 1):
            await application.process_update(telegram.Update.de_json(start_update(chat_id), application.bot))
        await application.update_persistence()
        persistence.on_flush = False
        for chat_id in range(1, active + 1):
            raw = text_update(chat_id, SCRIPT[0])
            await application.process_update(telegram.Update.de_json(raw, application.bot))
        begun = time.perf_counter()
        await application.update_persistence()
        return (time.perf_counter() - begun) * 1000


PICKLED = Way("ptb_pickle", "PTB ConversationHandler, PicklePersistence", _open, _stored)
