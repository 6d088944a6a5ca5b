"""What people do in Telegram: write, send files, tap, edit, block. Each act queues its update."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from bot.demo.telegram_cloud import Chat, Cloud, shown
from bot.demo.telegram_html import with_commands
from bot.demo.telegram_keyboards import callback_data_in
from bot.demo.telegram_params import Json

EDITABLE = timedelta(hours=48)


class People(Cloud):
    """The people's side. `chat_id` names a group, none means the bot itself. Misuse raises LookupError."""

    def join(self, user_id: int, first_name: str, language_code: str = "id") -> None:
        """A person who opens the chat. Until they write, the bot may not."""
        user = {"id": user_id, "is_bot": False, "first_name": first_name, "language_code": language_code}
        self.users[user_id] = user
        info = {"id": user_id, "type": "private", "first_name": first_name}
        self.chats.setdefault(user_id, Chat(info)).info = info

    def add_group(self, chat_id: int, title: str, is_forum: bool = False, *, basic: bool = False) -> None:
        """A supergroup (or a `basic` group) with the bot as administrator; its id is negative. Whoever writes becomes
        a member."""
        info: Json = {"id": chat_id, "type": "group" if basic else "supergroup", "title": title}
        if is_forum:
            info["is_forum"] = True
        administrator = {self.bot["id"]: "administrator"}
        self.chats[chat_id] = Chat(info, has_written=True, members=administrator, last_id=self.after)

    def upgrades(self, chat_id: int, new_id: int, is_forum: bool = False) -> None:
        """A basic group becomes a supergroup with a new id, empty and counting its messages from 1; the bot is told
        in both. From now on each call to the old id is refused, naming the new one."""
        old = self.chats[chat_id]
        self.add_group(new_id, old.info["title"], is_forum)
        self.chats[new_id].members = dict(old.members)
        anyone = next(self.users[member] for member in old.members)
        self.updates.add("message", self.post(old, anyone, {"migrate_to_chat_id": new_id}).message)
        new = self.post(self.chats[new_id], anyone, {"migrate_from_chat_id": chat_id})
        self.updates.add("message", new.message)
        old.moved_to = new_id

    def deletes_topic(self, chat_id: int, thread: int) -> None:
        """An administrator deletes a topic with all its messages; nobody is told."""
        chat = self.chats[chat_id]
        del chat.topics[thread]
        chat.posts = {
            number: post for number, post in chat.posts.items() if post.message.get("message_thread_id") != thread
        }

    def expels_bot(self, chat_id: int) -> None:
        """The bot is put out of a group: each send there is refused with 403."""
        self.chats[chat_id].blocked = True

    def says(self, user_id: int, text: str, *, chat_id: int | None = None, **extra: Any) -> Json:
        """A text message; /commands get their entities. Returns the message.

        `extra` are further message fields; `reply_to`, for every kind, is the id of the message answered.
        """
        content: Json = {"text": text}
        if entities := with_commands(text, []):
            content["entities"] = entities
        return self._send(user_id, chat_id, {**content, **extra})

    def sends_photo(
        self, user_id: int, data: bytes, caption: str = "", *, chat_id: int | None = None, **extra: Any
    ) -> Json:
        """A photo in several sizes. Returns the message."""
        content: Json = {"photo": self.files.add_photo(data), **({"caption": caption} if caption else {})}
        return self._send(user_id, chat_id, {**content, **extra})

    def sends_document(
        self, user_id: int, data: bytes, file_name: str, mime_type: str, caption: str = "", *,
        chat_id: int | None = None, **extra: Any,
    ) -> Json:  # fmt: skip
        """A file under the name and type that the person's phone claims. Returns the message."""
        document = self.files.add_document(data, file_name, mime_type)
        content: Json = {"document": document, **({"caption": caption} if caption else {})}
        return self._send(user_id, chat_id, {**content, **extra})

    def sends_other(self, user_id: int, *, chat_id: int | None = None, **fields: Any) -> Json:
        """A message of any other kind: sticker=…, voice=…, location=…, contact=… Returns the message."""
        return self._send(user_id, chat_id, fields)

    def edits(self, user_id: int, message_id: int, text: str, *, chat_id: int | None = None) -> Json:
        """They change the text or caption of their own message, within 48 hours. Returns it as edited."""
        chat = self._chat_of(user_id, chat_id)
        post = chat.posts.get(message_id)
        if post is None or post.message["from"]["id"] != user_id:
            raise LookupError(f"{user_id} did not write message {message_id}: only one's own can be edited.")
        if self.now() - post.message["date"] > EDITABLE.total_seconds():
            raise LookupError(f"Message {message_id} is over 48 hours old: Telegram lets nobody edit it any more.")
        field = "text" if "text" in post.message else "caption"
        post.message = {**post.message, field: text, "edit_date": self.now()}
        post.message.pop("entities", None)
        if entities := with_commands(text, []):
            post.message["entities"] = entities
        self._show_edit(chat, message_id)
        self.updates.add("edited_message", post.message)
        return post.message

    def taps(
        self, user_id: int, message_id: int, callback_data: str, *, chat_id: int | None = None,
        unchecked: bool = False,
    ) -> Json:  # fmt: skip
        """They tap a button. One not on the message is refused; `unchecked` allows old and forged ones.

        Returns the callback_query; a deleted message comes in it as inaccessible, with date 0.
        """
        chat = self._chat_of(user_id, chat_id)
        post = chat.posts.get(message_id)
        on_it = callback_data_in(post.markup) if post else []
        if not unchecked and callback_data not in on_it:
            raise LookupError(f"Message {message_id} has no button {callback_data!r}, only {on_it}.")
        query: Json = {
            "id": str(uuid.uuid4().int >> 65), "from": self.users[user_id], "chat_instance": str(chat.id),
            "message": post.message if post else {"chat": chat.info, "message_id": message_id, "date": 0},
            "data": callback_data,
        }  # fmt: skip
        self.queries[query["id"]] = (chat.id, self.clock())
        self.updates.add("callback_query", query)
        return query

    def push(self, update: Json) -> None:
        """Queue any raw update, malformed ones too; without an update_id it gets the next one."""
        self.updates.push(update)

    def repeat_last(self) -> Json:
        """The newest update comes again under its old update_id, even if the bot has confirmed it."""
        return self.updates.repeat_last()

    def blocks(self, user_id: int) -> None:
        """They block the bot: it learns that from my_chat_member; each send to them is refused with 403."""
        self._set_blocked(user_id, True)

    def unblocks(self, user_id: int) -> None:
        """They let the bot in again."""
        self._set_blocked(user_id, False)

    def commands(self, user_id: int) -> list[Json]:
        """The menu of commands this person sees: the narrowest scope, their language before none."""
        language = self.users[user_id].get("language_code", "")
        for scope in (f"chat:{user_id}", "all_private_chats", "default"):
            for spoken in (language, ""):
                if found := self.settings.get(f"commands:{scope}:{spoken}"):
                    return list(found)
        return []

    def _set_blocked(self, user_id: int, blocked: bool) -> None:
        chat = self._chat_of(user_id, None)
        was, chat.blocked = chat.blocked, blocked
        if was == blocked:
            return
        member_of = {"user": self.bot, "status": "member"}
        kicked_from = {"user": self.bot, "status": "kicked", "until_date": 0}
        old, new = (member_of, kicked_from) if blocked else (kicked_from, member_of)
        member = {"chat": chat.info, "from": self.users[user_id], "date": self.now()}
        self.updates.add("my_chat_member", {**member, "old_chat_member": old, "new_chat_member": new})

    def _send(self, user_id: int, chat_id: int | None, content: Json) -> Json:
        chat = self._chat_of(user_id, chat_id)
        if chat.blocked:
            raise LookupError(f"{user_id} has blocked the bot: unblocks() before they write.")
        chat.has_written = True
        if chat.id < 0:
            chat.members.setdefault(user_id, "member")
        content = dict(content)
        if (reply_to := content.pop("reply_to", None)) is not None:
            content["reply_to_message"] = chat.posts[reply_to].message
        thread = content.get("message_thread_id")
        if thread is not None and chat.info.get("is_forum"):
            if thread not in chat.topics:
                raise LookupError(f"Group {chat.id} has no topic {thread}.")
            content = {**content, "is_topic_message": True}
        message = self.post(chat, self.users[user_id], content).message
        self.updates.add("message", message)
        return message

    def _show_edit(self, chat: Chat, message_id: int) -> None:
        self.tell(chat.id, {"event": "edit", "message": shown(chat.posts[message_id])})

    def _chat_of(self, user_id: int, chat_id: int | None) -> Chat:
        if user_id not in self.users:
            raise LookupError(f"Nobody with id {user_id} has joined: join() first.")
        if (wanted := user_id if chat_id is None else chat_id) not in self.chats:
            raise LookupError(f"There is no group {wanted}: add_group() first.")
        return self.chats[wanted]
