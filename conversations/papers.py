"""Photos and PDFs coming in: where each belongs, page by page in the order they were sent, and what happens to those
that come when a paper was finished. What is half done is in the answers; nothing is kept between turns."""

from dataclasses import replace

from conversations.answers import MOST_PAGES, Answer, File, Paper, Place, Source
from conversations.messages import Button, Go, Message, On, Paragraph
from conversations.naming import short, shown
from conversations.questions import Option
from conversations.route import Stop, Walk
from conversations.talk import Talk
from conversations.texts import ADD, DROP, Attachment
from conversations.words import T

SCAN = Place("surat_pernyataan.scan")


def wanted(walk: Walk) -> Stop | None:
    """The question that a file sent now belongs to: the open one, one of the open section, one that was put off, or
    the paper that has pages already."""
    stops = [stop for stop in walk.stops if isinstance(stop.question, Attachment)]
    here = walk.open()
    near = [stop for stop in stops if here and stop.section is here.section and not stop.passed]
    empty = [stop for stop in reversed(stops) if stop.passed and not isinstance(stop.value, Paper)]
    begun = [stop for stop in stops if isinstance(stop.value, Paper) and _until(stop)]
    return here if here in stops else next(iter((*near, *empty, *begun)), None)


def uploaded(talk: Talk, file: File, message_id: int | None) -> None:
    """A checked and stored file."""
    stop = wanted(talk.walk)
    if stop is None:
        talk.note(T("Berkas itu belum saya perlukan sekarang, jadi tidak saya simpan."))
        return
    paper = stop.value if isinstance(stop.value, Paper) else Paper()
    if talk.walk.must_mend(stop.place):
        paper = Paper()  # what is asked for is another one
    if not paper.files or not _until(stop):
        _kept(talk, stop, Paper((file,)), message_id)
    elif _finished(talk.walk, stop) or (paper.is_pdf and file.kind != "pdf"):
        _kept_waiting(talk, stop, paper, file)
    elif file.kind == "pdf":
        _kept(talk, stop, Paper((file,)), message_id)
        talk.note(T("PDF itu menggantikan foto-foto tadi."))
    else:
        _kept(talk, stop, Paper(_in_order(*paper.files, file)), message_id)


def _until(stop: Stop) -> str:
    return stop.question.until if isinstance(stop.question, Attachment) else ""


def _finished(walk: Walk, stop: Stop) -> bool:
    """Whether the question that ends the collecting was answered."""
    end = walk.stop(Place(_until(stop)))
    return isinstance(stop.value, Paper) and end is not None and end.passed


def _in_order(*files: File) -> tuple[File, ...]:
    """As they were sent: the photos of an album are updates of their own and may come in any order."""
    return tuple(sorted(files, key=lambda file: file.sent))


def _kept(talk: Talk, stop: Stop, paper: Paper, message_id: int | None) -> bool:
    """Store the paper; what was said of it before is asked again. False where it has too many pages."""
    if paper.pages > MOST_PAGES:
        talk.note(T("Halamannya terlalu banyak. Paling banyak {n} halaman.", n=str(MOST_PAGES)))
        return False
    talk.draft = talk.draft.without(Place(_until(stop)))
    talk.store(stop.place, paper, Source.TYPED, message_id)
    if _until(stop) and not paper.is_pdf:
        talk.note(T("Masih ada halaman lain? Kirim saja fotonya sekarang, satu per satu atau sekaligus."))
    return True


def _kept_waiting(talk: Talk, stop: Stop, paper: Paper, file: File) -> None:
    """Ask whether what came belongs to the finished paper."""
    pdf = file.kind == "pdf" or Paper(paper.waiting).is_pdf
    waiting = (file,) if pdf else _in_order(*paper.waiting, file)
    if Paper(waiting).pages > MOST_PAGES:
        talk.note(T("Halamannya terlalu banyak. Paling banyak {n} halaman.", n=str(MOST_PAGES)))
        return
    answer = Answer(replace(paper, waiting=waiting), Source.TYPED)
    talk.change(talk.draft.with_answer(stop.place, answer)._replace(focus=None, misses=0))


def decided(talk: Talk, stop: Stop, chosen: Option) -> None:
    """What is to happen to the files that wait."""
    paper = stop.value
    if not isinstance(paper, Paper) or not paper.waiting:
        talk.note(T("Pilihan itu sudah tidak ada, jadi tidak ada yang berubah."))
    elif chosen == DROP:
        talk.change(talk.draft.with_answer(stop.place, Answer(Paper(paper.files), Source.BUTTON)))
        kept = talk.walk.stop(stop.place) or stop
        talk.note(T("{isian} tetap {nilai}.", isian=short(talk.walk, kept), nilai=shown(talk.walk, kept)))
    else:
        files = _in_order(*paper.files, *paper.waiting) if chosen == ADD else paper.waiting
        _kept(talk, stop, Paper(files), None)


def tell(talk: Talk) -> None:
    """Show the pages of a paper that this turn finished, small and in one picture, for a last look."""
    stop, before = talk.walk.stop(SCAN), talk.first.stop(SCAN)
    if stop is None or not isinstance(stop.value, Paper) or stop.value.waiting or not _finished(talk.walk, stop):
        return
    known = before.value.files if before and isinstance(before.value, Paper) else ()
    if stop.value.is_pdf or (before and known == stop.value.files and _finished(talk.first, before)):
        return
    talk.say(
        Message(
            (
                Paragraph(bold=T("Surat Anda: {n} halaman", n=str(stop.value.pages))),
                Paragraph(T("Terbaca semua dan urutannya benar? Kalau ada yang buram, foto lagi.")),
            ),
            (
                (Button(T("Ambil PDF untuk diunggah"), Go("pindaian")),),
                (Button(T("Ganti atau tambah foto"), On("buka", SCAN)),),
            ),
            document="pindaian_gambar",
        )
    )


def given_back(talk: Talk) -> None:
    """The pages as one PDF, to be uploaded in SIINas."""
    stop = talk.walk.stop(SCAN)
    if stop is None or not isinstance(stop.value, Paper) or not stop.value.files:
        talk.note(T("Surat bertanda tangan belum ada di sini. Kirim foto atau PDF-nya dulu."))
        return
    words = T(
        "Surat bertanda tangan, {n} halaman dalam satu PDF. Simpan di HP, lalu unggah di SIINas: Surat Pernyataan, "
        "kolom Upload.",
        n=str(stop.value.pages),
    )
    talk.say(Message((Paragraph(words),), document="pindaian"))
