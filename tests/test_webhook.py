"""The real process behind a public address: Telegram brings updates, and brings them again until they are done."""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import aiohttp
import pytest

from bot.demo.telegram import Telegram
from tests.chat import TOKEN, Chat
from tests.process import WEBHOOK_SECRET, BotProcess, Town, behind_a_proxy, over_http, rows, until, visited_in


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    town = Town(tmp_path / "data")
    async with visited_in(town) as town.address:
        yield town


async def agreed(chat: Chat) -> Chat:
    await chat.says("/mulai")
    await chat.taps("Setuju")
    await chat.taps("Sudah jalan")
    return chat


async def post(town: Town, body: bytes | BytesIO, secret: str = WEBHOOK_SECRET) -> int:
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
    async with aiohttp.ClientSession() as session, session.post(
        f"{town.address}/telegram", data=body, headers=headers
    ) as answer:  # fmt: skip
        return answer.status


async def get(town: Town, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(town.address + path) as answer:
        return answer.status, await answer.text()


async def test_telegram_is_told_where_to_come_and_with_which_secret(town: Town) -> None:
    await until(lambda: town.telegram.settings.get("webhook"))
    call = next(call for call in town.telegram.log if call.method == "setWebhook")
    assert call.params["url"] == "https://lapor.example/telegram"
    assert call.params["secret_token"] == WEBHOOK_SECRET
    assert call.params["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]
    assert not any(call.method == "getUpdates" for call in town.telegram.log)


async def test_who_does_not_know_the_secret_is_turned_away(town: Town) -> None:
    sari = await agreed(Chat(town, 7, "Sari"))
    before, said = rows(town.folder), sari.text
    update = {"update_id": 5, "message": {"message_id": 9, "date": 0, "text": "Keripik",
              "chat": {"id": 7, "type": "private"}, "from": {"id": 7}}}  # fmt: skip
    for secret in ("", "salah", WEBHOOK_SECRET.upper(), WEBHOOK_SECRET + "x", "rah\xe4sia"):
        assert await post(town, json.dumps(update).encode(), secret) == 403
    assert (rows(town.folder), sari.text) == (before, said)


async def test_what_can_never_be_an_update_is_taken_and_logged_without_its_content(town: Town) -> None:
    sari = await agreed(Chat(town, 7, "Sari"))
    for body in (b"", b"rahasia", b"[]", b'{"update_id": "rahasia"}', b'{"update_id": 5, "message": "rahasia"}',
                 b'{"update_id": 6, "message": {"chat": {"id": "rahasia"}}}', b"\xff\xfe", b"[" * 5000):  # fmt: skip
        assert await post(town, body) == 200
    assert await post(town, BytesIO(b" " * 2_000_000)) == 413
    assert "✓ Tersimpan: Nama Perusahaan — Keripik Sari" in await sari.says("Keripik Sari")
    assert town.bot.log.count("malformed update") == 8
    assert "rahasia" not in town.bot.log


async def test_half_a_character_brings_nobody_to_silence(town: Town) -> None:
    sari = await agreed(Chat(town, 7, "Sari"))
    assert "✓ Tersimpan: Nama Perusahaan — Keripik \ufffd" in await sari.says("Keripik \ud83d")


async def test_a_bot_killed_between_two_updates_loses_nothing_and_answers_everything(town: Town) -> None:
    people = [await agreed(Chat(town, 1001 + number, name)) for number, name in enumerate(("Bu Siti", "Pak Budi"))]
    for round_number in range(3):
        for chat in people:
            town.telegram.says(chat.user_id, f"Usaha {chat.name}" if round_number == 0 else "/periksa")
            town.telegram.says(chat.user_id, "/lanjut")
        await asyncio.sleep(0.01 * round_number)
        await town.bot.kill()
        await town.bot.start()
        await town.settle()
    for chat in people:
        assert chat.label == "Jenis Badan Usaha"
        assert (await chat.data())["perusahaan"]["nama"] == f"Usaha {chat.name}"


async def test_killed_between_commit_and_answer_the_question_is_asked_after_the_restart(town: Town) -> None:
    siti = await agreed(Chat(town, 1001, "Bu Siti"))
    town.telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 60", retry_after=60)
    said = len(siti.history)
    town.telegram.says(1001, "Tempe Bu Siti")
    await until(lambda: any(call.answer.get("error_code") == 429 for call in town.telegram.log))
    assert any("Tempe Bu Siti" in line for line in rows(town.folder))
    assert len(town.telegram.updates) == 1
    await town.bot.kill()
    await town.bot.start()
    await town.settle()
    assert siti.label == "Jenis Badan Usaha"
    assert len(siti.history) == said + 2


async def test_an_update_comes_again_until_the_database_takes_it(town: Town) -> None:
    siti, budi = await agreed(Chat(town, 1001, "Bu Siti")), Chat(town, 1002, "Pak Budi")
    lock = sqlite3.connect(town.folder / "temanlapor.db", isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    town.telegram.says(1001, "Tempe Bu Siti")
    await until(lambda: "503" in str(town.telegram.settings.get("webhook_error")))
    assert (await get(town, "/healthz"))[0] == 200
    assert await get(town, "/readyz") == (503, "the database does not answer\n")
    lock.close()
    await town.settle()
    assert "✓ Tersimpan: Nama Perusahaan — Tempe Bu Siti" in siti.text
    assert "gangguan" not in str(siti.history)
    await budi.says("/mulai")
    assert await get(town, "/readyz") == (200, "ok\n")


async def test_a_bot_that_is_told_to_stop_leaves_within_five_seconds(town: Town) -> None:
    siti = await agreed(Chat(town, 1001, "Bu Siti"))
    town.telegram.fail_next("sendMessage", 429, "Too Many Requests: retry after 60", retry_after=60)
    town.telegram.says(1001, "Tempe Bu Siti")
    await until(lambda: any(call.answer.get("error_code") == 429 for call in town.telegram.log))
    assert await town.bot.stop() == 0
    await town.bot.start()
    await town.settle()
    assert siti.label == "Jenis Badan Usaha"
    assert (await siti.data())["perusahaan"]["nama"] == "Tempe Bu Siti"


async def test_what_the_process_counts_is_there_for_prometheus_and_names_nobody(town: Town) -> None:
    siti = await agreed(Chat(town, 700010001, "Bu Siti"))
    await siti.says("Tempe Bu Siti")
    town.telegram.repeat_last()
    await town.settle()
    await post(town, b"", "salah")
    status, text = await get(town, "/metrics")
    lines = dict(line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#"))
    assert status == 200
    assert float(lines['temanlapor_updates_total{outcome="answered"}']) == 4
    assert float(lines['temanlapor_updates_total{outcome="repeated"}']) == 1
    assert float(lines["temanlapor_answer_seconds_count"]) == 5
    assert float(lines['temanlapor_sends_total{outcome="delivered"}']) >= 5
    assert float(lines['temanlapor_door_failures_total{kind="wrong secret"}']) == 1
    assert float(lines["temanlapor_last_progress_timestamp_seconds"]) > 0
    for secret in ("Tempe", "700010001", "Siti", WEBHOOK_SECRET, TOKEN, str(town.folder)):
        assert secret not in text


async def test_a_port_in_use_ends_with_what_to_do(tmp_path: Path, town: Town) -> None:
    port = int(town.address.rpartition(":")[2])
    async with over_http(Telegram(TOKEN)) as address:
        bot = BotProcess(tmp_path / "other", **behind_a_proxy(port, address))
        async with bot:
            await until(lambda: not bot.runs)
    assert f"PORT {port} on LISTEN_HOST 127.0.0.1 cannot be used" in bot.log
