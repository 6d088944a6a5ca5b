"""From filled to sent: copying card by card, and the states of a report in the owner's words. Nothing is called
sent before the owner has said that SIINas shows it (experience.md section 2)."""

from conversations.answers import Place, Value
from conversations.checklist import checklist, pbsi_waits, still_filling
from conversations.copying import PAGES, Card, cards, changed, copied, mark_copied, next_card, parts
from conversations.keyboards import rows
from conversations.messages import BLANK, Button, CopyText, Go, Message, On, Paragraph
from conversations.route import Walk
from conversations.sections.pengiriman import RETURNED, SENT, STATE, VERIFIED
from conversations.talk import Talk
from conversations.words import N_, T, Words, literal

STATES = {
    "mengisi": N_("sedang diisi, belum terkirim"),
    "siap_disalin": N_("siap disalin ke SIINas, belum terkirim"),
    "disalin": N_("sudah disalin ke SIINas, belum terkirim"),
    "surat_diunggah": N_("surat sudah diunggah, belum terkirim"),
    "terkirim": N_("Telah Terkirim"),
    "dikembalikan": N_("dikembalikan, perlu diperbaiki"),
    "terverifikasi": N_("Sudah Terverifikasi dan Tervalidasi"),
    "tidak_berproduksi": N_("tidak berproduksi, cukup sebuah surat"),
}
_SAID = {SENT: "terkirim", RETURNED: "dikembalikan", VERIFIED: "terverifikasi"}
_FACE = 52  # characters of a label on a copy button


def state(walk: Walk) -> str:
    """The key in STATES: what the owner said of SIINas, else how far filling and copying are."""
    said = walk.draft.answers.get(Place(STATE))
    if said and said.value in _SAID:
        return _SAID[str(said.value)]
    if walk.ending is not None and walk.ending.letter:
        return "tidak_berproduksi"
    if still_filling(walk) or walk.ending:
        return "mengisi"
    waiting = {card.page for card in cards(walk) if not copied(walk, card)}
    if waiting - {"surat_pernyataan", "kirim"}:
        return "siap_disalin"
    return "disalin" if "surat_pernyataan" in waiting else "surat_diunggah"


def show_copying(talk: Talk) -> None:
    """`/salin`: the next card, or why not yet."""
    if talk.walk.ending or still_filling(talk.walk):
        talk.say(checklist(talk.walk, ()))
        talk.note(T("Menyalin ke SIINas bisa dimulai setelah isian di atas lengkap."))
        return
    card = next_card(talk.walk)
    talk.say(_message(talk.walk, card) if card else _all_copied(talk.walk))
    talk.asks_again = False


def state_changed(talk: Talk, value: Value) -> None:
    """The owner said what SIINas shows now. Returned for correction: the letter and sending are done once more
    (guide L882). Sent: its date and proof are those of this sending."""
    again = {
        RETURNED: ("disalin.surat_pernyataan", "disalin.kirim"),
        SENT: ("pengiriman.tanggal", "pengiriman.bukti"),
    }
    draft = talk.draft.without(*(Place(key) for key in again.get(str(value), ())))
    if value == SENT:
        where, answer = mark_copied(next(card for card in cards(talk.walk) if card.page == "kirim"))
        draft = draft.with_answer(where, answer)
        talk.note(T("Selamat! Laporan Anda sudah terkirim. Perubahan di sini tidak lagi mengubah SIINas."))
    elif value == RETURNED:
        talk.note(
            T(
                "Perbaiki hanya yang diminta: tekan Ubah jawaban. Setelah itu /salin menunjukkan yang berubah lebih dulu."
            )
        )
        talk.offer(Button(T("Ubah jawaban"), Go("ubah")))
        talk.offer(Button(T("Salin ke SIINas"), Go("salin")))
    talk.change(draft)


def card_copied(talk: Talk, place: Place) -> None:
    """`Sudah disalin`: note it as it is now and show the next card."""
    card = next((card for card in cards(talk.walk) if card.place == place), None)
    if card is None:
        talk.note(T("Halaman itu sudah tidak ada di laporan ini."))
        return
    where, answer = mark_copied(card)
    talk.change(talk.draft.with_answer(where, answer))
    show_copying(talk)


def _message(walk: Walk, card: Card) -> Message:
    """One card: where in SIINas, every field, a copy button for what is typed."""
    number = PAGES.index(card.page) + 1
    head = T("Salin ke SIINas · Halaman {n} dari {m}", n=str(number), m=str(len(PAGES)))
    lines = [Paragraph(head), Paragraph(bold=literal(card.title))]
    if changed(walk, card):
        lines.append(Paragraph(T("⚠ Berubah setelah disalin. Perbaiki juga di SIINas.")))
    buttons: list[Button] = []
    for field in card.fields:
        how = T("{isian}: pilih {nilai}", isian=field.label, nilai=field.value) if field.picked else None
        lines.append(Paragraph(how or T("{isian}: {nilai}", isian=field.label, nilai=field.value or "—")))
        if not field.picked and field.value:
            buttons += _copy_buttons(field.label, field.value)
    lines += [BLANK, Paragraph(_how(walk, card.page))]
    if card.page == "kirim":
        done = (Button(T("SIINas menulis Telah Terkirim"), On("buka", Place(STATE))),)
    else:
        done = (Button(T("✓ Sudah disalin"), On("disalin", card.place)),)
    stop = (Button(T("Berhenti dulu"), Go("batal")), Button(T("Ubah jawaban"), Go("ubah")))
    return Message(tuple(lines), (*rows(buttons), done, stop))


def _copy_buttons(label: str, value: str) -> list[Button]:
    pieces = parts(value)
    short = label if len(label) <= _FACE else label[: _FACE - 1].rstrip() + "…"
    if len(pieces) == 1:
        return [Button(T("Salin {isian}", isian=short), CopyText(value))]
    return [
        Button(T("Salin {isian} ({n} dari {m})", isian=short, n=str(n), m=str(len(pieces))), CopyText(piece))
        for n, piece in enumerate(pieces, 1)
    ]


def _how(walk: Walk, page: str) -> Words:
    """What to press in SIINas on this page."""
    if page == "kirim":
        waits = (
            T("Izin (PBSI) Anda belum Valid, jadi tombol Kirim belum muncul. ") if pbsi_waits(walk) else literal("")
        )
        return T(
            "{izin}Periksa sekali lagi, lalu tekan Kirim di SIINas. Setelah dikirim, isian tidak bisa diubah lagi. "
            "Kalau SIINas sudah menulis Telah Terkirim, beri tahu saya.",
            izin=waits,
        )
    if page == "surat_pernyataan":
        return T(
            "Di SIINas: isi nomor, tekan Simpan, lalu Cetak Surat Pernyataan. Tanda tangani, beri cap basah, foto atau "
            "pindai, lalu unggah di kolom Upload."
        )
    if page in {"bahan_baku", "kapasitas_produksi", "produksi", "mesin"}:
        return T("Di SIINas tekan Input, isi seperti di atas, lalu tekan Simpan.")
    return T("Isi seperti di atas, tekan Simpan, lalu tekan Halaman Selanjutnya di SIINas.")


def _all_copied(walk: Walk) -> Message:
    lines = (
        Paragraph(bold=T("Semua halaman sudah disalin.")),
        Paragraph(T("Keadaan laporan: {keadaan}.", keadaan=T(STATES[state(walk)]))),
    )
    return Message(lines, ((Button(T("Status di SIINas berubah"), On("buka", Place(STATE))),),))
