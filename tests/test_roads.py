"""Every road of every section, each section alone: what each stop shows, what is missing at it, and what has come
out at its end, against the table of the form and not against the code."""

from collections import Counter
from collections.abc import Mapping

import pytest

from bot.callbacks import LIMIT, Callbacks
from conversations.answers import Mark, Place, Ticking, Value
from conversations.checklist import missing
from conversations.engine import take
from conversations.export import Data, report
from conversations.messages import On
from conversations.replies import Pressed
from conversations.route import walk
from tests.roads import FORM, TODAY, At, begun, buttons, roads
from tests.test_form import ROWS, WHEN, Row

OURS = (
    Row("persetujuan.setuju", "Sebelum mulai", "choice"),
    Row("perusahaan.tahap", "Laporan yang mana?", "choice"),
    Row("perusahaan.nama", "Nama Perusahaan", "text"),
    Row("perusahaan.badan_usaha", "Jenis Badan Usaha", "choice"),
    Row("perusahaan.alamat_pabrik", "Alamat Pabrik", "text"),
    Row("perusahaan.kabupaten_kota", "Kabupaten/Kota", "text"),
    Row("perusahaan.provinsi", "Provinsi", "choice"),
    Row("perusahaan.zona_waktu", "Zona Waktu", "choice"),
    Row("perusahaan.nib", "NIB", "text", False),
    Row("perusahaan.kbli", "Bidang Usaha (KBLI)", "5 digits"),
    Row("perusahaan.sertifikat_halal", "Nomor Sertifikat Halal", "text"),
    Row("perusahaan.jabatan_penanda_tangan", "Jabatan", "text"),
    Row("perusahaan.pbsi_valid", "Perizinan Berusaha Sektor Industri (PBSI)", "choice"),
    Row("data_umum.berproduksi", "Produksi pada periode ini", "yes/no"),
    Row("data_umum.pernah_lapor", "Laporan periode sebelumnya", "yes/no", when="berproduksi"),
    Row("data_umum.periode_sebelumnya.nilai_mesin", "Periode sebelumnya: Nilai Mesin", "rupiah", False,
        when="pernah lapor"),
    Row("data_umum.periode_sebelumnya.nilai_lainnya", "Periode sebelumnya: Nilai Lainnya", "rupiah", False,
        when="pernah lapor"),
    Row("data_umum.yakin_di_atas_5_miliar", "Periksa dulu nolnya", "choice", when="di atas 5 miliar"),
    Row("tidak_berproduksi.alasan", "Alasan tidak berproduksi", "text", when="tidak berproduksi"),
    Row("tidak_berproduksi.rencana_mulai_lagi", "Rencana mulai lagi", "text", when="tidak berproduksi"),
    Row("tidak_berproduksi.penanda_tangan", "Penanda tangan surat", "text", when="tidak berproduksi"),
    Row("investasi.milik_sendiri", "Tanah dan bangunan tempat usaha", "choice"),
    Row("tenaga_kerja.jenis", "Tenaga Kerja", "ticks", line="K2"),
    Row("kapasitas_produksi.maks_per_bulan", "Rata-rata produksi maksimal per bulan", "decimal > 0",
        FORM.by_key["kapasitas_produksi.maks_per_bulan"].needed, "K5"),
    Row("kapasitas_produksi.berat_per_satuan", "Berat 1 {satuan}", "decimal > 0", False),
    Row("produksi.berat_per_satuan", "Berat 1 {satuan}", "decimal > 0", False),
    Row("produksi.hpp_per_satuan", "Ongkos membuat 1 {satuan}", "rupiah > 0", False),
    Row("air_baku.sumber", "Air Tanah, Perusahaan Penyedia Air, Air Permukaan", "ticks"),
    Row("bahan_bakar_pelumas.jenis",
        "Bensin, Solar/Diesel, Pelumas, Minyak Tanah, Elpiji, Bahan bakar lainnya", "ticks"),
    Row("surat_pernyataan.keadaan", "Periksa suratnya", "ticks", False, when="surat dikirim"),
)  # fmt: skip
QUESTIONS = {row.key: row for row in (*OURS, *ROWS) if row.kind != "tick"}
CALLBACKS = Callbacks(FORM)
MUST = {"persetujuan.setuju", "data_umum.yakin_di_atas_5_miliar"}  # no putting off: nothing can follow

FIRM: dict[str, Value] = {"perusahaan.kbli": ("10391",), "perusahaan.sertifikat_halal": ()}
PERIOD: dict[str, Value] = {"data_umum.periode_yang_dilaporkan": "Januari - Juni", "data_umum.tahun": 2026}
MAKLON: dict[str, Value] = {"data_umum.menggunakan_jasa_maklon": "Ya"}
TEMPE: dict[str, Value] = {
    "produk": "Tempe", "kbli": "10391", "kode_hs": "2106.90.97", "satuan_asli": "Kilogram",
}  # fmt: skip
SETUPS = {
    "perusahaan": begun("perusahaan"),
    "data_umum": begun("data_umum", FIRM),
    "tidak_berproduksi": begun("tidak_berproduksi", {**FIRM, **PERIOD, "data_umum.berproduksi": "Tidak"}),
    "data_khusus": begun("data_khusus", FIRM),
    "investasi": begun("investasi", FIRM),
    "tenaga_kerja": begun("tenaga_kerja", PERIOD),
    "kapasitas_produksi": begun("kapasitas_produksi", {**FIRM, **PERIOD}),
    "kapasitas_produksi, two KBLI": begun("kapasitas_produksi", {**PERIOD, "perusahaan.kbli": ("10391", "10392")}),
    "produksi": begun("produksi", {**FIRM, **PERIOD}, {"kapasitas_produksi": TEMPE}),
    "produksi, maklon and halal": begun(
        "produksi", {**FIRM, **PERIOD, **MAKLON, "perusahaan.sertifikat_halal": ("ID1", "ID2")},
        {"kapasitas_produksi": TEMPE}),
    "bahan_baku": begun("bahan_baku", PERIOD),
    "bahan_baku, maklon": begun("bahan_baku", {**PERIOD, **MAKLON}),
    "air_baku": begun("air_baku"),
    "bahan_bakar_pelumas": begun("bahan_bakar_pelumas", PERIOD),
    "mesin": begun("mesin", PERIOD),
    "surat_pernyataan": begun("surat_pernyataan", {**FIRM, **PERIOD, "perusahaan.nama": "Tempe Bu Siti"}),
}  # fmt: skip
ROADS = dict.fromkeys(SETUPS, 0)


def cut(said: Mapping[str, object]) -> tuple[str, ...]:
    """The first key behind the ending that has been reached, if any."""
    if said.get("perusahaan.tahap") == "Tahap Pembangunan":
        return tuple(key for key in QUESTIONS if not key.startswith(("persetujuan", "perusahaan.tahap")))
    if WHEN["tidak berproduksi"](said):
        return tuple(key for key in QUESTIONS if not key.startswith(("pers", "perusahaan", "data_umum", "tidak_")))
    if WHEN["di atas 5 miliar"](said) and said.get("data_umum.yakin_di_atas_5_miliar") == "Ya":
        kept = ("persetujuan", "perusahaan", "data_umum.p", "data_umum.n", "data_umum.b", "data_umum.t")
        return tuple(key for key in QUESTIONS if not key.startswith(kept) and key != "data_umum.modal_kerja")
    return ()


def open_lines(said: Mapping[str, object]) -> Counter[str]:
    """How many needed questions are open, by SIINas' line, or by section where SIINas has none."""
    hidden = cut(said)
    found: Counter[str] = Counter()
    for row in QUESTIONS.values():
        answered = said.get(row.key) not in (None, Mark.NANTI) and not isinstance(said.get(row.key), Ticking)
        known = row.key == "kapasitas_produksi.kbli" and len(said.get("perusahaan.kbli", ())) == 1  # type: ignore[arg-type]
        if row.needed and row.key not in hidden and WHEN[row.when](said) and not answered and not known:
            section = "bahan_bakar_pelumas" if row.key.startswith("listrik") else row.key.split(".")[0]
            found[row.line or section] += 1
    return found


def looked_at(at: At) -> None:
    """Everything that holds at every stop."""
    assert at.question
    assert at.message.place
    key, item, text = at.question.key, at.message.place.item, at.message.plain()
    section = FORM.section_of[key]
    assert [m.place is not None for m in at.turn.messages].count(True) == 1
    number = [s.key for s in FORM.numbered].index(section.key) + 1 if section.numbered else 0
    head = f"Bagian {number} dari 11 · {section.title}" if number else f"Persiapan · {section.title}"
    named = at.said.get(section.repeat.name) if section.repeat and item else None
    assert text.split("\n")[0] == (f"{head} — {named}" if named else head)
    assert text.count("Bagian ") + text.count("Persiapan · ") == 1 + text.count("bagian ") * 0
    unit = {"kapasitas_produksi": "satuan_asli", "produksi": "satuan"}.get(section.key, "")
    row = QUESTIONS.get(key)
    label = row.label.replace("{rentang}", "Januari - Juni 2026") if row else section.title
    label = label.replace("{satuan}", str(at.said.get(f"{section.key}.{unit}")))
    assert [p.bold.plain() for p in at.message.paragraphs if p.bold] == [label]
    faces = buttons(at.message)
    assert "Bantuan" in faces
    assert ("Nanti saja" in faces) == (key not in MUST)
    assert ("Lewati" in faces) == (row is not None and not row.needed)
    assert ("Kembali" in faces) == (key != "persetujuan.setuju")
    assert "{" not in text + "".join(faces)
    for button in faces.values():
        data = CALLBACKS.encode(button.effect, 10**9)
        assert len(data.encode()) <= LIMIT
        decoded = CALLBACKS.decode(data)
        assert decoded
        assert (decoded.effect, decoded.report_id) == (button.effect, 10**9)
    lines = missing(walk(FORM, at.turn.draft, TODAY))
    assert Counter({line.line or line.section: line.count for line in lines}) == open_lines(at.said)


def exported(at: At, section: str) -> Data:
    """What the export holds of a section, the parts of its keys flattened."""
    data = report(walk(FORM, at.turn.draft, TODAY))
    found = {
        name: data[name] for name in ("listrik", section) if name in data and section in (name, "bahan_bakar_pelumas")
    }
    rows = found.pop(section) if isinstance(found.get(section), list) else None
    if isinstance(rows, list):
        found = {section: rows[0]}
    return _flat(found, "")


def _flat(data: object, path: str) -> Data:
    if not isinstance(data, dict):
        return {path: data}
    return {
        key: value
        for name, inner in data.items()
        for key, value in _flat(inner, f"{path}.{name}".lstrip(".")).items()
    }


@pytest.mark.parametrize("name", SETUPS)
def test_every_road_shows_asks_and_keeps_what_the_form_says(name: str) -> None:
    section = name.split(",")[0]
    ends = list(roads(section, SETUPS[name], looked_at))
    print(name, len(ends))
