"""What is kept of the words between owners and staff, and for how long."""

from pathlib import Path

from sqlalchemy import select
from sqlmodel import col

from storage.database import connect
from storage.ticket_tables import TicketMessage
from tests.helpdesk.room import GROUP, RINI, Room, room_in


async def test_words_are_kept_only_until_they_have_arrived(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        await siti.says("NIK saya 3201234567890123")
        assert room.texts()[-1] == "NIK saya •••"
        await room.writes(RINI, "Tidak usah NIK, Bu")
        assert [text.splitlines()[-1] for text in kept(room) if text] == ["Mesin pinjaman ikut ditulis, Bu?"]
        await room.writes(RINI, "/tutup")
        assert kept(room) == ["", "", ""]


def kept(room: Room) -> list[str]:
    """What the database still holds of what was said."""
    with connect(room.world.database_url).begin() as connection:
        return list(connection.execute(select(col(TicketMessage.text)).order_by(col(TicketMessage.id))).scalars())


async def test_deleting_everything_tells_staff_that_and_nothing_else(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling()
        await siti.asks("Resep rahasia sekali, apa ditulis?")
        await siti.says("kalimat yang lain")
        await siti.says("/hapus")
        await siti.taps("Ya, hapus semuanya")
        assert room.texts()[-1].startswith("Pemilik menghapus semua datanya.")
        assert room.telegram.chats[GROUP].topics[room.topic]["is_closed"]
        before = len(siti.heard)
        await room.writes(RINI, "Bu Siti?")
        assert len(siti.heard) == before
        await room.world.close()
        for kept in tmp_path.glob("temanlapor.db*"):
            assert b"rahasia sekali" not in kept.read_bytes()
            assert b"kalimat yang lain" not in kept.read_bytes()
