"""The bot was away for long: a button pressed meanwhile is lost at Telegram, so everybody is asked again."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlmodel import col

from bot.outgoing import Sent
from storage import people, pulse
from storage.database import connect
from storage.schema import upgrade
from storage.tables import Person, Unanswered
from tests.chat import Chat
from tests.test_front_door import Street, agreed, open_door

AWAY = "Tadi saya sempat terputus. Kalau Anda menekan tombol dan tidak ada balasan, tekan sekali lagi, ya."
LONG, SHORT = timedelta(seconds=151), timedelta(seconds=60)
NOW = datetime(2026, 7, 3, 2, tzinfo=UTC)


@pytest.fixture
async def street(tmp_path: Path) -> Street:
    """Sari and Pak Budi are asked for the legal form of their firm, then the bot goes away."""
    street = Street(tmp_path)
    async with open_door(street):
        for number, name in ((7, "Sari"), (8, "Pak Budi")):
            await agreed(Chat(street, number, name), f"Usaha {name}")
    return street


def chat_of(street: Street, number: int) -> Chat:
    return Chat(street, number, {7: "Sari", 8: "Pak Budi"}[number])


@pytest.mark.parametrize("words", ["/laporan", "/hapus", "/bahasa", "/data", "halo?"])
async def test_after_a_long_silence_the_question_is_asked_again_whatever_is_said(street: Street, words: str) -> None:
    sari, budi = chat_of(street, 7), chat_of(street, 8)
    street.now += LONG
    street.telegram.says(7, words)
    async with open_door(street):
        await street.settle()
        assert AWAY in str(sari.history)
        assert sari.label == "Jenis Badan Usaha"
        said = await sari.says("/laporan")
        assert AWAY not in said
        assert AWAY in await budi.says("/laporan")  # each with the first message, whenever that comes
        assert budi.label == "Jenis Badan Usaha"
        assert "✓ Tersimpan: Jenis Badan Usaha — CV" in await budi.taps("CV")


async def test_a_text_typed_after_a_long_silence_still_answers_the_question_above_it(street: Street) -> None:
    sari = chat_of(street, 7)
    street.now += LONG
    async with open_door(street):
        said = await sari.says("Perorangan")
    assert said.count(AWAY) == 1
    assert "✓ Tersimpan: Jenis Badan Usaha — Perorangan" in said
    assert sari.label != "Jenis Badan Usaha"


async def test_after_a_short_silence_nothing_is_said_about_it(street: Street) -> None:
    sari = chat_of(street, 7)
    street.now += SHORT
    async with open_door(street):
        assert AWAY not in await sari.says("/laporan")
        assert sari.label != "Jenis Badan Usaha"


async def test_a_silence_of_telegram_counts_as_one_of_ours(street: Street) -> None:
    sari = chat_of(street, 7)
    async with open_door(street):
        assert AWAY not in await sari.says("/laporan")
        street.now += LONG
        said = await sari.says("/laporan")
    assert AWAY in said


def test_only_who_has_a_question_before_them_is_asked_again_and_processes_share_the_beat(database_url: str) -> None:
    engine = connect(database_url)
    upgrade(engine)

    def asked(connection: Connection) -> list[int]:
        return list(connection.execute(select(col(Person.chat_id)).where(col(Person.interrupted))).scalars())

    with engine.begin() as connection:
        row = {"locale": "id", "shown_item": "", "misses": 0, "created_at": NOW}
        connection.execute(insert(Person).values(chat_id=7_000_000_001, shown_question="a.b", **row))
        connection.execute(insert(Person).values(chat_id=7_000_000_002, **row))
        assert not pulse.beat(connection, NOW)
        assert not pulse.beat(connection, NOW + SHORT)
        assert not asked(connection)
        assert pulse.beat(connection, NOW + SHORT + LONG)
        assert not pulse.beat(connection, NOW + SHORT + LONG)  # another process, a moment later
        assert asked(connection) == [7_000_000_001]
    engine.dispose()


def test_an_answer_that_did_not_get_through_has_a_row_that_goes_with_the_person(database_url: str) -> None:
    engine = connect(database_url)
    upgrade(engine)
    with engine.begin() as connection:
        row = {"locale": "id", "shown_item": "", "misses": 0, "created_at": NOW}
        connection.execute(insert(Person).values(id=1, chat_id=7_000_000_001, **row))
        for sent in Sent:
            if sent is not Sent.DELIVERED:
                people.unanswered(connection, 700_000_001, 7_000_000_001, sent.value, NOW)
        people.unanswered(connection, 700_000_002, 7_000_000_009, "blocked", NOW)  # a stranger: no chat is kept
        rows = connection.execute(select(col(Unanswered.update_id), col(Unanswered.person_id))).all()
        assert sorted(tuple(row) for row in rows) == [(700_000_001, 1), (700_000_002, None)]
        connection.execute(Person.__table__.delete())  # type: ignore[attr-defined]  # SQLModel's own table
        assert connection.execute(select(col(Unanswered.update_id))).scalars().all() == [700_000_002]
    engine.dispose()


async def test_somebody_who_blocked_the_bot_before_the_answer_has_such_a_row(street: Street) -> None:
    street.telegram.fail_next("sendMessage", 403, "Forbidden: bot was blocked by the user")
    street.telegram.says(7, "/periksa")
    async with open_door(street):
        await street.settle()
        await asyncio.sleep(0)
    engine = connect(street.database_url)
    with engine.begin() as connection:
        assert connection.execute(select(col(Unanswered.reason))).scalars().all() == ["blocked"]
    engine.dispose()
