"""Every road of every section, each section alone: what each stop shows, what is missing at it, and what has come
out at its end, against the table of the form and not against the code."""

from collections import Counter
from collections.abc import Mapping

import pytest

from bot.callbacks import LIMIT, Callbacks
from conversations.answers import Mark, Ticking, Value
from conversations.checklist import missing
from conversations.engine import take
from conversations.export import Data, report
from conversations.replies import Pressed
from conversations.route import walk
from tests.roads import FORM, TODAY, At, begun, buttons, roads
from tests.test_form import ROWS, WHEN, WORKERS, Row

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
    Row("data_umum.pernah_lapor", "Laporan periode sebelumnya", "yes/no", False, when="berproduksi"),
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
HELPED: set[str] = set()  # keys whose help has been read; it does not depend on the road
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
    "tidak_berproduksi": begun(
        "tidak_berproduksi",
        {**FIRM, **PERIOD, "data_umum.berproduksi": "Tidak", "perusahaan.jabatan_penanda_tangan": "Pemilik"}),
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
ROADS = {  # a number that falls is a lost branch
    "perusahaan": 49, "data_umum": 385, "tidak_berproduksi": 1, "data_khusus": 2, "investasi": 3, "tenaga_kerja": 27,
    "kapasitas_produksi": 20, "kapasitas_produksi, two KBLI": 40, "produksi": 99, "produksi, maklon and halal": 891,
    "bahan_baku": 3, "bahan_baku, maklon": 9, "air_baku": 5, "bahan_bakar_pelumas": 48, "mesin": 2,
    "surat_pernyataan": 6,
}  # fmt: skip


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
    assert [line for line in text.split("\n")[1:] if line.startswith(("Bagian ", "Persiapan · "))] == []
    unit = {"kapasitas_produksi": "satuan_asli", "produksi": "satuan"}.get(section.key, "")
    row = QUESTIONS.get(key)
    label = row.label.replace("{rentang}", "Januari - Juni 2026") if row else section.title
    label = label.replace("{satuan}", str(at.said.get(f"{section.key}.{unit}")))
    assert [p.bold.plain() for p in at.message.paragraphs if p.bold] == [label]
    faces = buttons(at.message)
    assert "Bantuan" in faces
    assert ("Nanti saja" in faces) == (key not in MUST)
    assert ("Lewati" in faces) == (row is not None and not row.needed)
    assert ("Kembali" in faces) == (key not in {"persetujuan.setuju", "perusahaan.tahap"})
    assert "{" not in text + "".join(faces)
    for button in faces.values():
        data = CALLBACKS.encode(button.effect, 10**9)
        assert len(data.encode()) <= LIMIT
        decoded = CALLBACKS.decode(data)
        assert decoded
        assert (decoded.effect, decoded.report_id) == (button.effect, 10**9)
    lists_what_is_open(at)
    if key not in HELPED:
        HELPED.add(key)
        helped = take(FORM, at.turn.draft, Pressed(faces["Bantuan"].effect), TODAY).messages[-1]
        told = [p.words.plain() for p in helped.paragraphs if p.words and p not in at.message.paragraphs]
        assert helped.place == at.message.place
        assert len("".join(told)) > 20
        assert "Tanya petugas" in buttons(helped)


def lists_what_is_open(at: At) -> None:
    lines = missing(walk(FORM, at.turn.draft, TODAY))
    assert Counter({line.line or line.section: line.count for line in lines}) == open_lines(at.said)


def exported(at: At, section: str) -> Data:
    """What the export holds of a section, the parts of its keys joined by dots; of a group, its one item."""
    data = report(walk(FORM, at.turn.draft, TODAY))
    names = (section, "listrik") if section == "bahan_bakar_pelumas" else (section,)
    return {key: value for name in names for key, value in _flat(data.get(name, {}), name).items()}


def _flat(data: object, path: str) -> Data:
    if isinstance(data, list) and data and isinstance(data[0], dict):
        data = data[0]
    if not isinstance(data, dict):
        return {path: data}
    return {key: value for name, inner in data.items() for key, value in _flat(inner, f"{path}.{name}").items()}


OWN_WORDS = {  # what the export says beside or instead of the rows
    "surat_pernyataan": ("scan_diunggah", "sudah_diunduh_dari_siinas", "ditandatangani", "cap_basah"),
    "tidak_berproduksi": ("mulai", "sampai", "jabatan"),
    "kapasitas_produksi": ("maks_per_bulan",),
    "bahan_bakar_pelumas": ("ukuran_elpiji", "deskripsi_bahan_bakar_lainnya"),
    "investasi": ("nilai_tanah", "nilai_bangunan"),
    "tenaga_kerja": tuple(row.key.removeprefix("tenaga_kerja.") for row in WORKERS),
}
NOT_EXPORTED = {"data_umum.berproduksi", "data_umum.pernah_lapor", "data_umum.yakin_di_atas_5_miliar",
                "surat_pernyataan.scan"}  # fmt: skip


def expected_keys(said: Mapping[str, object], section: str) -> set[str]:
    """The keys of this branch."""
    here = (section, "listrik") if section == "bahan_bakar_pelumas" else (section,)
    asked = ROWS if section not in ("perusahaan", "data_umum", "tidak_berproduksi") else (*OURS, *ROWS)
    keys = {row.key for row in asked if row.key.split(".")[0] in here and WHEN[row.when](said)}
    keys |= {f"{section}.{name}" for name in OWN_WORDS.get(section, ())}
    if WHEN["pernah lapor"](said) and section == "data_umum":
        keys.add("data_umum.periode_sebelumnya.label")
    return keys - NOT_EXPORTED - set(cut(said))


@pytest.mark.parametrize("name", SETUPS)
def test_every_road_shows_asks_lists_and_exports_what_the_form_says(name: str) -> None:
    section = name.split(",")[0]
    count = 0
    for end in roads(section, SETUPS[name], looked_at):
        count += 1
        lists_what_is_open(end)
        out = exported(end, section)
        assert set(out) == expected_keys(end.said, section)
        skipped = {key for key, value in end.said.items() if value is Mark.KOSONG}
        hidden = {"bahan_bakar_pelumas.deskripsi_bahan_bakar_lainnya"} - set(end.said)
        assert {key for key, value in out.items() if value is None} == (skipped & set(out)) | (hidden & set(out))
        for answered in set(out) & {row.key for row in ROWS if row.kind == "tick"}:
            ticked = end.said[{"air_baku": "air_baku.sumber"}.get(section, "bahan_bakar_pelumas.jenis")]
            assert isinstance(ticked, tuple)
            assert out[answered] == ("Ya" if answered.rpartition(".")[2] in ticked else "Tidak")
    assert count == ROADS[name]
