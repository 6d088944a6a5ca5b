"""The checklist names exactly what is needed and open, in SIINas' own words, and leads to it."""

import pytest

from conversations.answers import Mark, Place, Value
from conversations.messages import On
from conversations.replies import Command, Pressed, Uploaded
from conversations.route import walk
from tests.owner import load
from tests.roads import FIRM, FORM, SCAN, TODAY, Person, begun

K = {
    "K1": "Data Khusus belum diisi secara lengkap",
    "K2": "Angka tenaga kerja tidak boleh 0 atau lebih dari 500.000",
    "K3": "Bahan baku belum terisi",
    "K4": "Data produksi belum diisi",
    "K5": "Belum Mengisi Kapasitas Produksi",
    "K6": "Mesin belum diisi",
    "K7": "Surat Pernyataan belum di upload",
}
GENERAL: dict[str, Value] = {
    "data_umum.periode_yang_dilaporkan": "Januari - Juni", "data_umum.tahun": 2026, "data_umum.berproduksi": "Ya",
    "data_umum.pernah_lapor": "Tidak", "data_umum.nilai_mesin": 18_500_000, "data_umum.nilai_lainnya": 0,
    "data_umum.modal_kerja": 19_000_000, "data_umum.menggunakan_jasa_maklon": "Tidak",
    "data_umum.menyediakan_jasa_maklon": "Tidak",
}  # fmt: skip
MEN, WOMEN = "tenaga_kerja.produksi.tetap.laki_laki", "tenaga_kerja.produksi.tetap.perempuan"


def bu_siti(section: str, answers: dict[str, Value] | None = None) -> Person:
    return Person(begun(section, {**FIRM, **GENERAL, **(answers or {})}))


def official(person: Person) -> list[str]:
    """SIINas' own lines on the screen, in order."""
    return [line for line in person.lines() if line in K.values()]


def test_a_draft_with_data_umum_only_shows_all_seven_lines_of_siinas() -> None:
    assert official(bu_siti("data_khusus")) == load("draf_kosong")["diharapkan"]["baris_kirim_laporan_yang_kurang"]
    assert official(bu_siti("data_khusus")) == list(K.values())


STEPS = (
    ("data_khusus", ["Siti Aminah", "Perempuan", "SMA"], "K1"),
    ("tenaga_kerja", ["Produksi Tetap Perempuan", "2"], "K2"),
    ("kapasitas_produksi", ["Tempe", "lewati", "Kilogram", "500", "sudah semua"], "K5"),
    ("produksi", ["Tempe", "Papan", "lewati", "400", "5 juta", "tidak", "sudah semua"], "K4"),
    ("bahan_baku", ["Kedelai", "Kuning", "Kilogram", "tidak", "400", "4 juta", "sudah semua"], "K3"),
    ("mesin", ["Dandang", "2021", "2", "Milik Sendiri", "sudah semua"], "K6"),
    ("surat_pernyataan", ["001/SP/2026"], "K7"),
)  # fmt: skip


def test_a_line_goes_with_its_last_answer_and_not_before() -> None:
    siti = bu_siti("data_khusus")
    left = list(K.values())
    for section, texts, line in STEPS:
        siti.does(Pressed(siti_opens(siti, section)))
        for text in texts:
            if text != "sudah semua":
                assert K[line] in official(siti), (siti.asked, text)
                siti.says(text)
        if section == "surat_pernyataan":
            siti.does(Uploaded(SCAN))
        left.remove(K[line])
        assert official(siti) == left
    assert siti.value("kapasitas_produksi.kapasitas_kg", siti.draft.items["kapasitas_produksi"][0]) == 3000
    ours = [line.split(":")[0] for line in siti.lines()]
    assert ours == ["Investasi", "Air Baku", "Penggunaan Bahan Bakar dan Pelumas"]
    for section, texts in (("investasi", ["sewa"]), ("air_baku", ["sumur"]),
                           ("bahan_bakar_pelumas", ["bensin", "Tidak memakai PLN"])):  # fmt: skip
        siti.does(Pressed(siti_opens(siti, section)))
        for text in texts:
            siti.says(text)
    assert siti.lines() == []
    assert "Semua isian sudah lengkap. Tidak ada yang kurang." in siti.does(Command("periksa"))
    assert "BELUM terkirim" in siti.does(Command("periksa"))


def siti_opens(person: Person, section: str) -> On:
    """The checklist's button for this section."""
    person.does(Command("periksa"))
    effect = person.button(f"Isi: {FORM.section(section).title}")
    assert isinstance(effect, On)
    return effect


def test_each_button_of_the_checklist_leads_to_the_first_missing_question_of_its_line() -> None:
    for section, _, _ in STEPS:
        siti = bu_siti("data_khusus")
        effect = siti_opens(siti, section)
        siti.does(Pressed(effect))
        stops = walk(FORM, siti.draft, TODAY).stops
        first = next(stop.place for stop in stops if stop.section.key == section and stop.missing)
        assert siti.messages[-1].place == effect.place == first


def test_a_question_put_off_is_listed_and_comes_back_from_there_with_the_others_kept() -> None:
    siti = bu_siti("data_khusus")
    siti.says("Siti")
    siti.taps("Nanti saja")
    assert siti.asked != "data_khusus.jenis_kelamin"
    assert K["K1"] in official(siti)
    siti.does(Pressed(siti_opens(siti, "data_khusus")))
    assert siti.asked == "data_khusus.jenis_kelamin"
    siti.says("Perempuan")
    siti.says("SMA")
    assert K["K1"] not in official(siti)
    assert siti.value("data_khusus.nama_pemilik_penanda_tangan") == "Siti"


def test_a_whole_group_put_off_comes_back_with_its_first_question() -> None:
    siti = bu_siti("mesin")
    siti.taps("Nanti saja")
    assert K["K6"] in official(siti)
    siti.does(Pressed(siti_opens(siti, "mesin")))
    assert siti.asked == "mesin.jenis_mesin"


def test_a_capacity_that_was_given_meets_its_line_although_the_month_was_put_off() -> None:
    siti = bu_siti("kapasitas_produksi")
    for text in ("Tempe", "lewati", "Kilogram", "nanti"):
        siti.says(text)
    item = siti.draft.items["kapasitas_produksi"][0]
    for key in ("kapasitas_satuan_asli", "kapasitas_kg"):
        siti.does(Pressed(On("buka", Place(f"kapasitas_produksi.{key}", item))))
        siti.says("3000")
    assert siti.value("kapasitas_produksi.kapasitas_kg", item) == 3000
    assert K["K5"] not in official(siti)


@pytest.mark.parametrize(("men", "women", "listed"), [
    (1, 0, False), (0, 0, True), (500_000, 0, False), (500_000, 1, True), (250_001, 250_000, True)])  # fmt: skip
def test_the_line_on_workers_stands_at_none_and_above_five_hundred_thousand(
    men: int, women: int, listed: bool
) -> None:
    cells: dict[str, Value] = {"tenaga_kerja.jenis": (MEN, WOMEN), MEN: men, WOMEN: women}
    assert (K["K2"] in official(bu_siti("investasi", cells))) == listed


def test_the_line_on_workers_leads_to_them_when_only_the_total_is_wrong() -> None:
    siti = bu_siti("investasi", {"tenaga_kerja.jenis": (MEN, WOMEN), MEN: 0, WOMEN: 0,
                                 "tenaga_kerja.sertifikasi.skkni": Mark.KOSONG,
                                 "tenaga_kerja.sertifikasi.bukan_skkni": Mark.KOSONG})  # fmt: skip
    siti.does(Pressed(siti_opens(siti, "tenaga_kerja")))
    assert siti.asked.startswith("tenaga_kerja.")


def test_the_last_count_that_makes_the_total_wrong_is_refused_in_the_words_of_siinas() -> None:
    for first, second in (("0", "0"), ("500.000", "1")):
        siti = bu_siti("tenaga_kerja")
        siti.says("Produksi Tetap Laki-Laki, Produksi Tetap Perempuan")
        siti.says(first)
        assert K["K2"] in siti.says(second)
        assert siti.asked == WOMEN


def test_a_branch_that_is_closed_leaves_the_checklist_and_comes_back_with_its_answers() -> None:
    siti = bu_siti("bahan_baku")
    for text in ("Kedelai", "Kuning", "Kilogram", "ya", "0", "0", "lewati", "500"):
        siti.says(text)
    item = siti.draft.items["bahan_baku"][0]
    siti.does(Pressed(On("buka", Place("bahan_baku.impor_langsung", item))))
    siti.says("tidak")
    open_now = {stop.place.question for stop in walk(FORM, siti.draft, TODAY).stops}
    assert "bahan_baku.negara_asal" not in open_now
    assert siti.value("bahan_baku.jumlah_luar_negeri", item) == 500
    siti.does(Pressed(On("buka", Place("bahan_baku.impor_langsung", item))))
    siti.says("ya")
    assert siti.asked == "bahan_baku.nilai_luar_negeri"


def test_nothing_from_home_is_open_again_once_the_import_is_denied() -> None:
    siti = bu_siti("bahan_baku")
    for text in ("Kedelai", "Kuning", "Kilogram", "ya", "0", "0"):
        siti.says(text)
    item = siti.draft.items["bahan_baku"][0]
    siti.does(Pressed(On("buka", Place("bahan_baku.impor_langsung", item))))
    siti.says("tidak")
    assert K["K3"] in official(siti)


def test_a_permit_that_is_not_valid_stays_on_the_screen() -> None:
    for state, waits in (("Ya", False), ("Belum", True), ("Tidak tahu", True)):
        said = bu_siti("mesin", {"perusahaan.pbsi_valid": state}).does(Command("periksa"))
        assert ("PBSI" in said) == waits
