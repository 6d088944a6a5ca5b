"""Who may act as staff: Rini, from the configured ids, in her own chat or in the one group; nobody else anywhere."""

from typing import Any

import pytest

from bot.staff import Staff

RINI, SARI, GROUP, OTHER_GROUP, ANONYMOUS = 501, 1001, -100500, -100600, 1087968824
STAFF = Staff(frozenset({RINI, ANONYMOUS}), GROUP)


def message(user: int, chat: int, **fields: Any) -> dict[str, Any]:
    return {"from": {"id": user}, "chat": {"id": chat, "type": "private" if chat > 0 else "supergroup"}, **fields}


@pytest.mark.parametrize(
    ("user", "chat", "acts"),
    [(RINI, RINI, True), (RINI, GROUP, True), (RINI, OTHER_GROUP, False), (SARI, GROUP, False), (SARI, SARI, False)],
)
def test_only_the_configured_ids_act_in_their_own_chat_or_the_one_group(user: int, chat: int, acts: bool) -> None:
    assert STAFF.acts({"message": message(user, chat)}) is acts
    assert STAFF.acts({"edited_message": message(user, chat)}) is acts
    ours = message(1, chat)
    assert STAFF.acts({"callback_query": {"from": {"id": user}, "message": ours}}) is acts


def test_nobody_acts_anonymously_or_as_a_channel() -> None:
    assert not STAFF.acts({"message": message(ANONYMOUS, GROUP)})
    assert not STAFF.acts({"message": message(RINI, GROUP, sender_chat={"id": GROUP})})
    assert not STAFF.acts({"channel_post": {"chat": {"id": GROUP, "type": "channel"}}})


def test_without_settings_nobody_is_staff() -> None:
    assert not Staff().acts({"message": message(RINI, RINI)})
    assert not Staff(frozenset({RINI})).acts({"message": message(RINI, GROUP)})
    assert not STAFF.acts({"callback_query": {"from": {"id": RINI}, "inline_message_id": "7"}})
