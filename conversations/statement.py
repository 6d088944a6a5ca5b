"""From answers to paper: the statement letter with its annex (guide L840-866), and the letter that takes the place
of a report when nothing was made (guide L29). It writes words into a Letter and knows no PDF."""

from datetime import date

from conversations.answers import Mark, Place, Ticking, Value
from conversations.choices import Ticks
from conversations.form import Section
from conversations.letter import Letter, Table
from conversations.names import code_with_title
from conversations.numbers import rupiah
from conversations.periods import long_date
from conversations.questions import Question
from conversations.route import Walk
from conversations.scope import Scope
from conversations.sections.tenaga_kerja import CELLS
from conversations.texts import Attachment

_DRAFT = (
    "DRAF dari TemanLapor, untuk diperiksa. Yang ditandatangani dan diunggah ke SIINas adalah surat yang dicetak "
    "dari menu Cetak Surat Pernyataan di SIINas."
)
_DOTS = "………………………"
_FEW_COLUMNS = 7  # a table of more columns would need letters too small to read


def statement(walk: Walk, today: date) -> Letter:
    """The letter for this report: the statement, or the one to Kapusdatin when nothing was produced."""
    scope = walk.scope()
    if walk.ending is not None and walk.ending.letter:
        return _no_production(scope, today)
    period = scope.period
    name = period.name if period else _DOTS
    return Letter(
        judul="SURAT PERNYATAAN",
        nomor=scope.text("surat_pernyataan.nomor"),
        kop=_letterhead(scope),
        identitas=_identity(scope, scope.text("data_khusus.nama_pemilik_penanda_tangan")),
        pembuka="Yang bertanda tangan di bawah ini:",
        isi=(
            f"dengan ini menyatakan bahwa Laporan Industri Tahap Produksi untuk Industri Kecil periode {name} "
            f"({period.list_name if period else _DOTS}) yang kami sampaikan melalui Sistem Informasi Industri Nasional "
            "(SIINas) telah diisi dengan lengkap dan benar, sesuai dengan kondisi perusahaan yang sebenarnya.",
        ),
        penutup="Demikian surat pernyataan ini kami buat dengan sebenarnya untuk digunakan sebagaimana mestinya.",
        tempat_tanggal=_place_date(scope, today),
        jabatan=scope.text("perusahaan.jabatan_penanda_tangan"),
        penanda_tangan=scope.text("data_khusus.nama_pemilik_penanda_tangan"),
        catatan=_DRAFT,
        lampiran=annex(walk),
    )


def _no_production(scope: Scope, today: date) -> Letter:
    period = scope.period
    months = f"{long_date(period.start)} sampai dengan {long_date(period.end)}" if period else _DOTS
    signer = scope.text("tidak_berproduksi.penanda_tangan")
    return Letter(
        judul="SURAT PEMBERITAHUAN TIDAK BERPRODUKSI",
        nomor="",
        kop=_letterhead(scope),
        tujuan=("Yth. Kepala Pusat Data dan Informasi", "Kementerian Perindustrian", "di Jakarta"),
        identitas=_identity(scope, signer),
        pembuka="Yang bertanda tangan di bawah ini:",
        isi=(
            f"dengan ini memberitahukan bahwa perusahaan kami tidak melakukan produksi sejak {months}, dengan alasan: "
            f"{scope.text('tidak_berproduksi.alasan')}.",
            f"Kami merencanakan mulai berproduksi lagi: {scope.text('tidak_berproduksi.rencana_mulai_lagi')}.",
        ),
        penutup="Demikian pemberitahuan ini kami sampaikan dengan sebenarnya. Atas perhatiannya kami ucapkan terima kasih.",
        tempat_tanggal=_place_date(scope, today),
        jabatan=scope.text("perusahaan.jabatan_penanda_tangan"),
        penanda_tangan=signer,
        draf=False,  # this is the letter itself: SIINas prints none
        catatan="Disampaikan melalui Helpdesk SIINas: siinas.kemenperin.go.id/helpdesk.",
    )


def _letterhead(scope: Scope) -> tuple[str, ...]:
    name, form = scope.text("perusahaan.nama"), scope.text("perusahaan.badan_usaha")
    spelled = f"{form} {name}" if form in {"CV", "PT"} and not name.upper().startswith(form) else name
    nib = scope.text("perusahaan.nib")
    place = ", ".join(filter(None, (scope.text("perusahaan.kabupaten_kota"), scope.text("perusahaan.provinsi"))))
    lines = (spelled, scope.text("perusahaan.alamat_pabrik"), place, f"NIB {nib}" if nib else "")
    return tuple(line for line in lines if line)


def _identity(scope: Scope, signer: str) -> tuple[tuple[str, str], ...]:
    codes = scope.value("perusahaan.kbli")
    fields = "; ".join(code_with_title(code) for code in codes) if isinstance(codes, tuple) else ""
    address = ", ".join(
        filter(
            None, map(scope.text, ("perusahaan.alamat_pabrik", "perusahaan.kabupaten_kota", "perusahaan.provinsi"))
        )
    )
    return (
        ("Nama", signer),
        ("Jabatan", scope.text("perusahaan.jabatan_penanda_tangan")),
        ("Nama Perusahaan", scope.text("perusahaan.nama")),
        ("Alamat Pabrik", address),
        ("NIB", scope.text("perusahaan.nib")),
        ("Bidang Usaha (KBLI)", fields),
    )


def _place_date(scope: Scope, today: date) -> str:
    return f"{scope.text('perusahaan.kabupaten_kota') or _DOTS}, {long_date(today)}"


def in_recap(walk: Walk) -> tuple[Section, ...]:
    """The sections that a recap has: those of the report; without production the period and the reason."""
    if walk.ending is not None and walk.ending.letter:
        return tuple(section for section in walk.form.sections if section.key in {"data_umum", "tidak_berproduksi"})
    return walk.form.numbered


def annex(walk: Walk) -> tuple[Table, ...]:
    """Every section of the recap as a table: label and value, or one row for each item."""
    tables = []
    for number, section in enumerate(in_recap(walk), 1):
        title = f"{number}. {section.title}"
        table = _items(walk, section, title) if section.repeat else _fields(walk, section, title)
        if section.key != "surat_pernyataan":
            tables.append(table)
    return tuple(tables)


def _fields(walk: Walk, section: Section, title: str) -> Table:
    scope = walk.scope()
    rows: list[tuple[str, str]] = []
    for question in section.questions:
        value = walk.known.get(Place(question.key))
        if value is None or value is Mark.NANTI or isinstance(value, Ticking):
            continue
        if isinstance(question, Ticks) and question.each:
            chosen = value if isinstance(value, tuple) else ()
            rows += [(option.face, "Ya" if option.value in chosen else "Tidak") for option in question.choices]
        elif question.export and not isinstance(question, Attachment) and (text := _value(question, value, scope)):
            rows.append((_label(question, scope), text))
    if section.key == "tenaga_kerja":
        total = sum(count for cell in CELLS if isinstance(count := walk.known.get(Place(cell)), int))
        return Table(title, ("Isian", "Jawaban"), tuple(rows), total=("Jumlah tenaga kerja", f"{total} orang"))
    return Table(title, ("Isian", "Jawaban"), tuple(rows))


def _items(walk: Walk, section: Section, title: str) -> Table:
    """One row an item; where the columns are many, the less telling ones share a cell of notes."""
    items = walk.draft.items.get(section.key, ())
    asked = [
        question
        for question in section.questions
        if question.export
        and question.key not in _AIDS
        and any(_value(question, walk.known.get(Place(question.key, item)), walk.scope(item)) for item in items)
    ]
    main = asked if len(asked) <= _FEW_COLUMNS else [question for question in asked if question.key in _TELLING]
    rest = [question for question in asked if question not in main]
    rows = []
    for item in items:
        scope = walk.scope(item)
        cells = [_value(question, walk.known.get(Place(question.key, item)), scope) for question in main]
        notes = [
            f"{_label(question, scope)}: {text}"
            for question in rest
            if (text := _value(question, walk.known.get(Place(question.key, item)), scope))
        ]
        rows.append((*cells, *(["\n".join(notes)] if rest else [])))
    columns = (*(_label(question, walk.scope()) for question in main), *(["Keterangan"] if rest else []))
    numeric = tuple(i for i, question in enumerate(main) if question.key.rpartition(".")[2] in _NUMBERS)
    return Table(title, columns or ("Isian",), tuple(rows), right=numeric)


_AIDS = {"kapasitas_produksi.maks_per_bulan"}  # only there to work out another answer
_NUMBERS = {"jumlah", "nilai", "jumlah_satuan_asli", "jumlah_kg", "kapasitas_satuan_asli", "kapasitas_kg", "maks_per_bulan",
            "jumlah_dalam_negeri", "nilai_dalam_negeri", "jumlah_luar_negeri", "nilai_luar_negeri"}  # fmt: skip
_TELLING = {"produksi.produk", "produksi.jumlah_satuan_asli", "produksi.jumlah_kg", "produksi.nilai",
            "kapasitas_produksi.produk", "kapasitas_produksi.kapasitas_satuan_asli", "kapasitas_produksi.kapasitas_kg",
            "bahan_baku.nama", "bahan_baku.jumlah_dalam_negeri", "bahan_baku.nilai_dalam_negeri",
            "bahan_baku.jumlah_luar_negeri", "bahan_baku.nilai_luar_negeri"}  # fmt: skip


def _label(question: Question, scope: Scope) -> str:
    period = scope.period
    return question.label.replace("{rentang}", period.name if period else "").strip()


def _value(question: Question, value: Value | None, scope: Scope) -> str:
    """The value for paper: amounts with their words, nothing for what was left empty."""
    if value is None or isinstance(value, Mark | Ticking):
        return ""
    if isinstance(value, int) and question.key.startswith("data_umum.nilai"):
        return f"{rupiah(value)} ({question.spelled(value)})"
    return question.show(value, scope)
