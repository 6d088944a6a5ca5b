"""One person writes hundreds of messages at once to the real process, with Telegram's limits: nobody else waits for the
answers to them, and none of what was typed unseen becomes an answer."""

from pathlib import Path

from sqlalchemy import func, select
from sqlmodel import col

from bot.pacing import FLOOD
from storage.database import connect
from storage.people import NOWHERE
from storage.reports import load
from storage.tables import Person, Unanswered, UpdateSeen
from tests.chat import Chat
from tests.process import Town, living_in, until

SARI, BUDI = 1001, 1002
MANY = 600  # six fetches of a hundred


async def test_who_floods_the_bot_holds_nobody_up_and_hears_once_when_it_is_over(tmp_path: Path) -> None:
    town = Town(tmp_path / "data")
    sari, budi = Chat(town, SARI, "Sari"), Chat(town, BUDI, "Pak Budi")
    async with living_in(town):
        for words in ("/mulai", "setuju", "sudah jalan"):
            await sari.says(words)
        for number in range(MANY):
            town.telegram.says(SARI, f"Usaha {number}")
        await budi.says("/mulai")
        told = [call for call in town.telegram.log if call.delivered and call.method == "sendMessage"]
        before = [call.params["chat_id"] for call in told[: [call.params["chat_id"] for call in told].index(BUDI)]]
        assert before.count(SARI) <= FLOOD
        await until(lambda: "banyak sekaligus" in str(sari.history[-2].get("text")))
        assert "Jenis Badan Usaha" in sari.text
    engine = connect(town.database_url)
    with engine.begin() as connection:
        answers = load(connection, SARI).draft.answers
        names = [str(answer.value) for answer in answers.values() if str(answer.value).startswith("Usaha ")]
        unanswered = connection.scalar(select(func.count()).select_from(Unanswered)) or 0
        reasons = set(connection.execute(select(col(Unanswered.reason))).scalars())
        applied = connection.scalar(select(func.count()).select_from(UpdateSeen)) or 0
    engine.dispose()
    assert names == ["Usaha 0"]  # what came next was typed before its question was seen
    assert reasons == {"held back"}
    assert MANY - FLOOD - 10 <= unanswered <= MANY
    assert applied == MANY + 4


async def test_a_joint_answer_that_did_not_arrive_asked_nothing(tmp_path: Path) -> None:
    town = Town(tmp_path / "data")
    sari = Chat(town, SARI, "Sari")
    async with living_in(town):
        for words in ("/mulai", "setuju", "sudah jalan"):
            await sari.says(words)
        for number in range(2 * FLOOD):
            town.telegram.says(SARI, f"Usaha {number}")
        town.telegram.blocks(SARI)
        await town.settle()
        await until(lambda: any(call.answer.get("error_code") == 403 for call in town.telegram.log))
        assert await town.bot.stop() == 0
    engine = connect(town.database_url)
    with engine.begin() as connection:
        shown = connection.scalar(select(col(Person.shown_question)))
    engine.dispose()
    assert shown == NOWHERE
