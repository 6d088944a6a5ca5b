"""What comes in is read as it is: a wrong shape is told by its place, and nothing it holds is repeated."""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from bot.callbacks import Callbacks
from bot.incoming import Incoming, MalformedUpdateError, Membership, SentFile, chat_of, incoming, membership
from conversations.replies import Command, Edited, Other, Pressed, Typed
from tests.roads import FORM

CALLBACKS = Callbacks(FORM)
SARI = {"id": 7, "type": "private", "first_name": "Sari"}
GROUP = {"id": -100, "type": "supergroup", "title": "Petugas"}


def message(**content: Any) -> dict[str, Any]:
    return {"message_id": 12, "chat": SARI, "from": SARI, "date": 1, **content}


def read(**update: Any) -> Incoming | None:
    return incoming({"update_id": 3, **update}, CALLBACKS)


@pytest.mark.parametrize(("content", "reply"), [
    ({"text": "tempe"}, Typed("tempe", 12)),
    ({"text": "/Mulai@teman_lapor_bot  lagi "}, Command("mulai", "lagi")),
    ({"photo": [{"file_id": "k", "width": 9, "height": 9}, {"file_id": "b", "width": 90, "height": 90, "file_size": 5}]},
     SentFile("b", 5, 12, "foto")),
    ({"document": {"file_id": "d"}}, SentFile("d", 0, 12, "berkas")),
    ({"document": {"file_id": "d"}, "animation": {"file_id": "d"}}, Other("gambar bergerak")),
    ({"voice": {"duration": 4}}, Other("pesan suara")),
    ({"gift": {}}, Other("pesan jenis lain")),
])  # fmt: skip
def test_a_message_is_what_the_person_did(content: dict[str, Any], reply: object) -> None:
    assert read(message=message(**content)) == Incoming(3, 7, reply)  # type: ignore[arg-type]


def test_an_edited_message_and_a_press_name_their_message() -> None:
    assert read(edited_message=message(text="tahu")) == Incoming(3, 7, Edited(12, "tahu"))
    query = {"id": "99", "from": SARI, "message": {"chat": SARI, "message_id": 12, "date": 0}, "data": "bukan kami"}
    assert read(callback_query=query) == Incoming(3, 7, Pressed(None), 0, 12, "99")


def test_signs_that_no_database_holds_are_taken_out_of_all_that_is_typed() -> None:
    assert read(message=message(text="te\x00mpe \ud83d")) == Incoming(3, 7, Typed("te mpe \ufffd", 12))
    assert read(message=message(text="/petugas a\x00 \ud83d")) == Incoming(3, 7, Command("petugas", "a  \ufffd"))
    assert read(edited_message=message(text="ta\x00hu \ud83d")) == Incoming(3, 7, Edited(12, "ta hu \ufffd"))


def test_what_is_no_persons_doing_in_a_private_chat_is_nothing() -> None:
    assert read(message={**message(text="tempe"), "chat": GROUP}) is None
    assert read(callback_query={"id": "99", "from": SARI, "data": "x"}) is None
    assert read(poll={"id": "1"}) is None


def test_shutting_the_bot_out_is_told_from_letting_it_in() -> None:
    changes = [{"my_chat_member": {"chat": SARI, "new_chat_member": {"status": s}}} for s in ("kicked", "member")]
    assert [membership(change) for change in changes] == [Membership(7, True, True), Membership(7, True, False)]
    assert membership({"message": message()}) is None


def test_the_order_is_kept_by_chat_else_by_person() -> None:
    assert chat_of({"update_id": 3, "message": {"chat": GROUP}}) == -100
    assert chat_of({"update_id": 3, "callback_query": {"message": {"chat": GROUP}, "from": SARI}}) == -100
    assert chat_of({"update_id": 3, "callback_query": {"from": SARI}}) == 7
    assert chat_of({"update_id": 3, "poll": {}}) is None


@pytest.mark.parametrize(("update", "place"), [
    ({"message": "rahasia"}, "message"),
    ({"message": {**message(text="rahasia"), "message_id": "rahasia"}}, "message.message_id"),
    ({"message": {**message(text="rahasia"), "chat": {"id": 7}}}, "message.chat.type"),
    ({"message": message(text=["rahasia"])}, "message.text"),
    ({"message": message(photo=[{"file_id": 1, "width": 1, "height": 1}])}, "message.photo.file_id"),
    ({"callback_query": {"id": 1, "message": message()}}, "callback_query.id"),
])  # fmt: skip
def test_a_wrong_shape_is_told_by_its_place(update: dict[str, Any], place: str) -> None:
    with pytest.raises(MalformedUpdateError) as error:
        read(**update)
    assert (error.value.place, str(error.value)) == (place, place)


ODD: list[Any] = [None, True, -1, 2**70, "rahasia", [], ["rahasia"], {}, {"id": "rahasia"}]
WHOLE: list[dict[str, Any]] = [
    {"message": message(text="tempe")},
    {"message": message(photo=[{"file_id": "k", "width": 9, "height": 9, "file_size": 5}])},
    {"message": message(document={"file_id": "d"})},
    {"edited_message": message(text="tahu")},
    {"callback_query": {"id": "99", "from": SARI, "message": message(), "data": "0.c..bantuan"}},
    {"my_chat_member": {"chat": SARI, "from": SARI, "new_chat_member": {"status": "kicked"}}},
]


def broken(data: Any) -> Iterator[Any]:
    """The data with each of its parts in turn left out or replaced by something odd."""
    yield from ODD
    for name, inner in data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ():
        if isinstance(data, dict):
            yield {key: value for key, value in data.items() if key != name}
        for odd in broken(inner):
            copy = data.copy()
            copy[name] = odd
            yield copy


@pytest.mark.parametrize("update", WHOLE)
def test_no_shape_raises_anything_else(update: dict[str, Any]) -> None:
    for wrong in broken(update):
        if isinstance(wrong, dict):
            for reads in (chat_of, membership, lambda raw: read(**raw)):
                with suppress(MalformedUpdateError):
                    reads(wrong)
