"""From filled to sent: copying card by card, and the states of a report in the owner's words. Nothing is called
sent before the owner has said that SIINas shows it (experience.md section 2)."""

from conversations.answers import Paper, Place, Value, outside
from conversations.checklist import checklist, pbsi_waits, still_filling
from conversations.copying import (
    PAGES,
    Card,
    Field,
    cards,
    changed,
    changed_fields,
    copied,
    mark_copied,
    next_card,
    parts,
)
from conversations.keyboards import rows
from conversations.mending import TO_MEND
from conversations.messages import BLANK, Button, CopyText, Go, Message, On, Paragraph
from conversations.papers import SCAN
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
    said = walk.draft.answers.get(outside(STATE))
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
    mend = any(stop.place != SCAN for stop in talk.walk.to_mend())
    if talk.walk.ending or still_filling(talk.walk) or mend:
        if talk.walk.ending and not still_filling(talk.walk):
            return  # it says itself that there is nothing to copy
        talk.say(checklist(talk.walk, ()))
        talk.note(
            T("Perbaiki dulu yang diminta petugas. Setelah itu salin yang berubah.")
            if mend
            else T("Menyalin ke SIINas bisa dimulai setelah isian di atas lengkap.")
        )
        return
    card = next_card(talk.walk)
    talk.say(_message(talk.walk, card) if card else _all_copied(talk.walk))
    talk.asks_again = False


_AGAIN = {
    RETURNED: ("disalin.surat_pernyataan", "disalin.kirim", "pengiriman.catatan", TO_MEND.question),
    SENT: ("pengiriman.tanggal", "pengiriman.bukti"),
}


def state_changes(talk: Talk, value: Value) -> None:
    """Before another state is kept. Returned for correction: the letter and sending are done once more (guide L882),
    what the verifier says is new. Sent: its date and proof are those of this sending."""
    if talk.walk.known.get(Place(STATE)) != value:
        talk.draft = talk.draft.without(*(Place(key) for key in _AGAIN.get(str(value), ())))


def state_changed(talk: Talk, value: Value) -> None:
    """After the owner said what SIINas shows now."""
    if value == SENT:
        where, answer = mark_copied(next(card for card in cards(talk.walk) if card.page == "kirim"))
        talk.change(talk.draft.with_answer(where, answer))
        talk.note(T("Selamat! Laporan Anda sudah terkirim. Perubahan di sini tidak lagi mengubah SIINas."))
    elif value == RETURNED:
        talk.note(T("Tidak apa-apa, ini biasa. Kita perbaiki hanya yang diminta."))


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
    fresh = changed_fields(walk, card)
    for field in card.fields:
        lines.append(_line(field, new=field in fresh))
        if not field.picked and field.value:
            buttons += _copy_buttons(field.label, field.value)
    if any(len(parts(field.value)) > 1 for field in card.fields if not field.picked):
        lines.append(Paragraph(T("Yang panjang disalin dalam beberapa bagian: tempel satu per satu, berurutan.")))
    lines += [BLANK, *map(Paragraph, _how(walk, card))]
    if card.page == "surat_pernyataan" and isinstance(walk.known.get(SCAN), Paper) and not walk.must_mend(SCAN):
        buttons.append(Button(T("Ambil PDF untuk diunggah"), Go("pindaian")))
    if card.page == "kirim":
        done = (Button(T("SIINas menulis Telah Terkirim"), On("buka", Place(STATE))),)
    else:
        done = (Button(T("✓ Sudah disalin"), On("disalin", card.place)),)
    stop = (Button(T("Berhenti dulu"), Go("batal")), Button(T("Ubah jawaban"), Go("ubah")))
    return Message(tuple(lines), (*rows(buttons), done, stop))


def _line(field: Field, *, new: bool) -> Paragraph:
    """A field as it is typed or picked in SIINas; in bold where it is not what was copied."""
    value = field.value or "—"
    words = T("{isian}: pilih {nilai}", isian=field.label, nilai=value)
    words = words if field.picked else T("{isian}: {nilai}", isian=field.label, nilai=value)
    return Paragraph(bold=T("⚠ {baris}", baris=words)) if new else Paragraph(words)


def _copy_buttons(label: str, value: str) -> list[Button]:
    pieces = parts(value)
    short = label if len(label) <= _FACE else label[: _FACE - 1].rstrip() + "…"
    if len(pieces) == 1:
        return [Button(T("Salin {isian}", isian=short), CopyText(value))]
    return [
        Button(T("Salin {isian} ({n} dari {m})", isian=short, n=str(n), m=str(len(pieces))), CopyText(piece))
        for n, piece in enumerate(pieces, 1)
    ]


def _how(walk: Walk, card: Card) -> list[Words]:
    """What to press in SIINas on this page, and where it is found in a report that came back (guide L882)."""
    again = changed(walk, card) and card.page != "surat_pernyataan"
    press = T("Betulkan yang bertanda ⚠, lalu tekan Simpan.") if again else _pressed(walk, card.page)
    if walk.known.get(Place(STATE)) != RETURNED or card.page == "kirim":
        return [press]
    return [T("Laporan yang dikembalikan dibuka di SIINas lewat Tracking Pemrosesan, lalu Perbaiki/Tanggapi."), press]


def _pressed(walk: Walk, page: str) -> Words:
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
            "Di SIINas: isi nomor, tekan Simpan, lalu Cetak Surat Pernyataan. Tanda tangani, beri cap basah. Kirim "
            "fotonya ke sini, saya jadikan satu PDF. Unggah PDF itu di kolom Upload."
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
