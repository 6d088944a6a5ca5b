"""The commands that are about reports and people rather than about the open question: /laporan, /pengingat, /hapus
and their buttons. Everything else is the engine's. Runs inside the update's transaction."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot import languages, reminder_settings
from bot.errands import Errand, farewell
from conversations.answers import File
from conversations.form import Form
from conversations.messages import Button, Go, Message, Paragraph
from conversations.sending import STATES
from conversations.words import N_, T, Words
from locales import LANGUAGES
from storage import people
from storage.reports import Desk

MENU = (
    ("mulai", N_("Mulai atau lanjutkan")),
    ("lanjut", N_("Lanjut ke pertanyaan berikutnya")),
    ("periksa", N_("Apa yang masih kurang")),
    ("ubah", N_("Ubah jawaban")),
    ("surat", N_("Surat pernyataan")),
    ("salin", N_("Salin ke SIINas, halaman demi halaman")),
    ("data", N_("Semua jawaban sebagai berkas")),
    ("laporan", N_("Laporan saya")),
    ("pengingat", N_("Pengingat batas waktu")),
    ("bantuan", N_("Bantuan")),
    ("bahasa", N_("Bahasa")),
    ("hapus", N_("Hapus data saya")),
    ("batal", N_("Berhenti dulu, jawaban tetap tersimpan")),
)


_LONGEST_ID = 10  # digits of a report's row: a longer number is not ours


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: words, whether the open question follows, files to remove after the commit, whether the
    menu is to be shown in another language, what is to be done in the staff group."""

    messages: tuple[Message, ...]
    asks_again: bool = True
    waste: tuple[File, ...] = ()
    menu: bool = False
    errand: Errand | None = None


def apply(connection: Connection, form: Form, desk: Desk, chat_id: int, name: str, now: datetime) -> Done | None:
    """Carry out a command of ours; None where it is none."""
    match name.partition(":"):
        case ("laporan", "", ""):
            return Done((_reports(connection, form, desk),), asks_again=False)
        case ("laporan_baru", "", ""):
            people.open_report(connection, desk, people.new_report(connection, form, desk, chat_id, now))
            return Done(())
        case ("buka", ":", number) if number.isdecimal() and len(number) < _LONGEST_ID:
            if people.open_report(connection, desk, int(number)):
                return Done(())
            return Done((_said(T("Laporan itu tidak ada.")),))
        case ("bahasa", "", ""):
            return Done((languages.choice(desk.locale),), asks_again=False)
        case ("bahasa", ":", locale) if locale in LANGUAGES:
            people.speak(connection, desk, locale)
            return Done((_said(T("Baik, sekarang kita memakai bahasa Indonesia.")),), menu=True)
        case ("hapus", "", ""):
            return Done((_delete_question(),), asks_again=False)
        case ("hapus_ya", "", ""):
            errand = farewell(connection, desk)
            gone, receipt = people.forget(connection, desk, now)
            words = T(
                "Semua data Anda sudah dihapus. Nomor bukti: {nomor}. Terima kasih. Kalau mau mulai lagi, ketik /mulai.",
                nomor=receipt,
            )
            waste = tuple(File(file, kind, 1) for file, kind in gone)
            return Done((_said(words),), asks_again=False, waste=waste, errand=errand)
    answer = reminder_settings.apply(connection, form.scheme, desk, name, now)
    return Done((answer,), asks_again=False) if answer else None


_DONE = {"terkirim", "terverifikasi", "tidak_berproduksi"}  # states in which nothing is left to fill in


def _said(words: Words) -> Message:
    return Message((Paragraph(words),))


def _reports(connection: Connection, form: Form, desk: Desk) -> Message:
    """All periods with their state, the open one marked, each with a button."""
    lines = people.reports_of(connection, desk)
    paragraphs = [Paragraph(bold=T("Laporan Anda"))]
    buttons = []
    for line in lines:
        period = form.scheme.period(line.period)
        name: str | Words = period.name if period else T("Laporan baru, periode belum dipilih")
        mark = "▸" if line.id == desk.report_id else "•"
        paragraphs.append(
            Paragraph(T("{tanda} {nama}: {keadaan}", tanda=mark, nama=name, keadaan=T(STATES[line.state])))
        )
        if line.id != desk.report_id:
            buttons.append((Button(T("Buka {nama}", nama=name), Go(f"buka:{line.id}")),))
    if all(line.period for line in lines):
        buttons.append((Button(T("Laporan baru"), Go("laporan_baru")),))
    done = any(line.id == desk.report_id and line.state in _DONE for line in lines)
    back = Button(T("Lihat laporan ini") if done else T("Lanjutkan mengisi"), Go("lanjut"))
    return Message(tuple(paragraphs), (*buttons, (back,)))


def _delete_question() -> Message:
    words = T(
        "Hapus semua data Anda? Yang hilang: data perusahaan, semua laporan, semua jawaban, dan surat yang dikirim. "
        "Ini tidak bisa dibatalkan. Laporan yang sudah ada di SIINas tidak berubah."
    )
    yes = Button(T("Ya, hapus semuanya"), Go("hapus_ya"))
    return Message((Paragraph(words),), ((Button(T("Tidak jadi"), Go("lanjut")),), (yes,)))
