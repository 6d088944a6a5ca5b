"""`/umumkan`: what staff say to everybody, or to those whose report is open. Shown first, with how many people would
get it; confirmed, watched and stopped by buttons. The sending itself is the reminder job's."""

import html
from math import ceil

from sqlalchemy import Connection
from telegram import Bot

from bot.calls import Json, call
from bot.incoming import Raw
from bot.moments import Clock
from bot.outgoing import Outgoing
from bot.pacing import Lane
from bot.staff import Staff
from conversations.messages import Message, Paragraph
from conversations.texts import is_blank, storable, units
from conversations.words import T, literal
from storage import announcements, arrivals
from storage.announcements import EVERYBODY, NOT_SENT
from storage.database import Database

LONGEST = 3000  # units as Telegram counts, so that it is one message
_PRESS = "umum"
# Staff read Indonesian, so these sentences are not translated.
_HOW = (
    "Tulis pengumumannya di belakang perintah, misalnya:\n/umumkan SIINas sedang diperbaiki sampai pukul 15.00 WIB."
)
_TOO_LONG = f"Terlalu panjang. Paling panjang {LONGEST} huruf."
_GONE = "Pengumuman itu tidak ada lagi."
_AUDIENCES = {EVERYBODY: "semua orang", NOT_SENT: "yang laporannya belum terkirim"}


def announcement(text: str) -> Message:
    """How it looks to an owner."""
    return Message((Paragraph(bold=T("Pengumuman dari petugas")), Paragraph(literal(text))))


class Announcer:
    """Takes the command and its buttons from staff; everybody else is not heard here."""

    def __init__(self, bot: Bot, database: Database, outgoing: Outgoing, staff: Staff, clock: Clock) -> None:
        self._bot, self._database, self._outgoing = bot, database, outgoing
        self._staff, self._clock = staff, clock

    async def handle(self, update: Raw) -> bool:
        """Answer the update where it is a staff member's word about an announcement; False: it is not."""
        told = _told(update)
        if told is None or not self._staff.acts(update):
            return False
        press: Json | None = update.get("callback_query")
        if press:
            await self._call("answerCallbackQuery", {"callback_query_id": press["id"]}, None)
        shown: Json = (press or update)["message"]
        words = await self._database.run(lambda c: self._work(c, update, told), chat=shown["chat"]["id"])
        if words is not None:
            await self._show(shown, words, edits=press is not None)
        return True

    async def _show(self, message: Json, words: Json, *, edits: bool) -> None:
        where: Json = {"chat_id": message["chat"]["id"]}
        if edits:
            where["message_id"] = message["message_id"]
        elif message.get("is_topic_message"):
            where["message_thread_id"] = message["message_thread_id"]
        await self._call("editMessageText" if edits else "sendMessage", where | words, where["chat_id"])

    async def _call(self, method: str, parameters: Json, chat_id: int | None) -> None:
        await self._outgoing.call(lambda: call(self._bot, method, parameters), chat_id)

    def _work(self, connection: Connection, update: Raw, told: str | tuple[int, str]) -> Json | None:
        """Carry it out once, and what to show; None for a repeat."""
        now = self._clock()
        if not arrivals.mark(connection, update["update_id"], now):
            return None
        if isinstance(told, str):
            return self._drafted(connection, told, update["message"]["from"]["id"])
        number, action = told
        text = announcements.text_of(connection, number)
        if text is None:
            return _words(_GONE)
        act, _, audience = action.partition("_")
        match act:
            case "untuk" if audience in _AUDIENCES:
                count = announcements.count(connection, audience)
                minutes = ceil(count / Lane.BROADCAST.value / 60)
                question = f"Kirim ke {count} orang ({_AUDIENCES[audience]}), kira-kira {minutes} menit?"
                return _about(text, question, number, {"Ya, kirim": f"ya_{audience}", "Batal": "batal"})
            case "ya" if audience in _AUDIENCES:
                announcements.confirm(connection, number, audience, now)
            case "batal":
                announcements.cancel(connection, number)
        words, waits = _progress(connection, number)
        return _about(text, words, number, {"Kemajuan": "kemajuan", "Hentikan": "batal"} if waits else {})

    def _drafted(self, connection: Connection, text: str, by: int) -> Json:
        if is_blank(text) or units(text) > LONGEST:
            return _words(_HOW if is_blank(text) else _TOO_LONG)
        number = announcements.draft(connection, text, by, self._clock())
        faces = {EVERYBODY: "Ke semua", NOT_SENT: "Yang belum terkirim"}
        buttons = {
            f"{face} ({announcements.count(connection, audience)} orang)": f"untuk_{audience}"
            for audience, face in faces.items()
        }
        return _about(text, "Begini yang akan mereka baca. Kirim ke siapa?", number, {**buttons, "Batal": "batal"})


def _told(update: Raw) -> str | tuple[int, str] | None:
    """The text behind the command, or the number and the action of a button; None for anything else."""
    if press := update.get("callback_query"):
        name, _, rest = str(press.get("data", "")).partition(".")
        number, _, action = rest.partition(".")
        return (int(number), action) if name == _PRESS and number.isdecimal() and len(number) < 10 else None
    text = update.get("message", {}).get("text", "")
    if not isinstance(text, str) or not text.startswith("/"):
        return None
    command, *rest_ = text.split(maxsplit=1)
    if command.partition("@")[0].lower() != "/umumkan":
        return None
    return storable(rest_[0]).strip() if rest_ else ""


def _progress(connection: Connection, number: int) -> tuple[str, bool]:
    """How far it is, and whether anybody may still get it."""
    state, found = announcements.state_of(connection, number), announcements.progress(connection, number)
    waiting = found.get("new", 0) + found.get("sending", 0)
    words = (
        f"Sudah sampai: {found.get('sent', 0)}. Menunggu: {waiting}. "
        f"Tidak pasti: {found.get('unsure', 0)}. Tidak sampai: {found.get('dead', 0)}."
    )
    if not found:
        words = "Mulai dikirim dalam satu menit." if state == "sending" else "Tidak ada yang menerimanya."
    return (f"Dibatalkan. {words}", False) if state == "cancelled" else (words, state == "sending" or waiting > 0)


def _about(text: str, words: str, number: int, buttons: dict[str, str]) -> Json:
    """The announcement as owners will see it, a word about it, and buttons."""
    rows = [[{"text": face, "callback_data": f"{_PRESS}.{number}.{action}"}] for face, action in buttons.items()]
    shown = _words(f"<b>Pengumuman dari petugas</b>\n{html.escape(text, quote=False)}\n\n<i>{words}</i>")
    return {**shown, "reply_markup": {"inline_keyboard": rows}}


def _words(text: str) -> Json:
    return {"text": text, "parse_mode": "HTML"}
