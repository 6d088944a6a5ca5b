"""What Telegram itself remembers: users, chats, messages, files, who looks on. Knows no Bot API methods."""

from __future__ import annotations

import asyncio
import html as markup_escape
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from weakref import WeakSet

from bot.demo.telegram_files import Files
from bot.demo.telegram_params import Json, RefusedError, bad_request
from bot.demo.telegram_updates import Updates


@dataclass
class Post:
    """One message: its Bot API JSON, the HTML the bot sent, and its keyboard of any kind."""

    message: Json
    from_bot: bool
    html: str | None = None
    markup: Json | None = None


@dataclass
class Chat:
    """A private chat or a group, its posts by message_id, oldest first."""

    info: Json
    has_written: bool = False
    blocked: bool = False
    members: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Json] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    last_id: int = 0
    moved_to: int | None = None

    @property
    def id(self) -> int:
        """The chat's id: the user's own id when private, negative for a group."""
        return int(self.info["id"])


class Cloud:
    """The shared state of people and bot. Private chats share one count of messages, a group has its own; each goes on
    `after` a number."""

    def __init__(self, token: str, clock: Callable[[], datetime], after: int = 0) -> None:
        self.token = token
        self.clock = clock
        self.bot: Json = {
            "id": int(token.partition(":")[0]), "is_bot": True, "first_name": "TemanLapor",
            "username": "teman_lapor_bot",
        }  # fmt: skip
        self.users: dict[int, Json] = {self.bot["id"]: self.bot}
        self.chats: dict[int, Chat] = {}
        self.files = Files()
        self.updates = Updates(clock)
        self.queries: dict[str, tuple[int, datetime]] = {}
        self.settings: dict[str, Any] = {}
        self.after = after
        self._last_private_id = after
        self._listeners: dict[int, WeakSet[asyncio.Queue[Json]]] = {}

    def now(self) -> int:
        """Seconds since 1970 by the injected clock."""
        return int(self.clock().timestamp())

    def chat(self, chat_id: int) -> Chat:
        """The chat, or Telegram's refusal when there is none."""
        if chat_id not in self.chats:
            raise bad_request("chat not found")
        if new_id := self.chats[chat_id].moved_to:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise RefusedError(400, reason, migrate_to_chat_id=new_id)
        return self.chats[chat_id]

    def writable(self, chat_id: int) -> Chat:
        """The chat if the bot may write to it: they wrote first and have not blocked it."""
        chat = self.chat(chat_id)
        if chat.blocked:
            by = "blocked by the user" if chat_id > 0 else f"kicked from the {chat.info['type']} chat"
            raise RefusedError(403, f"Forbidden: bot was {by}")
        if chat_id > 0 and not chat.has_written:
            raise RefusedError(403, "Forbidden: bot can't initiate conversation with a user")
        return chat

    def post(
        self, chat: Chat, sender: Json, content: Json, *, html: str | None = None, markup: Json | None = None
    ) -> Post:
        """Put a message into the chat; lookers-on see it at once."""
        if chat.id > 0:
            self._last_private_id += 1
            chat.last_id = self._last_private_id
        else:
            chat.last_id += 1
        message: Json = {
            "message_id": chat.last_id, "from": sender, "chat": chat.info, "date": self.now(), **content
        }  # fmt: skip
        if markup and "inline_keyboard" in markup:
            message["reply_markup"] = markup
        post = Post(message, sender is self.bot, html, markup)
        chat.posts[chat.last_id] = post
        self.tell(chat.id, {"event": "message", "message": shown(post)})
        return post

    def history(self, chat_id: int) -> list[Json]:
        """The chat's messages as they stand now, oldest first, without deleted ones. LookupError: no chat.

        Each is the Bot API message plus `from_bot`, `html` (what the bot sent; its plain text escaped; None
        for people) and `reply_markup` of every kind.
        """
        if chat_id not in self.chats:
            raise LookupError(f"There is no chat {chat_id}: join() or add_group() first.")
        return [shown(post) for post in self.chats[chat_id].posts.values()]

    def listen(self, chat_id: int) -> AsyncIterator[Json]:
        """Events of a chat from this call on: message, edit, delete, toast, typing. Never ends by itself."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._listeners.setdefault(chat_id, WeakSet()).add(queue)
        return _drain(queue)

    def tell(self, chat_id: int, event: Json) -> None:
        """Give an event to everyone who listens to the chat."""
        for queue in self._listeners.get(chat_id, ()):
            queue.put_nowait(event)

    def file(self, file_id: str) -> bytes:
        """The bytes of a file that anyone sent; KeyError for an unknown id."""
        return self.files.get(file_id).data

    def file_name(self, file_id: str) -> str:
        """The name the file was sent under; KeyError for an unknown id."""
        return self.files.get(file_id).name


async def _drain(queue: asyncio.Queue[Json]) -> AsyncIterator[Json]:
    while True:
        yield await queue.get()


def shown(post: Post) -> Json:
    """A post as people see it: a copy, so that a later edit does not change what was seen."""
    seen = {**post.message, "from_bot": post.from_bot, "html": post.html}
    if post.from_bot and post.html is None:
        text = post.message.get("text", post.message.get("caption"))
        seen["html"] = None if text is None else markup_escape.escape(text, quote=False)
    if post.markup:
        seen["reply_markup"] = post.markup
    return seen
