"""What a reminder says, and the settings of reminders as a message: how the report stands, what is left, and the
buttons to go on, to be asked again tomorrow, or to be left alone."""

from datetime import date

from conversations.checklist import missing
from conversations.messages import BLANK, Button, Go, Message, Paragraph
from conversations.periods import Period, long_date
from conversations.reminders import (
    DEFAULT_MINUTE,
    FIRST_MINUTE,
    KINDS,
    LAST,
    LAST_MINUTE,
    LATE,
    OPENS,
    Settings,
    clock_face,
)
from conversations.route import Walk
from conversations.sending import STATES
from conversations.words import N_, T, Words

_FILLED = {
    "siap_disalin": N_("Tinggal menyalin ke SIINas dan menekan Kirim di sana: /salin"),
    "disalin": N_("Isinya sudah disalin. Tinggal mengunggah surat dan menekan Kirim di SIINas: /salin"),
    "surat_diunggah": N_("Semua sudah disalin. Tinggal menekan Kirim di SIINas: /salin"),
}
_MINUTES = 5  # of work, for two open questions
_TIMES = (8 * 60, DEFAULT_MINUTE, 12 * 60, 16 * 60, 19 * 60)  # offered as buttons; any other can be typed
_DAYS_BEFORE = N_("{n} hari sebelum batas")
_NAMES = {OPENS: N_("waktu lapor mulai"), LAST: N_("hari terakhir"), LATE: N_("seminggu lewat batas")}
NOTE = N_(
    "Menjelang batas waktu lapor, saya akan mengingatkan Anda di sini, pukul 09.00. Mengubah atau mematikannya: /pengingat."
)


def reminder(period: Period, today: date, walk: Walk | None, state: str, opens: str) -> Message | None:
    """The reminder of a period as things stand today. `walk`: the report (None: not begun), `state`: a key of STATES,
    `opens`: the command of `Lanjutkan`. None where nothing is left to remind of."""
    if walk and walk.ending:
        return None
    key = period.key
    buttons = (
        (Button(T("Lanjutkan"), Go(opens)),),
        (Button(T("Ingatkan besok"), Go(f"ingatkan_besok:{key}")),),
        (Button(T("Pengingat"), Go("pengingat")), Button(T("Berhenti"), Go("pengingat_berhenti"))),
    )
    return Message(
        (Paragraph(bold=_when(period, today)), *_standing(walk, state, late=today > period.window[1])), buttons
    )


def _when(period: Period, today: date) -> Words:
    first, last = period.window
    left, day = (last - today).days, long_date(last)
    if left < 0:
        return T("Batas laporan {periode} sudah lewat, {tanggal}", periode=period.name, tanggal=day)
    if left == 0:
        return T("Hari ini hari terakhir laporan {periode}", periode=period.name)
    if left == 1:
        return T("Besok hari terakhir laporan {periode}", periode=period.name)
    if today == first:
        return T("Laporan {periode} sudah bisa dikirim, paling lambat {tanggal}", periode=period.name, tanggal=day)
    return T("{n} hari lagi batas laporan {periode}, {tanggal}", n=str(left), periode=period.name, tanggal=day)


def _standing(walk: Walk | None, state: str, *, late: bool) -> tuple[Paragraph, ...]:
    """How the report stands; kindly where it is late."""
    lines = [T("Tidak apa-apa: SIINas tetap menerima laporan yang terlambat. Mari dilanjutkan pelan-pelan.")] * late
    if walk is None:
        lines.append(T("Laporan ini belum dimulai. Boleh dicicil: setiap jawaban langsung tersimpan."))
    elif state == "dikembalikan":
        lines.append(T("Laporan ini dikembalikan. Perbaiki yang diminta petugas, lalu kirim lagi di SIINas."))
    elif state in _FILLED:
        lines.append(T("Isian sudah lengkap, tetapi laporan BELUM terkirim."))
        lines.append(T(_FILLED[state]))
    else:
        count = sum(line.count for line in missing(walk))
        lines.append(_left(count))
        lines.append(T("Keadaan: {keadaan}. Jawaban Anda tetap tersimpan.", keadaan=T(STATES[state])))
    return tuple(map(Paragraph, lines))


def _left(count: int) -> Words:
    """How many answers are missing and how long they take; from an hour on in half hours."""
    minutes = -(-count // 2) * _MINUTES
    if minutes < 60:
        return T("Belum: {n} isian, kira-kira {m} menit.", n=str(count), m=str(minutes))
    halves = -(-minutes // 30)
    hours = f"{halves // 2},5" if halves % 2 else str(halves // 2)
    return T("Belum: {n} isian, kira-kira {m} jam.", n=str(count), m=hours)


def settings(now: Settings | None, note: Words | None = None) -> Message:
    """The answer to /pengingat: on or off (None), when, and on which days, each with a button."""
    head = Paragraph(bold=T("Pengingat laporan"))
    notes = (BLANK, Paragraph(note)) if note else ()
    back = (Button(T("Lanjutkan mengisi"), Go("lanjut")),)
    if now is None:
        on = (Button(T("Nyalakan"), Go("pengingat_nyala")),)
        return Message((head, Paragraph(T("Sekarang: mati. Saya tidak mengingatkan Anda.")), *notes), (on, back))
    chosen = now.kinds.split()
    words = (
        T("Sekarang: nyala, pukul {jam} {zona}.", jam=clock_face(now.minute), zona=now.zone),
        T("Saya mengingatkan pada hari yang bertanda ☑. Tekan untuk mengubah."),
        *(() if note else (T("Jam lain: tulis misalnya /pengingat 10.30"),)),
    )
    days = tuple((_day(kind, on=kind in chosen),) for kind in KINDS)
    times = [Button(_face(minute, now.minute), Go(f"pengingat_jam:{minute}")) for minute in _TIMES]
    off = (Button(T("Matikan pengingat"), Go("pengingat_mati")),)
    return Message((head, *map(Paragraph, words), *notes), (*days, tuple(times[:3]), tuple(times[3:]), off, back))


def _day(kind: str, *, on: bool) -> Button:
    face = T(
        "{tanda} {hari}",
        tanda="☑" if on else "☐",
        hari=T(_NAMES[kind]) if kind in _NAMES else T(_DAYS_BEFORE, n=kind),
    )
    return Button(face, Go(f"pengingat_{'tanpa' if on else 'dengan'}:{kind}"))


def _face(minute: int, chosen: int) -> Words:
    return T("{tanda} {hari}", tanda="✓" if minute == chosen else "○", hari=clock_face(minute))


NIGHT = T(
    "Saya tidak mengingatkan pada malam hari. Pilih jam antara {awal} dan {akhir}.",
    awal=clock_face(FIRST_MINUTE),
    akhir=clock_face(LAST_MINUTE),
)
UNREAD = T("Jamnya belum terbaca. Tulis misalnya /pengingat 10.30")
