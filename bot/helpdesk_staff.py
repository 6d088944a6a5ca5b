"""The staff's side of the helpdesk, inside the transaction of an update: their messages to owners and their commands.
Knows rows and sentences, no network. Staff are spoken to in Indonesian only."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot import helpdesk_lists
from bot.calls import Json
from bot.helpdesk_owner import kind_of
from bot.relays import LONGEST_CAPTION, LONGEST_TEXT
from conversations import helpdesk
from conversations.canned import ANSWERS
from conversations.messages import Message
from conversations.texts import storable, units
from storage import relaying, tickets
from storage.tickets import TicketLine

_NAME_ROOM = 128  # characters kept for what stands above and below a staff member's words
_LONGEST_NAME = 40
_UNSUPPORTED = (
    "sticker",
    "video_note",
    "location",
    "venue",
    "contact",
    "poll",
    "dice",
    "story",
    "text",
)  # an empty one
_NO_TICKET = (
    "Perintah ini untuk sebuah tiket: tulis di topiknya, balas pesannya, atau sebut nomornya, misalnya /tutup 12."
)
_CLOSED = "Tiket ini sudah ditutup, jadi pesan ini tidak diteruskan. Ketik /buka dulu untuk membukanya lagi."
_CANNOT = "Jenis pesan ini tidak diteruskan. Yang bisa: tulisan, foto, berkas, suara, dan video."
_TOO_LONG = "Terlalu panjang untuk satu pesan, jadi belum diteruskan. Bagi menjadi dua."
_TOO_MANY = "Sudah banyak pesan yang menunggu untuk pemilik ini. Yang ini belum diteruskan."
HELP = """Di topik sebuah tiket, tulisan, foto, dan berkas Anda diteruskan ke pemilik dengan nama depan Anda.
/ambil: Anda yang mengurus tiket ini
/tutup: selesai, pemilik diberi tahu
/buka: membuka lagi tiket yang sudah ditutup
/catatan …: hanya untuk petugas, tidak diteruskan
/jawab NAMA: jawaban siap pakai, /jawab menampilkan daftarnya
/tiket: tiket yang masih terbuka
/statistik: angka-angka tanpa data pribadi
/umumkan …: pengumuman untuk semua pemilik, Anda lihat dulu sebelum dikirim"""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a staff member's message leaves to do: an answer to them (`wants_figures`: those of /statistik), a queue to
    wake, words to the owner, the topic to close or to open again."""

    answer: str = ""
    ticket: TicketLine | None = None
    relays: bool = False
    owner: Message | None = None
    closes: bool = False
    reopens: bool = False
    wants_figures: bool = False


def heard(connection: Connection, group: int, message: Json, now: datetime, *, edited: bool) -> Heard:
    """A message of a staff member in the group."""
    ticket = _ticket_of(connection, group, message)
    text = message.get("text", "")
    if text.startswith("/"):
        return Heard() if edited else _commanded(connection, group, ticket, message, text, now)
    kind = kind_of(message)
    if ticket is None or not (kind or any(other in message for other in _UNSUPPORTED)):
        return Heard()
    if edited and not relaying.is_known(connection, ticket.id, to_staff=False, source_id=message["message_id"]):
        return Heard()
    if not kind:
        return Heard(_CANNOT)
    return _to_owner(connection, ticket, message, kind, storable(text or message.get("caption", "")), now)


def _ticket_of(connection: Connection, group: int, message: Json) -> TicketLine | None:
    """The ticket by the topic, else by the message replied to."""
    if message.get("is_topic_message") and (thread := message.get("message_thread_id")):
        return tickets.in_topic(connection, group, thread)
    replied = message.get("reply_to_message", {}).get("message_id")
    return tickets.by_reply(connection, group, replied) if replied else None


def _to_owner(
    connection: Connection, ticket: TicketLine, message: Json, kind: str, text: str, now: datetime
) -> Heard:
    if ticket.state == "closed":
        return Heard(_CLOSED)
    longest = (LONGEST_CAPTION if kind == "copy" else LONGEST_TEXT) - _NAME_ROOM
    if units(text) > longest:
        return Heard(_TOO_LONG)
    taken = relaying.note(
        connection, ticket.id, to_staff=False, source_id=message["message_id"], kind=kind, text=text, now=now,
        author=_name(message),
    )  # fmt: skip
    return Heard(ticket=ticket, relays=True) if taken else Heard(_TOO_MANY)


def _name(message: Json) -> str:
    return storable(message["from"].get("first_name") or "Petugas")[:_LONGEST_NAME]


def _commanded(
    connection: Connection, group: int, here: TicketLine | None, message: Json, text: str, now: datetime
) -> Heard:
    command, _, words = text[1:].partition(" ")
    name, words = command.partition("@")[0].lower(), words.strip()
    match name:
        case "catatan":
            return Heard()
        case "tiket":
            return Heard(helpdesk_lists.tickets_waiting(tickets.waiting(connection), group, now))
        case "statistik":
            return Heard(wants_figures=True)
        case "bantuan" | "help" | "start":
            return Heard(HELP)
        case "jawab" if words.lower() not in ANSWERS:
            return Heard(
                "\n\n".join(["Jawaban siap pakai:", *(f"/jawab {key}: {said}" for key, said in ANSWERS.items())])
            )
        case "tutup" | "ambil" | "buka" | "jawab":
            ticket = _named(connection, here, words)
            if ticket is None or ticket.state == "draft":
                return Heard(_NO_TICKET)
            return _about(connection, ticket, name, words, message, now)
    return Heard(f"Perintah itu tidak ada, jadi tidak diteruskan.\n\n{HELP}")


def _named(connection: Connection, here: TicketLine | None, words: str) -> TicketLine | None:
    """The ticket of this place, else the one whose number was written."""
    number = words.removeprefix("#")
    if here is None and number.isdecimal() and len(number) < len("1000000000"):
        return tickets.by_id(connection, int(number))
    return here


def _about(connection: Connection, ticket: TicketLine, name: str, words: str, message: Json, now: datetime) -> Heard:
    who, is_closed = _name(message), ticket.state == "closed"
    match name:
        case "jawab":
            return _to_owner(connection, ticket, message, "text", ANSWERS[words.lower()], now)
        case "ambil" if not is_closed:
            tickets.take(connection, ticket.id, message["from"]["id"], who)
            return Heard(f"{who} mengurus tiket #{ticket.id}.", ticket, owner=helpdesk.taken(who))
        case "tutup" if not is_closed:
            tickets.set_state(connection, ticket.id, "closed", now)
            tickets.talk_to(connection, ticket.person_id, None)
            return Heard(f"Tiket #{ticket.id} ditutup.", ticket, owner=helpdesk.closed(by_owner=False), closes=True)
        case "buka" if is_closed and tickets.of_person(connection, ticket.person_id) is None:
            tickets.set_state(connection, ticket.id, "open", now)
            tickets.talk_to(connection, ticket.person_id, "laporan")
            return Heard(f"Tiket #{ticket.id} dibuka lagi.", ticket, reopens=True)
        case "buka" if is_closed:
            return Heard("Pemilik ini sudah punya tiket lain yang terbuka. Lihat /tiket.")
    return Heard(f"Tiket #{ticket.id} {'sudah ditutup' if is_closed else 'masih terbuka'}.")
