"""Only the configured people act as staff, and only in the one group or their own chat (P9)."""

from pathlib import Path
from typing import Any

import pytest

from tests.helpdesk.room import AGUS, BUDI, GROUP, RINI, SITI, TONO, Room, room_in

OTHER_GROUP, ANONYMOUS, CHANNEL = -1009, 1087968824, 136817688
COMMANDS = ("/tutup", "/ambil", "/jawab tunggu", "/tiket", "/statistik", "/buka", "Halo Bu", "/tutup 1", "/ambil #1")
ROLES = {"staff": RINI, "member": TONO, "owner": SITI, "anonymous admin": ANONYMOUS, "channel": CHANNEL}
PLACES = ("topic", "no topic", "other group", "other group's topic", "private")
IN_PRIVATE = ("/tiket", "/statistik")
LISTS = ("Tiket terbuka", "Usaha: ")


def effects(room: Room, who: int) -> tuple[object, ...]:
    """What only staff can bring about: topics closed, words of the bot in the group, words to the owner, a list."""
    said = [str(message.get("text")) for message in room.telegram.history(who) if message["from_bot"]]
    lists = [text for text in said if text.startswith(LISTS)]
    return str(room.telegram.chats[GROUP].topics), len(room.posts()), len(room.owners[0].heard), len(lists)


def acts(room: Room, who: int, place: str, text: str) -> None:
    extra: dict[str, Any] = {}
    if who in (ANONYMOUS, CHANNEL):
        chat = GROUP if who == ANONYMOUS else -100777
        extra["sender_chat"] = {
            "id": chat,
            "type": "supergroup" if who == ANONYMOUS else "channel",
            "title": "Petugas",
        }
    if place == "topic":
        room.telegram.says(who, text, chat_id=GROUP, message_thread_id=room.topic, **extra)
    elif place == "no topic":
        room.telegram.says(who, text, chat_id=GROUP, **extra)
    elif place == "other group":
        room.telegram.says(who, text, chat_id=OTHER_GROUP, **extra)
    elif place == "other group's topic":
        fields = {"message_thread_id": room.topic, "is_topic_message": True}
        room.telegram.says(who, text, chat_id=OTHER_GROUP, **fields, **extra)
    else:
        room.telegram.says(who, text, **extra)


def may(role: str, place: str, text: str) -> bool:
    """The rule, written apart from the code."""
    if role != "staff":
        return False
    return place == "topic" or (place == "no topic" and text[0] == "/") or (place == "private" and text in IN_PRIVATE)


@pytest.mark.parametrize("role", ROLES)
async def test_who_may_do_what_where(tmp_path: Path, role: str) -> None:
    for number, place in enumerate(PLACES):
        if (role, place) == ("owner", "private"):
            continue  # her own chat: what she writes there is hers
        async with room_in(tmp_path / str(number)) as room:
            room.telegram.add_group(OTHER_GROUP, "Grup lain")
            for nobody in (ANONYMOUS, CHANNEL):
                room.telegram.join(nobody, "Group")
            siti = await room.filling(until="Apa nama usaha Anda")
            await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
            for text in COMMANDS:
                before = effects(room, ROLES[role])
                acts(room, ROLES[role], place, text)
                await room.settle()
                assert (effects(room, ROLES[role]) != before) == may(role, place, text), (role, place, text)


async def test_staff_ask_for_lists_in_their_own_chat_and_are_owners_otherwise(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling(until="Apa nama usaha Anda")
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        rini = room.owner(RINI, "Rini")
        assert "Tiket terbuka: 1" in await rini.says("/tiket")
        assert "Usaha: 1" in await rini.says("/statistik")
        assert "Anda setuju?" in await rini.says("/mulai")
        assert "pinjaman" not in str(rini.heard)


async def test_a_member_who_leaves_the_list_is_no_staff_any_more(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling(until="Apa nama usaha Anda")
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        await room.writes(AGUS, "Halo")
        room.world.staff = type(room.world.staff)(frozenset({RINI}), GROUP)
        before = len(siti.heard)
        await room.writes(AGUS, "Halo lagi")
        assert len(siti.heard) == before


async def test_a_forwarded_message_finds_its_way_by_the_topic_and_never_by_who_wrote_it(tmp_path: Path) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling(until="Apa nama usaha Anda")
        await siti.asks("Oven dari Siti ikut ditulis?")
        budi = await room.filling(until="Apa nama usaha Anda", user_id=BUDI, name="Pak Budi")
        await budi.asks("Oven dari Budi ikut ditulis?")
        origin = {"type": "user", "sender_user": room.telegram.users[SITI], "date": 1}
        before = len(siti.heard)
        await room.writes(RINI, "diteruskan", forward_origin=origin)
        assert budi.text.endswith("diteruskan")
        assert len(siti.heard) == before


HERE = {"id": GROUP, "type": "supergroup"}


@pytest.mark.parametrize(
    "broken",
    [
        {"message": {"chat": HERE}},
        {"message": {"chat": HERE, "from": {"id": RINI}}},
        {"message": {"chat": HERE, "from": {"id": RINI}, "text": 5, "message_id": 9}},
        {"message": {"chat": {"type": "supergroup"}}},
        {"message": {"chat": 5}},
        {"message": []},
        {"edited_message": {"chat": HERE, "from": None, "text": "x", "message_id": 1}},
        {"callback_query": {"id": "1", "from": {"id": RINI}, "data": "x", "message": {"chat": HERE, "message_id": 1}}},
        {"my_chat_member": {"chat": HERE, "from": {"id": TONO}, "date": 1, "new_chat_member": {"status": "kicked"}}},
    ],
)  # fmt: skip
async def test_a_malformed_update_of_a_group_disturbs_nobody(tmp_path: Path, broken: dict[str, Any]) -> None:
    async with room_in(tmp_path) as room:
        siti = await room.filling(until="Apa nama usaha Anda")
        await siti.asks("Mesin pinjaman ikut ditulis, Bu?")
        room.telegram.push(dict(broken))
        await room.writes(RINI, "Halo Bu")
        assert siti.text.endswith("Halo Bu")
