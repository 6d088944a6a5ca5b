"""An owner asks staff: what staff see, when an answer can be expected, how it goes on and ends."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.chat import PNG
from tests.helpdesk.room import AGUS, BUDI, RINI, room_in

WORDS = "Mesin bekas dihitung harga berapa? NIK saya 3201234567890123, HP 0812-3456-7890"


async def test_a_question_is_asked_taken_answered_closed_and_opened_again(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.says("banyak sekali")
        await siti.says("lumayan")
        assert "Harga beli" in await siti.taps("Tanya petugas")
        await siti.taps("Ya, tanya petugas")
        shown = await siti.says(WORDS)
        assert room.posts() == []
        await siti.taps("Kirim")
        told = room.texts()[0].removeprefix("#1 ")
        assert told in shown
        assert "Nilai Mesin" in told
        assert "“banyak sekali”, “lumayan”" in told
        assert "Mesin belum diisi" in told
        assert "3201234567890123" not in str(room.posts())
        assert "0812" not in str(room.posts())
        await room.writes(RINI, "/ambil")
        await room.writes(RINI, "Harga belinya dulu, Bu. Ada notanya?")
        assert siti.text.startswith("Rini (petugas):\nHarga belinya dulu")
        await siti.says("Ada, dari toko")
        assert room.texts()[-1] == "Ada, dari toko"
        await siti.sends(PNG)
        assert "photo" in room.posts()[-1]
        await room.writes(RINI, "/catatan Bu Siti sudah punya nota")
        assert "sudah punya nota" not in str(siti.heard)
        await room.writes(RINI, "/jawab tunggu")
        assert "Terima kasih, sedang kami periksa" in siti.text
        await room.writes(RINI, "/tutup")
        assert "Petugas menutup pertanyaan ini" in siti.text
        assert room.telegram.chats[room.group].topics[room.topic]["is_closed"]
        await siti.taps("Masih ada pertanyaan")
        assert not room.telegram.chats[room.group].topics[room.topic]["is_closed"]
        await siti.says("Kalau notanya hilang?")
        assert room.texts()[-1] == "Kalau notanya hilang?"
        await siti.taps("Sudah terjawab")
        assert "sudah terjawab" in room.texts()[-1]
        assert siti.label == "Periode sebelumnya: Nilai Mesin"
        room.keeps("bertanya")


async def test_while_a_ticket_is_open_the_owner_fills_in_and_each_message_says_where_it_goes(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Apa itu investasi?")
        count = len(room.posts())
        assert "masuk ke laporan, bukan ke petugas" in await siti.taps("Lanjut mengisi")
        assert "Tersimpan" in await siti.says("18 juta")
        assert "masuk ke laporan, bukan ke petugas" in siti.text
        assert len(room.posts()) == count
        assert "masuk ke petugas" in await siti.taps("Bicara dengan petugas")
        assert "Diteruskan ke petugas" in await siti.says("19 juta")
        assert room.texts()[-1] == "19 juta"
        await siti.taps("Lanjut mengisi")
        await room.writes(AGUS, "Modal yang dipakai untuk usaha, Bu.")
        assert "Yang Anda tulis sekarang masuk ke petugas." in siti.text
        await room.writes(AGUS, "Bukan pinjaman.")
        assert siti.text.endswith("Bukan pinjaman.")
        await siti.says("terima kasih")  # who spoke last is answered
        assert room.texts()[-1] == "terima kasih"
        stored = (await siti.data())["data_umum"]
        assert "terima kasih" not in str(stored)


async def test_a_reply_to_staff_goes_to_staff_even_while_filling(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Apa itu investasi?")
        await room.writes(RINI, "Modal usaha, Bu.")
        answer = siti.last["message_id"]
        await siti.taps("Lanjut mengisi")
        room.telegram.says(siti.user_id, "Oh begitu", reply_to=answer)
        await room.settle()
        assert room.texts()[-1] == "Oh begitu"


async def test_outside_the_hours_the_owner_hears_when_and_what_to_do_now(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        room.world.now = datetime(2026, 8, 14, 8, 0, tzinfo=UTC)  # Friday, 15:00 WIB; Monday is Independence Day
        await siti.asks("Tombol kirim di mana ya Bu?")
        assert "paling cepat Selasa, 18 Agustus 2026, mulai pukul 08.30 WIB" in siti.text
        assert "Lanjut mengisi" in siti.buttons()
        room.keeps("di_luar_jam")


async def test_nothing_is_sent_without_kirim_and_an_old_kirim_sends_only_what_stood_above_it(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.says("/petugas zzz qqq xxx")
        first = siti.last
        assert "Kirim" in siti.buttons()
        await siti.says("pertanyaan yang lain sama sekali")
        await siti.taps("Kirim", first)
        assert room.posts() == []
        assert "pertanyaan yang lain sama sekali" in siti.text
        assert "tidak ada yang dikirim" in await siti.taps("Tidak jadi")
        await siti.says("18 juta")
        assert "✓ Tersimpan" in siti.text
        await siti.taps("Kirim", first)
        assert room.posts() == []


async def test_turning_to_the_report_forgets_the_question_that_was_not_sent(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.says("/petugas zzz qqq xxx")
        await siti.says("/periksa")
        await siti.says("/lanjut")
        assert "✓ Tersimpan" in await siti.says("18 juta")
        assert "bukan ke petugas" not in siti.text
        assert room.posts() == []


async def test_a_question_typed_as_an_answer_is_the_question_for_staff(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.says("zzz qqq xxx yyy?")
        assert "zzz qqq xxx yyy?" in await siti.taps("Tanya petugas")
        await siti.taps("Kirim")
        assert room.texts()[0].endswith("Kata pemilik:\nzzz qqq xxx yyy?")


async def test_a_telephone_number_in_a_question_typed_as_an_answer_is_hidden(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.says("zzz qqq, bisa telepon 0812-3456-7890?")
        assert "telepon •••?" in await siti.taps("Tanya petugas")
        await siti.taps("Kirim")
        assert room.texts()[0].endswith("Kata pemilik:\nzzz qqq, bisa telepon •••?")


async def test_each_ticket_has_its_own_topic_and_nobody_hears_the_other(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Oven dari Siti ikut ditulis?")
        topic_of_siti = room.topic
        budi = await room.filling(user_id=BUDI, name="Pak Budi")
        await budi.asks("Oven dari Budi ikut ditulis?")
        await room.writes(RINI, "Untuk Bu Siti", topic_of_siti)
        await room.writes(RINI, "Untuk Pak Budi")
        assert "Untuk Bu Siti" in siti.text
        assert "Untuk Pak Budi" in budi.text
        assert "Budi" not in str(siti.heard)
        assert "Untuk Bu Siti" not in str(budi.heard)


async def test_a_sticker_is_not_passed_on_and_both_sides_hear_so(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Oven dari Siti ikut ditulis?")
        count = len(room.posts())
        assert "belum terkirim" in await siti.sends_other(sticker={"file_id": "s"})
        assert len(room.posts()) == count
        room.telegram.sends_other(RINI, chat_id=room.group, message_thread_id=room.topic, sticker={"file_id": "s"})
        before = len(siti.heard)
        await room.settle()
        assert "tidak diteruskan" in room.texts()[-1]
        assert len(siti.heard) == before


async def test_without_a_group_the_official_ways_are_shown(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        room.world.staff = type(room.world.staff)()
        assert "siinas.kemenperin.go.id/helpdesk" in await siti.says("/petugas")
        assert room.posts() == []


async def test_signs_that_no_database_holds_keep_no_words_from_staff_or_owner(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin \x00bekas \ud83d juga?")
        assert room.texts()[0].endswith("Mesin  bekas \ufffd juga?")
        await siti.says("Yang \x00ini \ud83d")
        assert room.texts()[-1] == "Yang  ini \ufffd"
        room.telegram.users[RINI]["first_name"] = "Rini\x00\ud83d"
        await room.writes(RINI, "Ya, \x00bekas \ud83d juga")
        assert siti.text.endswith("Ya,  bekas \ufffd juga")


@pytest.mark.parametrize("text", [" ", "\x00", "\u202e", "\u200b \u2060"])
async def test_a_text_of_which_nothing_is_seen_is_not_passed_on_and_both_sides_hear_so(
    tmp_path: Path, text: str
) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.says("/petugas")
        await siti.taps("Ya, tanya petugas")
        assert "Tulis dulu" in await siti.says(text)
        await siti.asks("Kata pada kolom itu apa?")
        before = room.texts()
        assert "belum terkirim" in await siti.says(text)
        assert room.texts() == before
        heard = siti.heard
        await room.writes(RINI, text)
        assert "tidak diteruskan" in room.texts()[-1]
        assert siti.heard == heard
