"""What is said beside the questions: welcome, help, an answer that could not be read, things that are no answer,
the letter and what it waits for."""

from conversations.answers import Answer, Place, Source
from conversations.checklist import checklist, missing
from conversations.copying import LETTER, content
from conversations.faq import Entry, search
from conversations.keyboards import change_button
from conversations.messages import BLANK, Button, Go, Message, Paragraph
from conversations.naming import Gaps, said
from conversations.problems import Problem
from conversations.route import Stop
from conversations.talk import Talk
from conversations.texts import Attachment
from conversations.words import N_, T, Words

OFFICIAL_HELP = N_(
    "Bantuan resmi: Helpdesk SIINas (siinas.kemenperin.go.id/helpdesk), Instagram @pusdatin_kemenperin, "
    "WhatsApp Official Kemenperin. Senin sampai Jumat, 08.30-15.00 WIB."
)  # guide L1000-1010; the zone is not stated there: WIB is our ruling

# From the third try on, one after the other: no sentence comes three times in a row.
_STILL_NOT = (
    N_("Yang ini juga belum bisa saya simpan. Tidak apa-apa: tekan Nanti saja, atau tanya petugas."),
    N_("Belum bisa disimpan juga. Coba tulis persis seperti contohnya."),
    N_("Belum cocok. Yang ini bisa diisi belakangan: tekan Nanti saja."),
)
_ASK_STAFF = Button(T("Tanya petugas"), Go("petugas"))
_ANSWERS = 2  # of the guide's, before a human is asked

_REFUSED = {
    "NOT_FETCHED": N_("Berkasnya belum bisa saya ambil dari Telegram. Coba kirim sekali lagi."),
    "MIXED": N_("Kirim satu PDF saja, atau foto-foto saja. Jangan dicampur."),
    "PASSWORD": N_("PDF itu terkunci kata sandi. Kirim yang tidak terkunci, atau foto suratnya."),
    "CARRIES_MORE": N_("PDF itu membawa berkas atau program lain di dalamnya. Foto saja suratnya, lalu kirim."),
    "TOO_MANY_PAGES": N_("Halamannya terlalu banyak. Paling banyak 30 halaman."),
    "TOO_HEAVY": N_("Gambar itu terlalu besar untuk dibuka. Kirim sebagai foto, jangan sebagai berkas."),
    "TOO_SLOW": N_("Berkas itu terlalu lama dibuka. Kirim fotonya saja, satu per halaman."),
    "EMPTY": N_("Berkas itu kosong. Coba kirim lagi."),
    "TOO_LARGE": N_("Berkas itu terlalu besar. Paling besar 20 MB. Kirim fotonya saja, jangan sebagai berkas."),
    "OTHER_TYPE": N_("Yang bisa saya terima hanya foto (JPG, PNG) atau PDF. Berkas itu tidak saya simpan."),
    "BROKEN": N_("Berkas itu rusak atau tidak lengkap. Coba foto ulang, lalu kirim lagi."),
}


def welcome(talk: Talk, *, first: bool) -> None:
    """`/mulai` and `/lanjut`: where we are; the question follows by itself."""
    if not talk.draft.answers:
        return
    if talk.walk.open() is None:
        return
    talk.note(T("Selamat datang kembali. Kita lanjutkan dari sini.") if first else T("Kita lanjutkan dari sini."))


def help_for(talk: Talk, place: Place) -> None:
    """The question's own help below it."""
    stop = talk.walk.stop(place)
    if stop is None:
        return
    gaps = Gaps(talk.walk, stop.section, stop.question, place.item)
    talk.note(said(stop.question.help or stop.question.ask, gaps))
    talk.extra.append(_ASK_STAFF)
    if talk.walk.open() is not stop:
        talk.focus(place)


def missed(talk: Talk, stop: Stop, problem: Problem) -> None:
    """An answer that could not be taken. After two in a row the way of asking changes."""
    misses = talk.draft.misses + 1
    talk.change(talk.draft._replace(misses=misses))
    for key in problem.opens:
        other = talk.walk.stop(Place(key)) or next((s for s in talk.walk.stops if s.place.question == key), None)
        if other:
            talk.extra.append(change_button(talk.walk, other))
    if misses < 2:
        talk.note(problem.words)
        return
    gaps = Gaps(talk.walk, stop.section, stop.question, stop.place.item)
    if misses == 2:
        talk.note(problem.words)
        talk.note(T("Kita coba pelan-pelan. {bantuan}", bantuan=said(stop.question.help, gaps)))
    else:
        way = T(_STILL_NOT[misses % len(_STILL_NOT)])
        talk.note(way if problem.unread else T("{alasan} {jalan}", alasan=problem.words, jalan=way))
    talk.extra.append(_ASK_STAFF)


def greeted(talk: Talk) -> None:
    """A greeting, perhaps after months: it is no answer, and we are where we were."""
    talk.note(T("Halo! Kita lanjutkan dari sini.") if talk.draft.answers else T("Halo! Mari kita mulai dari sini."))


def doubted(talk: Talk, text: str) -> None:
    """A number or name with several readings: asks which, each time in other words."""
    misses = talk.draft.misses + 1
    talk.change(talk.draft._replace(misses=misses))
    if misses == 1:
        talk.note(T("Anda menulis “{teks}”. Maksudnya yang mana? Tekan salah satu.", teks=text[:40]))
    elif misses == 2:
        talk.note(
            T(
                "“{teks}” bisa dibaca dengan beberapa cara. Tekan salah satu tombol, atau tulis lengkap.",
                teks=text[:40],
            )
        )
    else:
        talk.note(T(_STILL_NOT[misses % len(_STILL_NOT)]))


def other(talk: Talk, kind: str) -> None:
    """A sticker, a voice note, a place: says that it is no answer, each time in other words."""
    stop = talk.walk.open()
    misses = talk.draft.misses + 1
    talk.change(talk.draft._replace(misses=misses))
    if stop and isinstance(stop.question, Attachment):
        talk.note(T("Itu {jenis}. Yang saya perlukan foto surat atau PDF-nya.", jenis=T(kind)))
    elif misses == 1:
        talk.note(
            T("Itu {jenis}. Saya hanya bisa membaca tulisan dan tombol, jadi tidak ada yang berubah.", jenis=T(kind))
        )
    elif misses == 2 and stop and stop.question.help:
        gaps = Gaps(talk.walk, stop.section, stop.question, stop.place.item)
        help_ = said(stop.question.help, gaps)
        talk.note(T("Kiriman Anda ({jenis}) belum bisa saya baca. {bantuan}", jenis=T(kind), bantuan=help_))
    else:
        talk.note(T("Itu {jenis} lagi. {jalan}", jenis=T(kind), jalan=T(_STILL_NOT[misses % len(_STILL_NOT)])))
    if misses > 1:
        talk.offer(_ASK_STAFF)


def file_refused(reason: str) -> Words:
    """Why a file was not taken."""
    return T(_REFUSED.get(reason, _REFUSED["OTHER_TYPE"]))


def general_help(talk: Talk, asked: str = "") -> None:
    """`/bantuan`: what the guide says to a question in the person's own words; how to go on; the ways to a human."""
    entries = search(asked, _ANSWERS) if asked else ()
    if asked:
        talk.say(_answers(entries))
        return
    lines = (
        T("Jawab satu pertanyaan demi satu. Semua jawaban langsung tersimpan. Boleh berhenti kapan saja."),
        T(
            "Tidak tahu jawabannya? Tekan Bantuan, atau Nanti saja. Salah ketik? Tekan Ubah jawaban tadi, atau ketik /ubah."
        ),
        T("Mau lihat apa yang kurang? Ketik /periksa."),
        T("Punya pertanyaan? Tulis di belakang perintahnya, misalnya: /bantuan tombol kirim tidak ada"),
        T(OFFICIAL_HELP),
    )
    talk.say(Message((Paragraph(bold=T("Bantuan")), *map(Paragraph, lines)), ((_ASK_STAFF,),)))


def official_help(talk: Talk) -> None:
    """`Tanya petugas` where no staff group is connected: the ways to a human that the guide names."""
    talk.say(Message((Paragraph(bold=T("Tanya petugas")), Paragraph(T(OFFICIAL_HELP)))))


def _answers(entries: tuple[Entry, ...]) -> Message:
    """The best answers of the guide, and the ways to a human."""
    lines: list[Paragraph] = []
    for entry in entries:
        lines += [Paragraph(bold=T(entry.question)), Paragraph(T(entry.answer)), BLANK]
    if not entries:
        lines += [Paragraph(T("Saya belum punya jawaban untuk itu. Coba tulis dengan kata lain.")), BLANK]
    return Message((*lines, Paragraph(T(OFFICIAL_HELP))), ((_ASK_STAFF,),))


def asked_back(talk: Talk, stop: Stop, text: str) -> None:
    """A question of the person's own instead of an answer: what the guide says, or the help of this question."""
    entries = search(text, 1)
    gaps = Gaps(talk.walk, stop.section, stop.question, stop.place.item)
    talk.note(T("{jawaban}", jawaban=T(entries[0].answer)) if entries else said(stop.question.help, gaps))
    talk.note(T("Pertanyaan Anda tidak saya simpan sebagai jawaban."))
    talk.offer(_ASK_STAFF)


def letter(talk: Talk, document: str) -> None:
    """`/surat`: the letter ("surat", "surat_docx" for the firm's letterhead, "surat_gambar" to look at), or what is
    still missing for it. The scan itself is never missing for the letter."""
    waiting = [line for line in missing(talk.walk) if line.place.question != "surat_pernyataan.scan"]
    no_production = talk.walk.ending is not None and talk.walk.ending.letter
    if talk.walk.ending and not no_production and not waiting:
        talk.note(T("Untuk laporan ini tidak ada surat dari saya."))
        return
    if waiting:
        message = checklist(talk.walk, ())
        why = T(
            "Suratnya belum bisa dibuat, masih ada yang kurang. Mengunggah suratnya nanti saja, sesudah suratnya jadi."
        )
        talk.say(message._replace(paragraphs=(Paragraph(why), *message.paragraphs)))
        return
    note = (
        T("Ini surat untuk Kapusdatin Kemenperin. Tanda tangani, beri cap, lalu kirim lewat Helpdesk SIINas.")
        if no_production
        else T(
            "Ini DRAF surat pernyataan untuk diperiksa. Yang diunggah ke SIINas adalah surat yang dicetak dari SIINas."
        )
    )
    talk.change(talk.draft.with_answer(LETTER, Answer(content(talk.walk), Source.COMPUTED)))
    others = [(face, command) for face, command in _LETTERS if command != document]
    buttons = tuple((Button(face, Go(command)),) for face, command in others)
    talk.say(Message((Paragraph(note),), buttons, document=document))


_LETTERS = (
    (T("Surat sebagai PDF"), "surat"),
    (T("Surat untuk kop sendiri (Word)"), "surat_docx"),
    (T("Lihat gambar suratnya"), "surat_gambar"),
)
_RECAPS = (
    (T("Rekap untuk dicetak (PDF)"), "rekap_pdf"),
    (T("Rekap sebagai tabel (Excel)"), "rekap_xlsx"),
    (T("Salinan untuk komputer"), "data"),
)


def data(talk: Talk, document: str) -> Message:
    """`/data`: everything as a file, and the other shapes it can take."""
    others = [(face, command) for face, command in _RECAPS if command != document]
    return Message(
        (_data_note(talk),), tuple((Button(face, Go(command)),) for face, command in others), document=document
    )


def _data_note(talk: Talk) -> Paragraph:
    """What comes with the data file."""
    period = talk.walk.scope().period
    return Paragraph(
        T(
            "Semua jawaban Anda untuk laporan {periode}. Berkas ini untuk disimpan, atau diberikan kepada yang membantu Anda.",
            periode=period.name if period else T("ini"),
        )
    )
