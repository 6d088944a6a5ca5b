"""Says messages into a chat: renders, sends in order through the rate limit, makes the documents that go along.
It decides nothing and keeps nothing."""

import asyncio
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import telegram

from bot import paper
from bot.callbacks import Callbacks
from bot.calls import Json, call
from bot.commands import MENU
from bot.documents import Document, made
from bot.outgoing import Outgoing, Sent
from bot.render import Reports, keyboard, pages
from conversations.form import Form
from conversations.messages import Message
from conversations.route import walk
from locales import translator
from storage.reports import Desk

Today = Callable[[Desk], date]

# In Indonesian only: after a mistake of ours the database may not be there to say who reads this.
_SORRY = "Maaf, ada gangguan di pihak kami. Jawaban Anda sebelumnya tetap tersimpan. Coba sekali lagi. Nomor: {nomor}"


class Said(NamedTuple):
    """How the last message ended, and its Telegram id where it is a text that was delivered."""

    sent: Sent
    message_id: int | None = None


class Speaker:
    """The bot's voice for one form. `today` gives the day that stands in a letter, `files_dir` keeps what people send."""

    def __init__(self, bot: telegram.Bot, outgoing: Outgoing, form: Form, today: Today, files_dir: Path) -> None:
        self._bot, self._outgoing, self._form, self._today = bot, outgoing, form, today
        self._files_dir = files_dir
        self.callbacks = Callbacks(form)

    async def say(self, chat_id: int, desk: Desk, messages: tuple[Message, ...], pressed: int | None = None) -> Said:
        """Send the messages in order; one that `edits` replaces the text of the pressed message. A chat that blocked
        us ends the row; one that floods hears nothing (`calm` waits for its end)."""
        if self._outgoing.pacing.floods(chat_id):
            return Said(Sent.HELD_BACK)
        translate = translator(desk.locale)
        owners = Reports(desk.profile_id, desk.report_id)
        said = Said(Sent.DELIVERED)
        for message in messages:
            markup = keyboard(message, self.callbacks, owners, translate)
            texts = pages(message, translate)
            if message.edits and pressed is not None:
                said = Said(await self._edit(chat_id, pressed, texts[0], markup))
            elif message.document:
                said = Said(await self._document(chat_id, desk, message.document, texts, markup))
            else:
                for text in texts[:-1]:
                    await self._text(chat_id, text, None)
                said = await self._text(chat_id, texts[-1], markup)
            if said.sent is Sent.BLOCKED:
                return said
        return said

    def arrives(self, chat_id: int) -> None:
        """An update of this chat has come: so the way out knows who floods."""
        self._outgoing.pacing.arrives(chat_id)

    async def calm(self, chat_id: int) -> None:
        """Returns when the chat can be answered again."""
        await self._outgoing.pacing.calm(chat_id)

    async def _text(self, chat_id: int, text: str, markup: Json | None) -> Said:
        delivery = await self._outgoing.call(
            lambda: call(self._bot, "sendMessage", _html(text, markup, chat_id=chat_id)), chat_id
        )
        return Said(delivery.sent, delivery.result["message_id"] if delivery.result else None)

    async def _edit(self, chat_id: int, message_id: int, text: str, markup: Json | None) -> Sent:
        parameters = _html(text, markup, chat_id=chat_id, message_id=message_id)
        return (await self._outgoing.call(lambda: call(self._bot, "editMessageText", parameters), chat_id)).sent

    async def _document(self, chat_id: int, desk: Desk, kind: str, texts: list[str], buttons: Json | None) -> Sent:
        """A file of this kind, with the first words as its caption."""
        document = await self._made(desk, kind)
        caption = "\n".join(filter(None, (texts[0] if texts else "", document.remark)))
        markup = telegram.InlineKeyboardMarkup.de_json(buttons, self._bot) if buttons else None

        async def send() -> telegram.Message:
            if document.is_picture:
                return await self._bot.send_photo(
                    chat_id, document.content, caption=caption, parse_mode="HTML", reply_markup=markup
                )
            return await self._bot.send_document(
                chat_id,
                document.content,
                filename=document.name,
                caption=caption,
                parse_mode="HTML",
                reply_markup=markup,
            )

        return (await self._outgoing.call(send, chat_id)).sent

    async def _made(self, desk: Desk, kind: str) -> Document:
        day = self._today(desk)
        seen = walk(self._form, desk.draft, day)
        if kind in paper.KINDS:
            return await paper.paper(kind, seen, self._files_dir)
        return await asyncio.to_thread(made, kind, seen, day, translator(desk.locale))

    async def tell(self, chat_id: int, text: str) -> None:
        """Plain words to a staff member, who is spoken to in Indonesian."""
        await self._outgoing.call(lambda: call(self._bot, "sendMessage", {"chat_id": chat_id, "text": text}), chat_id)

    async def show_menu(self, chat_id: int, locale: str) -> None:
        """The commands of this one chat, in its language; all others see those of bot/app.py."""
        commands = [(name, translator(locale)(words)) for name, words in MENU]
        scope = telegram.BotCommandScopeChat(chat_id)
        await self._outgoing.call(lambda: self._bot.set_my_commands(commands, scope), None)

    async def acknowledge(self, query_id: str) -> None:
        """Stop the waiting sign on a pressed button."""
        await self._outgoing.call(
            lambda: call(self._bot, "answerCallbackQuery", {"callback_query_id": query_id}), None
        )

    async def fetch(self, file_id: str) -> bytes | None:
        """The content of a sent file; None where Telegram does not hand it out."""

        async def content() -> bytes:
            file = await self._bot.get_file(file_id)
            return bytes(await file.download_as_bytearray())

        return (await self._outgoing.call(content, None)).result

    async def apologise(self, chat_id: int, reference: str) -> Sent:
        """Our mistake: a number to mention to a human, and what to do now."""
        text = _SORRY.format(nomor=reference)
        return (await self._outgoing.call(lambda: self._bot.send_message(chat_id, text), chat_id)).sent


def _html(text: str, markup: Json | None, **where: int) -> Json:
    """The parameters of a text with its buttons."""
    parameters: Json = {**where, "text": text, "parse_mode": "HTML"}
    return {**parameters, "reply_markup": markup} if markup else parameters
