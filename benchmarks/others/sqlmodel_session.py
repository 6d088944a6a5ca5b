"""python-telegram-bot with an async SQLModel session: the report and its answers are loaded at every update, the open
question is computed from them, and the new answer is committed before the reply. SQLite syncs every commit."""

from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import telegram
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import Field, SQLModel, select
from sqlmodel.ext.asyncio.session import AsyncSession
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from benchmarks.others.pickled import SUMMARY, replied, say
from benchmarks.others.screens import PtbWire, Screens, Talk, Way
from benchmarks.others.small_form import BEFORE, BY_KEY, FORM, Value, given, open_question, summary
from benchmarks.wire import TOKEN, NoNetwork


class SmallReport(SQLModel, table=True):
    """One owner's report."""

    __tablename__ = "small_report"
    id: int | None = Field(default=None, primary_key=True)
    chat_id: int = Field(unique=True)


class SmallAnswer(SQLModel, table=True):
    """One answer of it, as text."""

    __tablename__ = "small_answer"
    report_id: int = Field(foreign_key="small_report.id", primary_key=True)
    question: str = Field(primary_key=True)
    value: str

    def read(self) -> Value:
        """The value as the form knows it."""
        question = BY_KEY.get(self.question)
        return int(self.value) if question and question.number else self.value


def _engine(folder: Path) -> AsyncEngine:
    engine = create_async_engine(f"sqlite+aiosqlite:///{folder}/laporan.db")

    @event.listens_for(engine.sync_engine, "connect")
    def _durable(connection: Any, _: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.close()

    return engine


async def _report(session: AsyncSession, chat_id: int) -> SmallReport | None:
    return (await session.exec(select(SmallReport).where(SmallReport.chat_id == chat_id))).first()


async def _answers(session: AsyncSession, report_id: int | None) -> Sequence[SmallAnswer]:
    return (await session.exec(select(SmallAnswer).where(SmallAnswer.report_id == report_id))).all()


class _Dialogue:
    """The three handlers over one engine."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def start(self, update: telegram.Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Begin anew: the answers given before, none of the form's own."""
        assert update.effective_chat
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            report = await _report(session, update.effective_chat.id)
            if report is None:
                report = SmallReport(chat_id=update.effective_chat.id)
                session.add(report)
                await session.flush()
                assert report.id
                session.add_all(
                    SmallAnswer(report_id=report.id, question=key, value=str(value)) for key, value in BEFORE.items()
                )
            for answer in await _answers(session, report.id):
                if answer.question in BY_KEY:
                    await session.delete(answer)
            await session.commit()
        await say(update, FORM[0].text, FORM[0])

    async def answered(self, update: telegram.Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Take what was typed or pressed for the open question."""
        assert update.effective_chat
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            report = await _report(session, update.effective_chat.id)
            if report is None or report.id is None:
                return
            answers = {answer.question: answer.read() for answer in await _answers(session, report.id)}
            question = open_question(answers)
            if question is None:
                return
            try:
                value = question.read(replied(update))
            except ValueError as problem:
                await say(update, f"{problem}\n\n{question.text}", question)
                return
            session.add(SmallAnswer(report_id=report.id, question=question.key, value=str(value)))
            await session.commit()
        answers[question.key] = value
        following = open_question(answers)
        await say(update, following.text if following else summary(answers), following)

    async def end(self, update: telegram.Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The summary was found correct."""
        if update.callback_query:
            await update.callback_query.answer("Tersimpan")


@asynccontextmanager
async def _open(folder: Path) -> AsyncIterator[Talk]:
    engine, screens = _engine(folder), Screens()
    async with engine.begin() as connection:
        tables = [SQLModel.metadata.tables["small_report"], SQLModel.metadata.tables["small_answer"]]
        await connection.run_sync(lambda sync: SQLModel.metadata.create_all(sync, tables))
    dialogue = _Dialogue(engine)
    builder = ApplicationBuilder().token(TOKEN).updater(None).job_queue(None).concurrent_updates(True)
    application = builder.request(PtbWire(screens)).get_updates_request(NoNetwork()).build()
    application.add_handler(CommandHandler("start", dialogue.start))
    application.add_handler(CallbackQueryHandler(dialogue.end, f"^{SUMMARY}:"))
    application.add_handler(CallbackQueryHandler(dialogue.answered))
    application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, dialogue.answered))

    async def answer(raw: dict[str, Any]) -> None:
        await application.process_update(telegram.Update.de_json(raw, application.bot))

    try:
        async with application:
            yield Talk(answer, screens)
    finally:
        await engine.dispose()


async def _stored(folder: Path) -> Counter[int]:
    engine, found = _engine(folder), Counter[int]()
    async with AsyncSession(engine) as session:
        for report in (await session.exec(select(SmallReport))).all():
            rows = await _answers(session, report.id)
            found[report.chat_id] = given({row.question: row.value for row in rows})
    await engine.dispose()
    return found


SQLMODEL = Way("ptb_sqlmodel", "PTB, async SQLModel session on SQLite", _open, _stored)
