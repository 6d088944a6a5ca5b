"""A question to staff, as owner and staff read it: what the ticket tells, what is said around it. It knows no group
and no table; staff are spoken to in Indonesian, whatever the owner's language."""

import hashlib

from conversations.answers import Place
from conversations.checklist import missing
from conversations.draft import Draft
from conversations.faq import Entry, search
from conversations.guidance import OFFICIAL_HELP
from conversations.masking import HIDDEN, masked
from conversations.messages import BLANK, Button, Go, Message, Paragraph
from conversations.naming import header, label
from conversations.route import Walk
from conversations.sending import STATES, state
from conversations.texts import cut, is_blank
from conversations.words import T, Words, literal

LONGEST_WORDS = 1500  # units of a question that opens a ticket: with the rest it must fit one message
_LONGEST_LINE, _LINES, _LONGEST_TITLE = 160, 6, 60
_OWN = "Kata pemilik:"
_ANSWERS = 2  # of the FAQ's, before a human is asked
_CANCEL = Button(T("Tidak jadi"), Go("petugas_batal"))
_FILL = Button(T("Lanjut mengisi"), Go("lanjut"))
_TALK = Button(T("Bicara dengan petugas"), Go("bicara"))
_SOLVED = Button(T("Sudah terjawab"), Go("petugas_tutup"))


def title(draft: Draft) -> str:
    """What the ticket is called: the firm's name."""
    answer = draft.answers.get(Place("perusahaan.nama"))
    name = masked(answer.value).strip() if answer and isinstance(answer.value, str) else ""
    return name[:_LONGEST_TITLE] or "Usaha belum bernama"


def told(walk: Walk, words: str) -> str:
    """Everything staff will see of the report when the ticket is opened, and the owner's words; personal numbers are
    masked. Plain text in Indonesian."""
    period = walk.scope().period
    lines = [
        title(walk.draft),
        f"Laporan: {period.name if period else 'periode belum dipilih'}, {STATES[state(walk)]}",
    ]
    if stop := walk.open():
        lines.append(f"Isian yang terbuka: {header(walk, stop).plain()}, {label(walk, stop).plain()}")
    if tries := [attempt for attempt in walk.draft.tries if attempt and attempt != words]:
        lines.append("Yang ditulis dan belum terbaca: " + ", ".join(f"“{attempt}”" for attempt in tries))
    lines += _missing(walk)
    return "\n".join([*(masked(line)[:_LONGEST_LINE] for line in lines), "", _OWN, words])


def own_words(told_to_staff: str) -> str:
    """The owner's words in what was told."""
    return told_to_staff.rpartition(f"\n{_OWN}\n")[2]


def _missing(walk: Walk) -> list[str]:
    found = missing(walk)
    if not found:
        return ["Belum: tidak ada, semua isian lengkap."]
    lines = [f"• {line.words.plain()}" for line in found[:_LINES]]
    more = [f"• dan {len(found) - _LINES} baris lagi"] if len(found) > _LINES else []
    return [f"Belum: {sum(line.count for line in found)} isian", *lines, *more]


def asked(draft: Draft) -> str:
    """A question the owner has just typed where an answer was expected, "" where there was none."""
    return next((attempt for attempt in reversed(draft.tries) if attempt.rstrip().endswith("?")), "")


def as_question(text: str) -> str:
    """The owner's words as staff see them; none where nothing of them can be seen."""
    return "" if is_blank(text) else cut(masked(text.strip()), LONGEST_WORDS)


def answers(walk: Walk, words: str) -> tuple[Entry, ...]:
    """The best answers of the FAQ to these words, else to the open question."""
    stop = walk.open()
    return search(words or (label(walk, stop).plain() if stop else ""), _ANSWERS)


def answers_first(entries: tuple[Entry, ...]) -> Message:
    """The FAQ's answers, before a human is asked."""
    lines: list[Paragraph] = []
    for entry in entries:
        lines += [Paragraph(bold=T(entry.question)), Paragraph(T(entry.answer)), BLANK]
    ask, enough = Button(T("Ya, tanya petugas"), Go("petugas_ya")), Button(T("Sudah terjawab"), Go("petugas_batal"))
    return Message((*lines, Paragraph(T("Masih perlu petugas?"))), ((ask,), (enough,)))


def write_it() -> Message:
    """Ask for the question itself."""
    words = T("Tulis pertanyaan Anda untuk petugas dalam satu pesan. Belum ada yang dikirim sebelum Anda setuju.")
    return Message((Paragraph(words),), ((_CANCEL,),))


def words_first() -> Message:
    """A photo or the like came before the question."""
    words = T("Tulis dulu pertanyaannya dengan kata-kata. Foto atau berkas bisa Anda kirim sesudah itu.")
    return Message((Paragraph(words),), ((_CANCEL,),))


def consent(told_to_staff: str) -> Message:
    """Exactly what staff will see, before they see it."""
    lines = [Paragraph(bold=T("Ini yang akan dilihat petugas:")), BLANK]
    lines += [Paragraph(literal(line)) if line else BLANK for line in told_to_staff.split("\n")]
    lines += [BLANK, Paragraph(T("Nama Telegram, nomor HP, dan jawaban Anda yang lain tidak ikut dikirim."))]
    if HIDDEN in told_to_staff:
        lines.append(Paragraph(T("Nomor pribadi di dalamnya sudah disamarkan (•••).")))
    lines.append(Paragraph(T("Sesudah itu petugas melihat juga apa yang Anda kirim kepada mereka.")))
    lines.append(Paragraph(T("Mau diubah? Tulis saja pertanyaannya sekali lagi.")))
    send = Button(T("Kirim"), Go(f"petugas_kirim:{seal(told_to_staff)}"))
    return Message(tuple(lines), ((send,), (_CANCEL,)))


def seal(told_to_staff: str) -> str:
    """What a `Kirim` button carries, so that it sends what stood above it and nothing else."""
    return hashlib.blake2b(told_to_staff.encode(), digest_size=6).hexdigest()


def on_its_way(expected: Words) -> Message:
    """After `Kirim`: when to expect an answer, what to do now."""
    lines = (
        Paragraph(bold=T("Pertanyaan Anda diteruskan ke petugas.")),
        Paragraph(expected),
        Paragraph(T("Yang Anda tulis sekarang juga masuk ke petugas. Sambil menunggu, Anda bisa lanjut mengisi.")),
    )
    return Message(lines, ((_FILL,),))


def to_staff(note: Words | None = None) -> Message:
    """What was just sent goes to staff, with one tap to the other."""
    return Message((Paragraph(note or T("→ Diteruskan ke petugas.")),), ((_FILL, _SOLVED),))


def talks_now() -> Message:
    """`Bicara dengan petugas`."""
    return to_staff(T("Tulis saja. Pesan Anda berikutnya masuk ke petugas, bukan ke laporan."))


def too_many() -> Message:
    """A flood: this one was not taken."""
    words = T("Pesan Anda yang menunggu sudah banyak. Yang ini belum diteruskan. Tunggu sebentar, lalu kirim lagi.")
    return Message((Paragraph(words),), ((_FILL,),))


def cannot_go() -> Message:
    """Staff cannot be sent this kind of message."""
    words = T("Yang bisa diteruskan ke petugas: tulisan, foto, berkas, suara, dan video. Yang ini belum terkirim.")
    return to_staff(words)


def dropped() -> Message:
    """The question was not sent."""
    return Message((Paragraph(T("Baik, tidak ada yang dikirim ke petugas.")),))


def closed(*, by_owner: bool) -> Message:
    """The ticket was closed."""
    words = T("Baik, pertanyaan Anda ditutup.") if by_owner else T("Petugas menutup pertanyaan ini. Semoga terjawab.")
    again = Button(T("Masih ada pertanyaan"), Go("petugas_buka"))
    buttons = ((again,),) if by_owner else ((_FILL,), (again,))
    return Message((Paragraph(words), Paragraph(T("Yang Anda tulis sekarang masuk ke laporan."))), buttons)


def from_staff(name: str, words: str, talks_to: str | None) -> Message:
    """A staff member's own words ("" for a photo or the like without any). The next text answers them; that is said
    where it went into the report until now (`talks_to`)."""
    lines = [Paragraph(bold=T("{nama} (petugas):", nama=name)), *([Paragraph(literal(words))] if words else [])]
    if talks_to == "laporan":
        lines += [BLANK, Paragraph(T("Yang Anda tulis sekarang masuk ke petugas."), quiet=True)]
    return Message(tuple(lines), ((_FILL, _SOLVED),))


def taken(name: str) -> Message:
    """A staff member takes care of the question."""
    return Message((Paragraph(T("{nama} (petugas) sedang membaca pertanyaan Anda.", nama=name)),))


def not_arrived(beginning: str, *, sure: bool) -> Message:
    """A message to staff that did not arrive, or perhaps did not. `beginning`: its first words, if it has any."""
    which = T("“{awal}”", awal=beginning) if beginning else T("foto atau berkas Anda")
    if sure:
        words = T("Pesan ini tidak sampai ke petugas: {pesan}", pesan=which)
        return Message((Paragraph(words), Paragraph(T(OFFICIAL_HELP))), ((_FILL,),))
    words = T("Pesan ini belum tentu sampai ke petugas: {pesan}", pesan=which)
    return Message((Paragraph(words), Paragraph(T("Kalau tidak dijawab, kirim sekali lagi."))), ((_FILL,),))


def beside(messages: tuple[Message, ...], talks_to: str | None) -> tuple[Message, ...]:
    """What the report says while a ticket is open: the last message tells where the next text goes."""
    if not messages or not talks_to:
        return messages
    note, button = T("Yang Anda tulis masuk ke petugas, bukan ke laporan."), _FILL
    if talks_to == "laporan":
        note, button = T("Yang Anda tulis masuk ke laporan, bukan ke petugas."), _TALK
    *others, last = messages
    paragraphs = (*last.paragraphs, BLANK, Paragraph(note, quiet=True))
    return (*others, last._replace(paragraphs=paragraphs, buttons=(*last.buttons, (button,))))
