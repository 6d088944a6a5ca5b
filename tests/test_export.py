"""A report as data: the keys of the form, whole numbers and decimals as typed, only what applies and was answered."""

from decimal import Decimal

from conversations.answers import Answer, Mark, Paper, Place, Source, Ticking, Value
from conversations.draft import Draft
from conversations.export import Data, report
from conversations.route import walk
from tests.roads import FIRM, FORM, SCAN, TODAY, begun

PERIOD: dict[str, Value] = {"data_umum.periode_yang_dilaporkan": "Januari - Juni", "data_umum.tahun": 2026}


def export(draft: Draft) -> Data:
    return report(walk(FORM, draft, TODAY))


def of(section: str, answers: dict[str, Value]) -> object:
    return export(begun(section, {**PERIOD, **answers})).get(section)


def test_an_empty_report_says_that_it_is_not_complete_and_holds_no_section() -> None:
    assert export(Draft()) == {"lengkap": False, "periode": None}


def test_the_period_bears_the_names_of_siinas() -> None:
    assert export(begun("data_umum", PERIOD))["periode"] == {
        "tahun": 2026, "semester": 1, "rentang": "Januari - Juni 2026",
        "nama_di_daftar_siinas": "Semester Ganjil Tahun 2026", "nama_di_data_umum": "Semester 1 2026",
    }  # fmt: skip


def test_the_firm_is_exported_under_its_own_keys_without_the_consent() -> None:
    data = export(begun("data_umum", FIRM))
    assert data["perusahaan"] == {
        key.removeprefix("perusahaan."): list(value) if isinstance(value, tuple) else value
        for key, value in FIRM.items()
    }
    assert "persetujuan" not in data


def test_what_was_put_off_or_is_half_ticked_is_left_out_and_what_was_left_empty_is_null() -> None:
    assert of("data_khusus", {"data_khusus.nama_pemilik_penanda_tangan": Mark.NANTI}) is None
    assert of("air_baku", {"air_baku.sumber": Ticking(("air_tanah",))}) is None
    half = of("air_baku", {"air_baku.sumber": Ticking(("air_tanah",), ("air_permukaan",))})
    assert half == {"air_tanah": "Tidak", "perusahaan_penyedia_air": "Tidak", "air_permukaan": "Ya"}
    firm = export(begun("perusahaan", {"perusahaan.nib": Mark.KOSONG}))["perusahaan"]
    assert firm == {"nib": None}


def test_ticks_are_a_yes_or_no_each() -> None:
    fuels = of("bahan_bakar_pelumas", {"bahan_bakar_pelumas.jenis": ("bensin", "elpiji"),
                                       "bahan_bakar_pelumas.ukuran_elpiji": ("3 kg", "12 kg")})  # fmt: skip
    assert fuels == {
        "bensin": "Ya", "solar_diesel": "Tidak", "pelumas": "Tidak", "minyak_tanah": "Tidak", "elpiji": "Ya",
        "ukuran_elpiji": ["3 kg", "12 kg"], "bahan_bakar_lainnya": "Tidak", "deskripsi_bahan_bakar_lainnya": None,
    }  # fmt: skip


def test_rented_ground_and_kinds_of_workers_that_are_not_there_are_zeros() -> None:
    assert of("investasi", {"investasi.milik_sendiri": "Sewa / bukan milik sendiri"}) == {
        "nilai_tanah": 0, "nilai_bangunan": 0}  # fmt: skip
    cell = "tenaga_kerja.lainnya.tetap.laki_laki"
    workers = of("tenaga_kerja", {"tenaga_kerja.jenis": (cell,), cell: 1})
    nobody = {"laki_laki": 0, "perempuan": 0}
    assert workers == {
        "produksi": {"tetap": nobody, "tidak_tetap": nobody},
        "lainnya": {"tetap": {"laki_laki": 1, "perempuan": 0}, "tidak_tetap": nobody},
    }


def test_amounts_are_never_floats_and_whole_quantities_are_whole_numbers() -> None:
    row: dict[str, Value] = {"nama": "Ragi", "jumlah_dalam_negeri": Decimal("15.6"), "nilai_dalam_negeri": 10**15}
    data = export(begun("bahan_baku", PERIOD, {"bahan_baku": row}))
    assert data["bahan_baku"] == [row]
    row = {"nama": "Ragi", "jumlah_dalam_negeri": Decimal("7800.00")}
    rows = export(begun("bahan_baku", PERIOD, {"bahan_baku": row}))["bahan_baku"]
    assert isinstance(rows, list)
    assert repr(rows[0]["jumlah_dalam_negeri"]) == "7800"


def test_a_branch_that_is_closed_is_not_exported_and_its_answers_wait_in_the_draft() -> None:
    imported: dict[str, Value] = {"nama": "Biji", "impor_langsung": "Ya", "negara_asal": "Brasil"}
    draft = begun("bahan_baku", PERIOD, {"bahan_baku": imported})
    assert export(draft)["bahan_baku"] == [imported]
    place = Place("bahan_baku.impor_langsung", draft.items["bahan_baku"][0])
    closed = draft.with_answer(place, Answer("Tidak", Source.BUTTON))
    assert export(closed)["bahan_baku"] == [{"nama": "Biji", "impor_langsung": "Tidak"}]
    assert export(closed.with_answer(place, Answer("Ya", Source.BUTTON)))["bahan_baku"] == [imported]


def test_items_come_in_their_order_and_removed_ones_not_at_all() -> None:
    draft = begun("mesin", PERIOD, {"mesin": {"jenis_mesin": "Mixer"}}).with_item("mesin")
    second = draft.items["mesin"][1]
    draft = draft.with_answer(Place("mesin.jenis_mesin", second), Answer("Oven", Source.TYPED))
    assert export(draft)["mesin"] == [{"jenis_mesin": "Mixer"}, {"jenis_mesin": "Oven"}]
    assert export(draft.without_item("mesin", draft.items["mesin"][0]))["mesin"] == [{"jenis_mesin": "Oven"}]


def test_the_scan_is_told_without_its_file() -> None:
    data = export(
        begun("surat_pernyataan", {"surat_pernyataan.nomor": "1/2026", "surat_pernyataan.scan": Paper((SCAN,))})
    )
    assert data["surat_pernyataan"] == {
        "nomor": "1/2026", "scan_diunggah": True}  # fmt: skip
    assert SCAN.id not in repr(data)


def test_no_production_gives_its_dates_reason_and_signer() -> None:
    reason: dict[str, Value] = {f"tidak_berproduksi.{key}": value for key, value in (
        ("alasan", "Tungku rusak"), ("rencana_mulai_lagi", "Agustus"), ("penanda_tangan", "Sudarmo"))}  # fmt: skip
    data = export(begun("data_umum", {**FIRM, **PERIOD, "data_umum.berproduksi": "Tidak", **reason}))
    assert data["tidak_berproduksi"] == {
        "mulai": "2026-01-01", "sampai": "2026-06-30", "alasan": "Tungku rusak", "rencana_mulai_lagi": "Agustus",
        "penanda_tangan": "Sudarmo", "jabatan": "Pemilik",
    }  # fmt: skip
    assert data["lengkap"] is False
    assert "data_khusus" not in data
