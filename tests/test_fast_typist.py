"""Texts that were typed before the bot had asked: they answer no question that nobody had seen."""

from pathlib import Path

from tests.chat import Chat, world_in
from tests.owner import Owner, load


async def test_three_texts_typed_at_once_answer_only_the_question_that_was_there(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = Chat(world, 1001, "Sari")
        await chat.says("/mulai")
        await Owner(chat, load("tempe")).fills_in(
            until="Bagian 1 dari 11 · Data Umum\nPeriode sebelumnya: Nilai Mesin"
        )
        for text in ("16 juta", "eh salah, 15 juta", "15 juta"):
            world.telegram.says(chat.user_id, text)
        await world.settle()
        assert "Pertanyaannya sudah berganti, jadi jawaban tadi belum saya simpan." in chat.text
        assert "Periode sebelumnya: Nilai Lainnya" in chat.text
        before = (await chat.data())["data_umum"]["periode_sebelumnya"]
        assert before == {"label": "Semester 2 2025", "nilai_mesin": 16_000_000}


async def test_a_text_after_one_that_could_not_be_read_still_answers_the_same_question(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        chat = Chat(world, 1001, "Sari")
        await chat.says("/mulai")
        await Owner(chat, load("tempe")).fills_in(until="Bagian 1 dari 11 · Data Umum\nNilai Mesin")
        for text in ("delapan belas setengahlah", "18,5 juta"):
            world.telegram.says(chat.user_id, text)
        await world.settle()
        assert "Nilai Mesin — Rp18.500.000" in chat.text
