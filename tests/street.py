"""What the owners of a street type, press and send, and what Telegram remembers of them; a Telegram that can let the
bot die, and a loop on which nobody waits. Nothing is checked here."""

import asyncio
import re
from dataclasses import dataclass, field
from decimal import Decimal
from html import unescape
from typing import Any

from bot.demo.telegram import Call, Telegram
from bot.demo.telegram_params import Json, Uploads
from bot.demo.telegram_people import EDITABLE
from conversations.form import Form, Section
from conversations.questions import Question
from conversations.sections import laporan_produksi
from tests.chat import PNG
from tests.oracle import ALONG

FORM: Form = laporan_produksi()

NUMBERS = (
    "18,5 juta", "Rp 18.500.000,-", "18500000", "delapan belas juta lima ratus ribu", "0", "3", "4 orang", "1e9", "-5",
    "0,45", "450 gram", "1.5", "1.500", "1,500", "2 lusin", "999.999.999.999.999", "12.345.678.901.234.567", "٣٤", "½",
    "sekitar 7.800", "7.800 kg", "10-20", "40%", "2022", "3.975 per bungkus", "10.500/kg", "5 miliar",
)  # fmt: skip
WORDS = (
    "ya", "tidak", "sudah semua", "selesai", "nanti", "lewati", "kembali", "bantuan", "tambah", "Tidak ada", "semua",
    "1", "tidak tahu", "Setuju", "10391", "10391, 10392, 10710", "1201.90.00", "Jepang, Malaysia", "tulungagung",
    "malang", "Januari - Juni 2026", "Juli - Desember 2025", "2025", "Kilogram", "bungkus", "pdam; sumur", "kayu bakar",
    "elpiji dan solar", "R1 1300", "1300", "tempe", "kenapa harus diisi?",
)  # fmt: skip
JUNK = (
    "{m} <b>tebal</b> & </i>", '{m} #read("rahasia.txt")', "{m}\x00nol", "{m} \ud83d", "{m} \u202eterbalik\u2066",
    "{m} {{0}} %s", "{m} \U0001f468\u200d\U0001f469", "{m}\n18,5 juta\n3", "...", " ", "\u3164", "sandi: {m}",
    "{m} https://t.me/x @siapa /hapus", "3201234567890123", "{m} " + "\U0001f600" * 95, "{m} " + "a," * 2044,
    "{m} " + "&" * 4000, "<" * 4096, "{m}" + "9" * 4000,
)  # fmt: skip
COMMANDS = (
    "/mulai", "/start x", "/lanjut", "/periksa", "/ubah", "/surat", "/data", "/laporan", "/bantuan", "/bantuan kbli {m}",
    "/hapus", "/hapus_ya", "/batal", "/laporan_baru", "/buka:1", "/buka:" + "9" * 30, "/tidakada", "/", "/petugas",
)  # fmt: skip
FORGED = (
    "", "x", "0.c..hapus", "1.c..laporan_baru", "0.c..buka:2", "0.c..buka:99999999999999999999999999", "ff.pAAAA..abc",
    "2.k..0", "-1.c..periksa", "2.gAAAA..5", "0.c..\u202e", "é.p..", "1.pq_-1.AAAAAAAAAAAAAAAAAAAAAA.a",
)  # fmt: skip
MANY = "; ".join(f"{n}{n}" for n in range(1000, 1400))
GIVEN = {
    "Rupiah": ("18,5 juta", "0", "12.345.678", "99.999.999.999.999"), "Whole": ("3", "0"), "Year": ("2022",),
    "Quantity": ("7.800", "0,45", "99.999.999.999.999", "1.250,5"), "Percent": ("40",), "Country": ("Jepang",),
    "Region": ("Kabupaten Tulungagung",), "Tariff": ("R-1/1.300 VA",), "PeriodName": ("Januari - Juni 2026",),
    "Unit": ("Bungkus", "{m} ikat"), "Text": ("{m} 1", JUNK[0], "{m} 2", JUNK[1], JUNK[2], JUNK[4]),
    "Texts": ("{m} 1, {m} 2", "{m}; " + MANY),
}  # fmt: skip
CODES = {5: ("10391", "10391, 10710", ", ".join(map(str, range(10001, 10130)))), 8: ("1201.90.00",)}
FILES = {
    "foto": PNG,
    "surat.pdf": b"%PDF-1.4\n%%EOF",
    "foto.jpg": PNG[:30],
    "kosong.pdf": b"\0",
    "sampah.exe": b"MZ" * 99,
}
STICKER = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9, "height": 9, "is_animated": False,
           "is_video": False}  # fmt: skip


class Hurried(asyncio.SelectorEventLoop):
    """A loop on which waiting takes no time: pauses between tries and the halts of a 429. What comes each minute stays."""

    def call_later(  # type: ignore[override]  # typeshed's type variables say no more than this
        self, delay: float, callback: Any, *args: Any, context: Any = None
    ) -> asyncio.TimerHandle:
        """At once, but for a minute and more."""
        return super().call_later(delay if delay >= 60 else 0, callback, *args, context=context)


class Deathbed(Telegram):
    """Lets the bot die at its `dies_in`th call from now, before Telegram has taken it or `after`."""

    dies_in, after = 0, False

    async def call(self, method: str, params: Any, files: Uploads | None = None) -> Json:
        self.dies_in -= 1
        last = self.dies_in == 0
        if last and not self.after:
            raise asyncio.CancelledError
        answer = await super().call(method, params, files)
        if last:
            raise asyncio.CancelledError
        return answer


def amount_shown(text: str) -> Decimal | None:
    """The number that a person reads at the beginning of a text: dots group, a comma begins the fraction."""
    found = re.match(r"(?:Rp)?(\d[\d.]*)(?:,(\d+))?", text)
    return Decimal(f"{found[1].replace('.', '')}.{found[2] or 0}") if found else None


def plain(html: str) -> str:
    """The text of a message without its marks."""
    return unescape(re.sub(r"</?[a-z]+>", "", html))


def words_of(call: Call) -> str:
    """What a call says."""
    return str(call.params.get("text") or call.params.get("caption") or call.method)


def alike(label: str, question: Question) -> bool:
    """Whether this is the question's label, whatever stands in its gaps."""
    head, gap, _ = question.label.partition("{")
    return label.startswith(head) if gap else label == head


def asked(html: str) -> tuple[Section, Question | None, str] | None:
    """What a message asks: section, question (None: one about the whole section), the item's name; None: nothing."""
    head, _, rest = html.partition("\n")
    title = unescape(head.partition(" · ")[2])
    bold = re.match(r"<b>(.*?)</b>", rest)
    if not title or not bold:
        return None
    label = unescape(bold[1])
    for section in FORM.sections:
        if title == section.title or title.startswith(f"{section.title} — "):
            name = title.removeprefix(section.title).removeprefix(" — ")
            if label == section.title:
                return section, None, ""
            for question in section.questions:
                if alike(label, question):
                    return section, question, name
    return None


@dataclass
class Shown:
    """A button that was in somebody's chat."""

    message_id: int
    face: str
    data: str


@dataclass
class Owner:
    """One person: their mark, which no other text holds; what they wrote and what they were shown."""

    user_id: int
    mark: str
    wrote: list[Json] = field(default_factory=list)
    buttons: list[Shown] = field(default_factory=list)
    question: tuple[int, str] = (0, "")
    blocked: bool = False

    def sees(self, call: Call) -> None:
        """Remember the buttons and the question of what the bot has said."""
        message = call.answer.get("result") if call.delivered else None
        if not isinstance(message, dict):
            return
        number = int(message["message_id"])
        for row in (message.get("reply_markup") or {}).get("inline_keyboard", []):
            self.buttons += [Shown(number, b["text"], b["callback_data"]) for b in row if "callback_data" in b]
        html = str(call.params.get("text", ""))
        if call.method == "sendMessage" and asked(html):
            self.question = (number, html)


def pressing(owner: Owner, face: str) -> tuple[str, int] | None:
    """Pressing the newest button with a face that begins so, as an act; None where there is none."""
    found = next((n for n, button in enumerate(reversed(owner.buttons)) if button.face.startswith(face)), None)
    return None if found is None else ("press", found)


def act(telegram: Telegram, owner: Owner, other: Owner, kind: str, what: Any) -> bool:
    """Let a person do something (of `other` they have a button); False where it cannot be done now."""
    if owner.blocked:
        return False
    if kind == "answer":
        kind, what = sensible(owner)
    if kind == "face" and owner.buttons:
        kind, what = "says", owner.buttons[-1 - what % len(owner.buttons)].face.lstrip("☐☑ ")
    if kind == "says":
        text = what.replace("{m}", owner.mark)[:4096]
        owner.wrote.append(telegram.says(owner.user_id, text))
    elif kind == "press" and owner.buttons:
        button = owner.buttons[-1 - what % len(owner.buttons)]
        telegram.taps(owner.user_id, button.message_id, button.data, unchecked=True)
    elif kind in ("forge", "stranger") and owner.buttons and other.buttons:
        data = what if kind == "forge" else other.buttons[-1 - what % len(other.buttons)].data
        telegram.taps(owner.user_id, owner.buttons[-1].message_id, data, unchecked=True)
    elif kind == "edit" and owner.wrote:
        message = owner.wrote[-1 - what[0] % len(owner.wrote)]
        if telegram.now() - message["date"] > EDITABLE.total_seconds():
            return False
        telegram.edits(owner.user_id, message["message_id"], what[1].replace("{m}", owner.mark))
    elif kind == "file" and what == "stiker":
        telegram.sends_other(owner.user_id, sticker=STICKER)
    elif kind == "file" and what == "foto":
        telegram.sends_photo(owner.user_id, FILES[what])
    elif kind == "file":
        telegram.sends_document(owner.user_id, FILES[what], what, "application/pdf")
    else:
        return False
    return True


def sensible(owner: Owner) -> tuple[str, Any]:
    """What somebody who means well does with the open question."""
    open_question = asked(owner.question[1])
    below = [button for button in owner.buttons if button.message_id == owner.question[0]]
    if open_question is None:
        return "says", "/lanjut"
    _, question, _ = open_question
    kind = type(question).__name__
    if kind == "Attachment":
        return "file", "foto"
    given = CODES[getattr(question, "digits", 5)] if kind == "Code" else GIVEN.get(kind)
    if given:
        return "says", given[len(owner.wrote) % len(given)]
    sure = next((b for b in below if b.face.startswith(("Sudah semua", "Masih sama"))), None)
    done = next((b for b in below if b.face == "Selesai" and len(owner.buttons) % 3), None)
    found = sure or done or (below[0] if below else None)
    return ("press", len(owner.buttons) - 1 - owner.buttons.index(found)) if found else ("says", "/lanjut")


def same(target: str, name: str) -> bool:
    """Whether both are in one section."""
    return target.partition(".")[0] == name.partition(".")[0]


def near(target: str, name: str) -> bool:
    """The question itself, what is answered along with it, whether its group is complete; all of a whole section."""
    whole = "." not in target or target.endswith((".sudah_semua", ".masih_sama"))
    return name == target or name in ALONG.get(target, ()) or (
        same(target, name) and (whole or name.endswith((".sudah_semua", ".masih_sama")))
    )  # fmt: skip


def sender(raw: Json) -> int:
    """Who did what this update is about."""
    inner = next(value for key, value in raw.items() if key != "update_id")
    return int(inner["from"]["id"])


def line_of(raw: Json) -> str:
    """An update as a line of the conversation."""
    kind, inner = next((key, value) for key, value in raw.items() if key != "update_id")
    return (
        f"{raw['update_id']} {inner['from']['first_name']}: {kind} {inner.get('text') or inner.get('data') or ''!r}"
    )
