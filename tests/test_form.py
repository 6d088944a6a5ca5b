"""The form asks what the ministry's form asks: every key with its label, kind, need and line, as it stands there."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

import pytest

from conversations.choices import Choice, Ticks
from conversations.conditions import Equals
from conversations.draft import Draft
from conversations.form import Ending, Form, FormDefinitionError, Repeat, Section
from conversations.periods import scheme
from conversations.questions import Question, Read
from conversations.route import walk
from conversations.sections import laporan_produksi
from conversations.texts import Text

Said = Mapping[str, object]


class Row(NamedTuple):
    """One row of the form: `when` names the condition (see WHEN); "" is always."""

    key: str
    label: str
    kind: str
    needed: bool = True
    line: str = ""
    when: str = ""


def _ticked(question: str, option: str) -> Callable[[Said], bool]:
    return lambda said: option in said.get(question, ())  # type: ignore[operator]


WHEN: dict[str, Callable[[Said], bool]] = {
    "": lambda _: True,
    "berproduksi": lambda said: said.get("data_umum.berproduksi") != "Tidak",
    "tidak berproduksi": lambda said: said.get("data_umum.berproduksi") == "Tidak",
    "pernah lapor": lambda said: said.get("data_umum.pernah_lapor") == "Ya" and WHEN["berproduksi"](said),
    "di atas 5 miliar": lambda said: said.get("data_umum.modal_kerja") == 6_000_000_000,
    "maklon": lambda said: "Ya" in (said.get("data_umum.menggunakan_jasa_maklon"),
                                    said.get("data_umum.menyediakan_jasa_maklon")),
    "ekspor": lambda said: said.get("produksi.diekspor") == "Ya",
    "impor": lambda said: said.get("bahan_baku.impor_langsung") == "Ya",
    "elpiji": _ticked("bahan_bakar_pelumas.jenis", "elpiji"),
    "lainnya": _ticked("bahan_bakar_pelumas.jenis", "bahan_bakar_lainnya"),
    "tanah": lambda said: said.get("investasi.milik_sendiri") == "Milik sendiri",
    "bangunan": lambda said: said.get("investasi.milik_sendiri") in ("Milik sendiri", "Hanya bangunan milik sendiri"),
    "surat dikirim": lambda said: "surat_pernyataan.scan" in said,
}  # fmt: skip

WORKERS = tuple(
    Row(f"tenaga_kerja.{job}.{contract}.{sex}", f"{job} {contract} {sex}".replace("i_l", "i-l").replace("_", " ").title(),
        "whole >= 0", line="K2", when=f"pekerja {job}.{contract}.{sex}")
    for job in ("produksi", "lainnya") for contract in ("tetap", "tidak_tetap") for sex in ("laki_laki", "perempuan")
)  # fmt: skip
WHEN.update({row.when: _ticked("tenaga_kerja.jenis", row.key) for row in WORKERS})

ROWS = (
    Row("data_umum.periode_yang_dilaporkan", "Periode yang dilaporkan", "choice"),
    Row("data_umum.tahun", "Tahun", "year from 2019"),
    Row("data_umum.nilai_mesin", "Nilai Mesin", "rupiah >= 0", when="berproduksi"),
    Row("data_umum.nilai_lainnya", "Nilai Lainnya", "rupiah >= 0", when="berproduksi"),
    Row("data_umum.modal_kerja", "Modal Kerja", "rupiah > 0", when="berproduksi"),
    Row("data_umum.menggunakan_jasa_maklon", "Apakah Perusahaan Menggunakan Jasa Maklon?", "yes/no", when="berproduksi"),
    Row("data_umum.menyediakan_jasa_maklon", "Apakah Perusahaan Menyediakan Jasa Maklon", "yes/no", when="berproduksi"),
    Row("data_khusus.nama_pemilik_penanda_tangan", "Nama Pemilik yang Menandatangani Laporan", "text", line="K1"),
    Row("data_khusus.jenis_kelamin", "Jenis Kelamin", "choice", line="K1"),
    Row("data_khusus.tingkat_pendidikan", "Tingkat Pendidikan", "choice", line="K1"),
    Row("investasi.nilai_tanah", "Nilai Tanah", "rupiah >= 0", when="tanah"),
    Row("investasi.nilai_bangunan", "Nilai Bangunan", "rupiah >= 0", when="bangunan"),
    *WORKERS,
    Row("tenaga_kerja.sertifikasi.skkni",
        "Jumlah pekerja yang memiliki Standar Kompetensi Kerja Nasional Indonesia (SKKNI)", "whole >= 0", False),
    Row("tenaga_kerja.sertifikasi.bukan_skkni",
        "Jumlah pekerja yang memiliki Standar Kompetensi Yang Bukan SKKNI", "whole >= 0", False),
    Row("kapasitas_produksi.kbli", "KBLI yang tercantum pada NIB", "5 digits", line="K5"),
    Row("kapasitas_produksi.kode_hs", "Kode HS", "8 digits", False),
    Row("kapasitas_produksi.produk", "Produk", "text", line="K5"),
    Row("kapasitas_produksi.satuan_asli", "Satuan Asli", "text", line="K5"),
    Row("kapasitas_produksi.kapasitas_satuan_asli", "Kapasitas Produksi Dalam Satuan Asli", "decimal > 0", line="K5"),
    Row("kapasitas_produksi.kapasitas_kg", "Kapasitas Produksi Dalam Satuan Standar", "decimal > 0", line="K5"),
    Row("produksi.produk", "Produk", "text", line="K4"),
    Row("produksi.tujuan_produksi", "Tujuan Produksi", "choice", line="K4", when="maklon"),
    Row("produksi.kbli", "Kode KBLI 2020", "5 digits", line="K4"),
    Row("produksi.spesifikasi", "Spesifikasi", "text", line="K4"),
    Row("produksi.kode_hs", "Kode HS", "8 digits", False),
    Row("produksi.nomor_sertifikat_halal", "Nomor Sertifikat Halal", "text", False),
    Row("produksi.satuan", "Satuan", "text", line="K4"),
    Row("produksi.jumlah_satuan_asli", "Jumlah Dalam Satuan Asli", "decimal > 0", line="K4"),
    Row("produksi.jumlah_kg", "Jumlah Dalam Satuan Standar", "decimal > 0", line="K4"),
    Row("produksi.nilai", "Nilai", "rupiah > 0", line="K4"),
    Row("produksi.diekspor", "Apakah Produk Ini Diekspor?", "yes/no", line="K4"),
    Row("produksi.ekspor_langsung", "Apakah Ekspor Langsung?", "yes/no", line="K4", when="ekspor"),
    Row("produksi.persentase_ekspor", "Persentase Ekspor", "percent", when="ekspor"),
    Row("produksi.negara_tujuan", "Negara Tujuan", "countries", when="ekspor"),
    Row("bahan_baku.nama", "Nama Bahan Baku", "text", line="K3"),
    Row("bahan_baku.spesifikasi", "Spesifikasi", "text", line="K3"),
    Row("bahan_baku.sumber_bahan_baku", "Sumber Bahan Baku", "choice", line="K3", when="maklon"),
    Row("bahan_baku.satuan", "Satuan", "text", line="K3"),
    Row("bahan_baku.impor_langsung", "Apakah Impor Langsung?", "yes/no", line="K3"),
    Row("bahan_baku.jumlah_dalam_negeri", "Jumlah dari Dalam Negeri", "decimal > 0", line="K3"),
    Row("bahan_baku.nilai_dalam_negeri", "Nilai dari Dalam Negeri", "rupiah > 0", line="K3"),
    Row("bahan_baku.kode_hs", "Kode HS", "8 digits", False, when="impor"),
    Row("bahan_baku.jumlah_luar_negeri", "Jumlah dari Luar Negeri", "decimal > 0", line="K3", when="impor"),
    Row("bahan_baku.nilai_luar_negeri", "Nilai dari Luar Negeri", "rupiah > 0", line="K3", when="impor"),
    Row("bahan_baku.negara_asal", "Negara Asal", "country", line="K3", when="impor"),
    Row("air_baku.air_tanah", "Air Tanah", "tick"),
    Row("air_baku.perusahaan_penyedia_air", "Perusahaan Penyedia Air", "tick"),
    Row("air_baku.air_permukaan", "Air Permukaan", "tick"),
    Row("bahan_bakar_pelumas.bensin", "Bensin", "tick"),
    Row("bahan_bakar_pelumas.solar_diesel", "Solar/Diesel", "tick"),
    Row("bahan_bakar_pelumas.pelumas", "Pelumas", "tick"),
    Row("bahan_bakar_pelumas.minyak_tanah", "Minyak Tanah", "tick"),
    Row("bahan_bakar_pelumas.elpiji", "Elpiji", "tick"),
    Row("bahan_bakar_pelumas.bahan_bakar_lainnya", "Bahan bakar lainnya", "tick"),
    Row("bahan_bakar_pelumas.ukuran_elpiji", "Ukuran Elpiji", "choice", when="elpiji"),
    Row("bahan_bakar_pelumas.deskripsi_bahan_bakar_lainnya", "Deskripsi Bahan bakar lainnya", "text", when="lainnya"),
    Row("listrik.jumlah_kwh", "Jumlah dari PLN Tagihan Listrik Total {rentang}", "decimal >= 0"),
    Row("listrik.nilai", "Nilai", "rupiah >= 0"),
    Row("listrik.tipe", "Tipe", "text"),
    Row("listrik.menyatu_rumah_tangga", "Apakah Pemakaian Listrik menyatu dengan pemakaian rumah tangga?", "yes/no"),
    Row("mesin.jenis_mesin", "Jenis Mesin", "text", line="K6"),
    Row("mesin.tahun_pembelian", "Tahun Pembelian", "year", line="K6"),
    Row("mesin.jumlah", "Jumlah", "whole >= 1", line="K6"),
    Row("mesin.status_kepemilikan", "Status Kepemilikan", "choice", line="K6"),
    Row("surat_pernyataan.nomor", "No Surat Pernyataan", "text", line="K7"),
    Row("surat_pernyataan.scan", "Upload", "file", line="K7"),
)  # fmt: skip

TAKEN_AND_REFUSED = {
    "rupiah >= 0": (("0", "18.500.000"), ("-1", "banyak")),
    "rupiah > 0": (("1.000", "18,5 juta"), ("0", "-1")),
    "decimal > 0": (("7,8", "0,01"), ("0", "-1", "0,001")),
    "decimal >= 0": (("0", "7,8"), ("-1", "0,001")),
    "whole >= 0": (("0", "500.000"), ("-1", "1,5", "500.001")),
    "whole >= 1": (("1", "3 unit"), ("0", "1,5")),
    "percent": (("0,01", "100"), ("0", "100,01")),
    "year": (("1900", "2026"), ("1899", "2027", "26")),
    "year from 2019": (("2019", "2026"), ("2018", "2027")),
    "5 digits": (("10391",), ("1039", "103912")),
    "8 digits": (("2106.90.97", "21069097"), ("210690",)),
    "country": (("Jepang",), ("Indonesia", "Jepang dan Malaysia", "Atlantis")),
    "countries": (("Jepang", "Jepang, Malaysia"), ("Indonesia", "Jepang, Indonesia")),
    "yes/no": (("Ya", "Tidak", "iya", "nggak"), ("mungkin",)),
    "text": (("Apa saja",), ("", "!!!")),
    "choice": ((), ("bukan pilihan",)),
    "tick": (("tidak ada",), ("bukan pilihan",)),
    "file": ((), ("surat.pdf",)),
}
CHOICES = {
    "data_khusus.jenis_kelamin": "Laki-laki / Perempuan",
    "data_khusus.tingkat_pendidikan":
        "Tidak sekolah / SD/Sederajat / SMP/Sederajat / SMA/Sederajat / D1-D3 / D4/S1 / S2 / S3",
    "produksi.tujuan_produksi": "Diproduksi untuk kebutuhan sendiri / Diproduksi untuk kebutuhan makloon / "
        "Menggunakan jasa makloon",
    "bahan_baku.sumber_bahan_baku": "Dibeli sendiri untuk produksi sendiri / Dibeli sendiri untuk makloon / "
        "Disediakan perusahaan lain untuk makloon",
    "bahan_bakar_pelumas.ukuran_elpiji": "3 kg / 5,5 kg / 12 kg / 50 kg",
    "mesin.status_kepemilikan": "Milik Sendiri / Sewa",
}  # fmt: skip
OUR_KEYS = {  # what we ask beside the rows, under keys that stored answers already bear
    "pengiriman.keadaan", "pengiriman.tanggal", "pengiriman.bukti", "pengiriman.catatan", "pengiriman.perbaiki",
    "persetujuan.setuju", "perusahaan.tahap", "perusahaan.nama", "perusahaan.badan_usaha",
    "perusahaan.alamat_pabrik", "perusahaan.kabupaten_kota", "perusahaan.provinsi", "perusahaan.zona_waktu",
    "perusahaan.nib", "perusahaan.kbli", "perusahaan.sertifikat_halal", "perusahaan.jabatan_penanda_tangan",
    "perusahaan.pbsi_valid", "data_umum.berproduksi", "data_umum.pernah_lapor",
    "data_umum.periode_sebelumnya.nilai_mesin", "data_umum.periode_sebelumnya.nilai_lainnya",
    "data_umum.yakin_di_atas_5_miliar", "tidak_berproduksi.alasan", "tidak_berproduksi.rencana_mulai_lagi",
    "tidak_berproduksi.penanda_tangan", "investasi.milik_sendiri", "tenaga_kerja.jenis",
    "kapasitas_produksi.maks_per_bulan", "kapasitas_produksi.berat_per_satuan", "produksi.berat_per_satuan",
    "produksi.hpp_per_satuan", "air_baku.sumber", "bahan_bakar_pelumas.jenis", "surat_pernyataan.keadaan",
}  # fmt: skip
FORM = laporan_produksi()


def asking(row: Row) -> tuple[Question, str]:
    """The question that asks for this row, and the label the owner sees for it."""
    if row.kind == "tick":
        lists = (q for q in FORM.questions() if isinstance(q, Ticks) and q.each == row.key.rpartition(".")[0])
        question = next(lists)
        return question, next(o.face for o in question.choices if o.value == row.key.rpartition(".")[2])
    return FORM.by_key[row.key], FORM.by_key[row.key].label


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_each_row_is_asked_with_its_label_need_and_line(row: Row) -> None:
    question, label = asking(row)
    assert (label, question.needed, question.line) == (row.label, row.needed, row.line)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.key)
def test_each_row_takes_answers_of_its_kind_and_refuses_others(row: Row) -> None:
    question, _ = asking(row)
    scope = walk(FORM, Draft(), date(2026, 7, 3)).scope()
    taken, refused = TAKEN_AND_REFUSED[row.kind]
    if "Sederajat" in CHOICES.get(row.key, ""):
        refused = ("bukan pilihan", "SD/SMP")
    assert [t for t in taken if not isinstance(question.read(t, scope), Read)] == []
    assert [t for t in refused if isinstance(question.read(t, scope), Read)] == []


@pytest.mark.parametrize("key", CHOICES)
def test_each_list_offers_just_the_words_of_the_form(key: str) -> None:
    question = FORM.by_key[key]
    assert isinstance(question, Choice | Ticks)
    assert " / ".join(option.value for option in question.choices) == CHOICES[key]


def test_keys_are_permanent_none_is_lost_and_none_comes_unnoticed() -> None:
    assert set(FORM.by_key) == {row.key for row in ROWS if row.kind != "tick"} | OUR_KEYS


def test_the_sections_stand_in_the_order_and_under_the_titles_of_the_form() -> None:
    assert [section.title for section in FORM.numbered] == [
        "Data Umum", "Data Khusus", "Investasi", "Tenaga Kerja", "Kapasitas Produksi", "Produksi", "Bahan Baku",
        "Air Baku", "Penggunaan Bahan Bakar dan Pelumas", "Mesin/Peralatan Produksi", "Surat Pernyataan",
    ]  # fmt: skip


def _form(*entries: Question | Ending, repeat: Repeat | None = None) -> Form:
    return Form("1", scheme(), (Section("bagian", "Bagian", entries, repeat),))


def test_a_condition_on_a_later_question_is_refused_naming_both_keys() -> None:
    early = Text(key="bagian.satu", label="Satu", ask="Satu?", when=Equals("bagian.dua", "Ya"))
    late = Text(key="bagian.dua", label="Dua", ask="Dua?")
    with pytest.raises(FormDefinitionError, match=r"bagian\.satu depends on bagian\.dua"):
        _form(early, late)
    with pytest.raises(FormDefinitionError, match=r"bagian\.akhir depends on bagian\.dua"):
        _form(Ending("bagian.akhir", "Akhir", "Akhir.", Equals("bagian.dua", "Ya"), ()), late)
    with pytest.raises(FormDefinitionError, match=r"bagian depends on bagian\.nama"):
        _form(late, repeat=Repeat("bagian.nama", "nama"))


def test_a_key_declared_twice_is_refused_naming_it() -> None:
    with pytest.raises(FormDefinitionError, match=r"bagian\.satu is declared twice"):
        _form(*[Text(key="bagian.satu", label="Satu", ask="Satu?")] * 2)
