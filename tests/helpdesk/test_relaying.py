"""Messages between owners and staff: once each, in order, with their edits; and what is said when one does not arrive."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlmodel import col

from storage.database import connect
from storage.relaying import MOST_WAITING
from storage.ticket_tables import TicketMessage
from tests.chat import PNG
from tests.helpdesk.room import AGUS, BUDI, GROUP, RINI, SITI, Dying, Holding, Room, room_in


async def test_edits_follow_on_both_sides(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        await siti.says("nilainya 15 juta")
        assert "Perubahannya diteruskan" in await siti.edits(siti.mine("nilainya 15 juta"), "nilainya 16 juta")
        assert room.texts()[-1] == "nilainya 16 juta"
        assert "nilainya 15 juta" not in room.texts()
        answer = await room.writes(RINI, "Tulis 16")
        await room.changes(RINI, answer, "Tulis 16 juta, Bu")
        assert siti.text == "Rini (petugas):\nTulis 16 juta, Bu"
        assert "Lanjut mengisi" in siti.buttons()
        photo = await room.shows(AGUS, PNG, "lihat kolom ini")
        await room.changes(AGUS, photo, "lihat kolom itu")
        assert siti.text == "Agus (petugas):\nlihat kolom itu"
        assert "photo" in siti.last
        room.keeps("mengubah_pesan")


async def test_two_staff_at_once_stay_in_order(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        for number in range(6):
            room.queue(RINI if number % 2 else AGUS, f"kolom {number}")
        await room.settle()
        room.keeps("dua_petugas")
        for number in range(6, 9):
            room.queue(RINI if number % 2 else AGUS, f"kolom {number}")
        room.telegram.says(SITI, "ya?")  # whether she is answered before or after them is nobody's promise
        await room.settle()
        said = [text for text in siti.heard if "kolom" in text]
        assert said == [f"{'Rini' if n % 2 else 'Agus'} (petugas):\nkolom {n}" for n in range(9)]


async def test_staff_hear_that_the_owner_blocked_the_bot(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        room.telegram.blocks(SITI)
        message = await room.writes(RINI, "Bu Siti?")
        assert "memblokir bot" in room.texts()[-1]
        assert room.posts()[-1]["reply_to_message"]["message_id"] == message["message_id"]
        room.telegram.unblocks(SITI)
        await room.writes(RINI, "Sudah kembali?")
        assert siti.text.endswith("Sudah kembali?")
        room.keeps("diblokir")


async def test_a_deleted_topic_is_made_again_with_what_it_was_about(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        gone = room.topic
        room.telegram.deletes_topic(GROUP, gone)
        await siti.says("masih di sana?")
        assert room.topic != gone
        again, last = room.texts(room.topic)
        assert again.startswith("#1 (Tempat tiket ini yang lama sudah tidak ada")
        assert again.endswith("Mesin pinjaman ikut ditulis, Bu?")
        assert last == "masih di sana?"
        await room.writes(RINI, "Masih, Bu")
        assert siti.text.endswith("Masih, Bu")
        room.keeps("topik_dihapus")


async def test_in_a_group_without_topics_replies_find_their_owner(tmp_path: Path) -> None:
    async with room_in(tmp_path, topics=False) as room:
        siti = await room.filling()
        await siti.asks("Oven dari Siti ikut ditulis?")
        opening = room.posts()[-1]["message_id"]
        budi = await room.filling(user_id=BUDI, name="Pak Budi")
        await budi.asks("Oven dari Budi ikut ditulis?")
        await room.writes(RINI, "Ini tidak membalas siapa pun")
        assert "membalas siapa" not in str(siti.heard + budi.heard)
        answer = await room.writes(RINI, "Untuk Bu Siti", reply_to=opening)
        assert siti.text.endswith("Untuk Bu Siti")
        await siti.says("terima kasih")
        assert room.texts()[-1] == "#1 terima kasih"
        assert room.posts()[-1]["reply_to_message"]["message_id"] == opening
        await room.writes(AGUS, "Sama-sama", reply_to=answer["message_id"])
        assert siti.text.endswith("Sama-sama")
        assert "Untuk Bu Siti" not in str(budi.heard)
        await room.writes(AGUS, "/tutup 2")
        assert "menutup pertanyaan ini" in budi.text
        room.keeps("tanpa_topik")


@pytest.mark.parametrize("told", [True, False])
async def test_a_group_that_became_a_supergroup_is_followed(tmp_path: Path, *, told: bool) -> None:
    async with room_in(tmp_path, topics=False, basic=True) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        room.telegram.upgrades(GROUP, GROUP - 5, is_forum=True)
        room.group = GROUP - 5
        if not told:
            room.telegram.updates.clear()
        await siti.says("masih di sana?")
        assert room.texts(room.topic)[0].endswith("Mesin pinjaman ikut ditulis, Bu?")
        assert room.texts(room.topic)[-1] == "masih di sana?"
        await room.writes(RINI, "Masih, Bu")  # the bot was started anew with the old number in between
        assert siti.text.endswith("Masih, Bu")


async def test_a_message_that_may_have_arrived_is_not_sent_twice_and_its_author_is_told(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        room.telegram.fail_next("copyMessage", 0, "", after_delivery=True)
        await siti.sends(PNG)
        assert "belum tentu sampai ke petugas: foto atau berkas Anda" in siti.text
        assert len([m for m in room.posts() if "photo" in m]) == 1
        room.telegram.fail_next("copyMessage", 0, "", after_delivery=True)
        await room.shows(RINI, PNG, "ini contohnya")
        assert "Belum tentu sampai" in room.texts()[-1]
        assert len([text for text in siti.heard if "ini contohnya" in text]) == 1


async def test_what_telegram_refuses_is_told_to_its_author(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        room.telegram.expels_bot(GROUP)
        await siti.says("halo?")
        assert "tidak sampai ke petugas: “halo?”" in siti.text
        assert "siinas.kemenperin.go.id/helpdesk" in siti.text


async def test_a_429_holds_a_message_back_and_loses_none(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        room.telegram.fail_next("copyMessage", 429, "Too Many Requests: retry after 1", retry_after=1)
        await siti.sends(PNG)
        assert len([m for m in room.posts() if "photo" in m]) == 1


async def test_a_repeated_update_relays_nothing_again(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        await siti.says("hanya sekali")
        room.telegram.repeat_last()
        await room.settle()
        assert room.texts().count("hanya sekali") == 1
        await room.writes(RINI, "begini caranya")
        calls = len(room.telegram.log)
        room.telegram.repeat_last()
        await room.settle()
        assert not [call for call in room.telegram.log[calls:] if call.method.startswith(("send", "edit", "copy"))]
        assert len([text for text in siti.heard if "begini caranya" in text]) == 1


@pytest.mark.parametrize("after", [True, False])
async def test_a_kill_while_sending_leaves_a_message_unsure_and_never_doubled(tmp_path: Path, *, after: bool) -> None:
    async with room_in(tmp_path, Dying) as room:
        town = room.telegram
        assert isinstance(town, Dying)
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        town.dies_at, town.after = "copyMessage", after
        await siti.sends(PNG)
        arrived = len([m for m in room.posts() if "photo" in m])
        assert arrived == int(after)
        await siti.says("dan ini")
        assert "dan ini" not in room.texts(), "it came before the one that may be on its way"
        room.world.now += timedelta(minutes=6)
        await room.settle()
        assert len([m for m in room.posts() if "photo" in m]) == arrived
        assert any("belum tentu sampai" in text for text in siti.heard)
        assert room.texts()[-1] == "dan ini"


def on_their_way(room: Room) -> int:
    """How many messages are being sent at this moment."""
    with connect(room.world.database_url).begin() as connection:
        sending = select(func.count()).where(col(TicketMessage.state) == "sending")
        return int(connection.execute(sending).scalar_one())


async def test_a_flood_of_one_owner_does_not_hold_up_the_question_of_another(tmp_path: Path) -> None:
    async with room_in(tmp_path, Holding) as room:
        town = room.telegram
        assert isinstance(town, Holding)
        siti = await room.filling()
        await siti.asks("Oven dari Siti ikut ditulis?")
        budi = await room.filling(user_id=BUDI, name="Pak Budi")
        await budi.asks("Oven dari Budi ikut ditulis?")
        town.free.clear()  # as if the group had taken its 20 messages of this minute
        for number in range(90):
            town.says(SITI, f"lagi {number}")
        also = ("saya juga", *(f"boleh {number}?" for number in range(9)))
        for text in also:
            town.says(BUDI, text)
        seen = town.listen(BUDI)
        settling = asyncio.create_task(room.settle())
        answers = 0
        async for event in seen:
            answers += "Diteruskan" in event["message"]["text"]
            if answers == len(also):  # his first one has had the time of nine others to set out
                break
        assert on_their_way(room) == 1, "only the one whose turn it is: the others would be taken for lost"
        town.free.set()
        await settling
        behind = room.texts()[: room.texts().index("saya juga")]
        assert len([text for text in behind if text.startswith("lagi")]) <= 2
        assert len([text for text in room.texts() if text.startswith("lagi")]) <= MOST_WAITING + 1
        assert "belum diteruskan" in siti.text
