"""Who is staff: the user ids of HELPDESK_STAFF_IDS, each in the private chat with the bot or in the one group of
HELPDESK_CHAT_ID. Membership of the group is no right, and nobody without a name of their own acts (P9)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SHARED = frozenset({136817688, 777000, 1087968824})  # Telegram writes these for channels and anonymous admins


@dataclass(frozen=True, slots=True)
class Staff:
    """The configured user ids, and the staff group (None where there is none)."""

    ids: frozenset[int] = frozenset()
    group: int | None = None

    def acts(self, update: Mapping[str, Any]) -> bool:
        """Whether a raw update (a message, an edited message or a press) is a staff member's doing, where staff may
        act. The message under a pressed button is ours, so only the place is read from it."""
        press = update.get("callback_query")
        message = press.get("message") if press else update.get("message") or update.get("edited_message")
        if not message or (not press and "sender_chat" in message):
            return False
        user, chat = (press or message).get("from", {}).get("id"), message["chat"]
        return user in self.ids - _SHARED and (
            chat["id"] == user if chat["type"] == "private" else chat["id"] == self.group
        )


NOBODY = Staff()
