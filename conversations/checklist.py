"""What is still missing, first in SIINas' own words (guide L888-894), then in ours. It lists exactly the needed
questions without an answer; it keeps nothing."""

from dataclasses import dataclass

from conversations.answers import Place, outside
from conversations.checks import MOST_WORKERS
from conversations.choices import YA
from conversations.copying import cards, copied
from conversations.keyboards import change_button, rows
from conversations.messages import BLANK, Button, Go, Keep, Message, On, Paragraph
from conversations.naming import item_name, short
from conversations.route import Stop, Walk
from conversations.sections.pengiriman import RETURNED, SENT, STATE, VERIFIED
from conversations.sections.tenaga_kerja import CELLS, KINDS
from conversations.showing import listed
from conversations.warnings_found import SoftWarning
from conversations.words import N_, T, Words, literal

LINES = {
    "K1": "Data Khusus belum diisi secara lengkap",
    "K2": "Angka tenaga kerja tidak boleh 0 atau lebih dari 500.000",
    "K3": "Bahan baku belum terisi",
    "K4": "Data produksi belum diisi",
    "K5": "Belum Mengisi Kapasitas Produksi",
    "K6": "Mesin belum diisi",
    "K7": "Surat Pernyataan belum di upload",
}


@dataclass(frozen=True, slots=True)
class Missing:
    """One line: SIINas' row ("" for ours), the sentence, the first missing place, how many are missing there."""

    line: str
    words: Words
    place: Place
    count: int
    section: str


def missing(walk: Walk) -> tuple[Missing, ...]:
    """The open lines: K1..K7 in order, then ours in the order of the form. Empty: nothing is missing."""
    found: dict[str, list[int]] = {}
    stops = walk.stops
    for index, stop in enumerate(stops):
        if stop.missing:
            found.setdefault(stop.question.line or stop.section.key, []).append(index)
    if "K2" not in found and _workers_do_not_add_up(walk):
        found["K2"] = [list(walk.at).index(Place(KINDS))]
    lines = []
    for line in (*LINES, *(key for key in found if key not in LINES)):
        if line not in found:
            continue
        first = stops[found[line][0]]
        words = literal(LINES[line]) if line in LINES else _ours(walk, [stops[index] for index in found[line]])
        key = line if line in LINES else ""
        lines.append(Missing(key, words, first.place, len(found[line]), first.section.key))
    return tuple(lines)


def still_filling(walk: Walk) -> bool:
    """Whether something is missing that copying needs; the signed letter comes after it."""
    for leg in walk.legs.values():  # each turn asks, and a generator would cost thrice as much
        for stop in leg.lacking:
            if stop.section.key != "surat_pernyataan":
                return True
    return _workers_do_not_add_up(walk)


def _workers_do_not_add_up(walk: Walk) -> bool:
    """Whether SIINas would refuse the number of all workers."""
    total = sum(count for cell in CELLS if isinstance(count := walk.known.get(outside(cell)), int))
    return outside(KINDS) in walk.at and not 1 <= total <= MOST_WORKERS


def _ours(walk: Walk, stops: list[Stop]) -> Words:
    """`Investasi: Nilai Tanah, Nilai Bangunan` for what SIINas' list does not name."""
    section, item = stops[0].section, item_name(walk, stops[0].section, stops[0].place.item)
    title = T("{judul} — {nama}", judul=T(section.title), nama=item) if item else T(section.title)
    names = listed([short(walk, stop) for stop in stops[:3]])
    if len(stops) > 3:
        names = T("{isian} (+{n})", isian=names, n=str(len(stops) - 3))
    return T("{bagian}: {isian} belum diisi", bagian=title, isian=names)


def pbsi_waits(walk: Walk) -> bool:
    """Whether SIINas would still hide its Kirim button because of the permit (guide L178)."""
    value = walk.known.get(Place("perusahaan.pbsi_valid"))
    return value is not None and value != YA


def checklist(walk: Walk, doubts: tuple[SoftWarning, ...]) -> Message:
    """The answer to /periksa: the counts, the lines, what to look at again, PBSI, and a button to each."""
    lines = missing(walk)
    period = walk.scope().period
    head = T("Pemeriksaan laporan {periode}", periode=period.name) if period else T("Pemeriksaan laporan")
    paragraphs = [Paragraph(bold=head)]
    counts = T("Belum: {n} isian. Perlu dicek: {m}.", n=str(sum(line.count for line in lines)), m=str(len(doubts)))
    if lines or doubts:
        paragraphs.append(Paragraph(counts))
    official = [line for line in lines if line.line]
    ours = [line for line in lines if not line.line]
    if official:
        paragraphs += [BLANK, Paragraph(T("Tulisan yang akan muncul di SIINas (Kirim Laporan):"))]
        paragraphs += [Paragraph(T("• {baris}", baris=line.words)) for line in official]
    if ours:
        paragraphs += [BLANK, Paragraph(T("Diminta juga di SIINas (catatan kami):"))]
        paragraphs += [Paragraph(T("• {baris}", baris=line.words)) for line in ours]
    mend = walk.to_mend()
    if mend:
        paragraphs += [BLANK, Paragraph(T("Diminta petugas untuk diperbaiki:"))]
        paragraphs += [Paragraph(T("• {baris}", baris=_named(walk, stop))) for stop in mend]
    elif not lines:
        paragraphs += map(Paragraph, _complete(walk))
    if doubts:
        paragraphs += [BLANK, Paragraph(T("Perlu dicek (boleh dibiarkan kalau memang benar):"))]
        paragraphs += [Paragraph(T("• {baris}", baris=doubt.words)) for doubt in doubts]
    if pbsi_waits(walk):
        paragraphs += [BLANK, Paragraph(T(_PBSI))]
    buttons = rows([Button(T("Isi: {bagian}", bagian=_title(walk, line)), On("isi", line.place)) for line in lines])
    buttons = (*buttons, *((Button(_named(walk, stop), On("buka", stop.place)),) for stop in mend[:_DOUBTS]))
    for doubt in doubts[:_DOUBTS]:
        buttons = (*buttons, *_looked_at(walk, doubt))
    last = _next(walk) if not lines and not mend else []
    return Message(tuple(paragraphs), (*buttons, *rows([*last, Button(T("Ubah jawaban"), Go("ubah"))])))


def _complete(walk: Walk) -> list[Words]:
    """That nothing is missing, and what that means in SIINas."""
    state = walk.known.get(Place(STATE))
    done = T("Semua isian sudah lengkap. Tidak ada yang kurang.")
    if state in (SENT, VERIFIED):
        return [done, T("Menurut catatan Anda, laporan ini sudah terkirim di SIINas.")]
    again = T("Laporan ini dikembalikan dan BELUM dikirim lagi. Anda sendiri yang mengirimnya di SIINas.")
    first = T("Laporan ini BELUM terkirim. Anda sendiri yang mengirimnya di SIINas.")
    step = T("Langkah berikutnya: salin jawaban ke SIINas, halaman demi halaman (/salin).")
    if all(copied(walk, card) for card in cards(walk)[:-1]):  # but the one for sending
        step = T(
            "Semua halaman sudah disalin. Langkah berikutnya: tekan Kirim di SIINas, lalu beri tahu saya (/salin)."
        )
    return [done, again if state == RETURNED else first, step]


def _named(walk: Walk, stop: Stop) -> Words:
    """`Bahan Baku — Kedelai: Nilai dari Dalam Negeri`."""
    section, item = stop.section, item_name(walk, stop.section, stop.place.item)
    title = T("{judul} — {nama}", judul=T(section.title), nama=item) if item else T(section.title)
    return T("{bagian}: {isian}", bagian=title, isian=short(walk, stop))


def _looked_at(walk: Walk, doubt: SoftWarning) -> tuple[tuple[Button, ...], ...]:
    """Change the doubtful answer, or leave it."""
    stop = walk.stop(doubt.place)
    if stop is None:
        return ()
    return (change_button(walk, stop),), (Button(T("Angkanya benar, biarkan"), Keep(doubt.fingerprint)),)


def _next(walk: Walk) -> list[Button]:
    """What can be done with a complete report."""
    buttons = [Button(face, Go(command)) for face, command in _NEXT]
    if walk.known.get(Place(STATE)) in (SENT, VERIFIED):
        return [Button(T("Status di SIINas berubah"), On("buka", Place(STATE))), *buttons[1:]]
    return buttons


_NEXT = ((T("Salin ke SIINas"), "salin"), (T("Buat surat"), "surat"), (T("Simpan salinan jawaban"), "data"))
_DOUBTS = 5  # with buttons at once; the rest follow when these are settled
_PBSI = N_(
    "Ingat: izin (PBSI) harus bertanda Valid di SIINas. Sebelum itu tombol Kirim tidak muncul. "
    "Lihat di SIINas: Data Perusahaan, lalu Perizinan."
)


def _title(walk: Walk, line: Missing) -> Words:
    """The section of a line; the item's name where it has one."""
    section = walk.form.section(line.section)
    name = item_name(walk, section, line.place.item)
    return T("{judul} — {nama}", judul=T(section.title), nama=name) if name else T(section.title)
