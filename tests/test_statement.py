"""The letter as data: whose it is, what it declares, and every answer in its annex as the owner reads it."""

from dataclasses import replace
from decimal import Decimal

from conversations.answers import Mark, Value
from conversations.draft import Draft
from conversations.letter import Letter
from conversations.route import walk
from conversations.statement import annex, statement
from tests.roads import FIRM, FORM, TODAY, begun

PERIOD: dict[str, Value] = {"data_umum.periode_yang_dilaporkan": "Januari - Juni", "data_umum.tahun": 2026}
SIGNED: dict[str, Value] = {
    **FIRM, **PERIOD, "data_khusus.nama_pemilik_penanda_tangan": "Siti Aminah", "surat_pernyataan.nomor": "001/SP/2026",
    "data_umum.nilai_mesin": 18_500_000,
}  # fmt: skip
IDLE: dict[str, Value] = {
    **FIRM, **PERIOD, "data_umum.berproduksi": "Tidak", "tidak_berproduksi.alasan": "Tungku rusak",
    "tidak_berproduksi.rencana_mulai_lagi": "Agustus 2026", "tidak_berproduksi.penanda_tangan": "Sudarmo",
}  # fmt: skip


def letter(draft: Draft) -> Letter:
    return statement(walk(FORM, draft, TODAY), TODAY)


def test_bu_sitis_letter_names_her_firm_her_number_and_the_period() -> None:
    found = letter(begun("mesin", SIGNED))
    assert (found.judul, found.nomor) == ("SURAT PERNYATAAN", "001/SP/2026")
    assert found.kop == ("Tempe Bu Siti", "Jl. Melati", "Kabupaten Tulungagung, Jawa Timur", "NIB CONTOH")
    assert dict(found.identitas)["Nama"] == "Siti Aminah"
    assert (found.jabatan, found.penanda_tangan) == ("Pemilik", "Siti Aminah")
    assert found.tempat_tanggal == "Kabupaten Tulungagung, 3 Juli 2026"
    assert "Januari - Juni 2026" in found.isi[0]
    assert "Semester Ganjil Tahun 2026" in found.isi[0]


def test_it_declares_the_report_true_to_the_real_condition_and_calls_itself_a_draft() -> None:
    found = letter(begun("mesin", SIGNED))
    assert "sesuai dengan kondisi perusahaan yang sebenarnya" in found.isi[0]
    assert "DRAF" in found.catatan
    assert "dicetak dari menu Cetak Surat Pernyataan" in found.catatan
    assert len(found.catatan) <= 250
    assert "meterai" not in repr(found).casefold()


def test_cv_and_pt_stand_before_the_name_once() -> None:
    for name, form, spelled in (("Maju Jaya", "CV", "CV Maju Jaya"), ("CV Maju Jaya", "CV", "CV Maju Jaya"),
                                ("Tempe Bu Siti", "Perorangan", "Tempe Bu Siti")):  # fmt: skip
        firm = {**SIGNED, "perusahaan.nama": name, "perusahaan.badan_usaha": form}
        assert letter(begun("mesin", firm)).kop[0] == spelled


def test_what_is_not_known_yet_is_left_for_the_pen() -> None:
    found = letter(Draft())
    assert (found.nomor, found.penanda_tangan, found.kop) == ("", "", ())
    assert "…" in found.isi[0]
    assert "None" not in repr(replace(found, lampiran=()))


def test_no_production_is_told_to_the_head_of_pusdatin_in_place_of_a_report() -> None:
    found = letter(begun("tidak_berproduksi", IDLE))
    assert found.judul == "SURAT PEMBERITAHUAN TIDAK BERPRODUKSI"
    assert found.tujuan[0] == "Yth. Kepala Pusat Data dan Informasi"
    assert "1 Januari 2026 sampai dengan 30 Juni 2026" in found.isi[0]
    assert "Tungku rusak" in found.isi[0]
    assert "Agustus 2026" in found.isi[1]
    assert (found.penanda_tangan, found.jabatan, found.lampiran) == ("Sudarmo", "Pemilik", ())


def test_the_annex_has_each_section_but_the_letter_itself_numbered_as_in_the_form() -> None:
    titles = [table.title for table in annex(walk(FORM, begun("mesin", SIGNED), TODAY))]
    assert titles == [f"{n}. {section.title}" for n, section in enumerate(FORM.numbered[:-1], 1)]


def test_amounts_stand_in_figures_and_words() -> None:
    rows = annex(walk(FORM, begun("mesin", SIGNED), TODAY))[0].rows
    assert ("Nilai Mesin", "Rp18.500.000 (delapan belas juta lima ratus ribu rupiah)") in rows


def test_workers_are_summed_and_waters_say_yes_or_no_each() -> None:
    one, two = "tenaga_kerja.produksi.tetap.laki_laki", "tenaga_kerja.lainnya.tetap.perempuan"
    tables = annex(walk(FORM, begun("mesin", {
        **SIGNED, "tenaga_kerja.jenis": (one, two), one: 2, two: 1, "air_baku.sumber": ("air_tanah",)}), TODAY))  # fmt: skip
    assert tables[3].total == ("Jumlah tenaga kerja", "3 orang")
    assert tables[7].rows == (("Air Tanah", "Ya"), ("Perusahaan Penyedia Air", "Tidak"), ("Air Permukaan", "Tidak"))


def test_each_item_is_a_row_and_nothing_of_it_is_lost_where_columns_are_many() -> None:
    product: dict[str, Value] = {
        "produk": "Kopi", "kbli": "10761", "spesifikasi": "Arabika", "kode_hs": Mark.KOSONG, "satuan": "Kilogram",
        "nomor_sertifikat_halal": "ID1", "jumlah_satuan_asli": Decimal(3600), "jumlah_kg": Decimal(3600),
        "nilai": 522_000_000, "diekspor": "Ya", "ekspor_langsung": "Ya", "persentase_ekspor": Decimal(40),
        "negara_tujuan": ("Jepang", "Malaysia"),
    }  # fmt: skip
    table = annex(walk(FORM, begun("mesin", SIGNED, {"produksi": product}), TODAY))[5]
    assert len(table.rows) == 1
    assert table.columns[-1] == "Keterangan"
    row = "\n".join(table.rows[0])
    for shown in ("Kopi", "10761", "Arabika", "ID1", "3.600", "Rp522.000.000", "40%", "Jepang, Malaysia"):
        assert shown in row
    assert "Kode HS" not in row
