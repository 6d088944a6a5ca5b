"""What a turn does: consent first, edits and old buttons, things that are no answer, items, and where it ends."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conversations.answers import Mark, Place, Ticking, Value
from conversations.draft import Draft, Past
from conversations.messages import InGroup, On, Put
from conversations.replies import Again, Command, Edited, Other, Pressed, Refused, Reply, Typed, Uploaded
from tests.roads import FIRM, SCAN, Person, begun

PERIOD: dict[str, Value] = {"data_umum.periode_yang_dilaporkan": "Januari - Juni", "data_umum.tahun": 2026}
WORKING: dict[str, Value] = {**PERIOD, "data_umum.berproduksi": "Ya", "data_umum.pernah_lapor": "Tidak"}


def bu_sari(section: str, answers: dict[str, Value] | None = None) -> Person:
    return Person(begun(section, answers))


def with_mixer(person: Person, name: str = "Mixer") -> str:
    """The item that Pak Budi described."""
    for text in (name, "2022", "1", "Sewa"):
        person.says(text)
    return person.draft.items["mesin"][-1]


@pytest.mark.parametrize("reply", [
    Typed("Sari"), Typed("nanti"), Typed("3201010101010001"), Command("periksa"), Command("ubah"), Command("surat"),
    Uploaded(SCAN), Other("stiker"), Refused("BROKEN"), Edited(7, "Sari"), Again(), Pressed(None),
    Pressed(On("nanti", Place("persetujuan.setuju"))), Pressed(On("kembali", Place("persetujuan.setuju"))),
    Pressed(Put(Place("data_khusus.nama_pemilik_penanda_tangan"), "Sari")), Pressed(InGroup("tambah", "mesin")),
    Pressed(On("isi", Place("data_khusus.jenis_kelamin"))),
], ids=repr)  # fmt: skip
def test_before_consent_only_consent_is_asked_and_nothing_is_kept(reply: Reply) -> None:
    sari = Person(Draft("sari"))
    sari.does(reply)
    assert sari.asked == "persetujuan.setuju"
    assert dict(sari.draft.answers) == {}
    assert dict(sari.draft.items) == {}


def test_an_old_button_changes_just_the_answer_it_carries() -> None:
    sari = bu_sari("data_khusus")
    sari.says("Sari")
    old = sari.button("Perempuan")
    sari.taps("Laki-laki")
    sari.taps("SMA")
    before = dict(sari.draft.answers)
    sari.does(Pressed(old))
    changed = {place: answer.value for place, answer in sari.draft.answers.items() if answer != before[place]}
    assert changed == {Place("data_khusus.jenis_kelamin"): "Perempuan"}
    once = sari.draft
    sari.does(Pressed(old))
    assert sari.draft == once


def test_a_button_of_another_report_and_one_without_meaning_change_nothing() -> None:
    sari = bu_sari("data_khusus")
    sari.says("Sari")
    before = sari.draft
    assert "laporan lain" in sari.does(Pressed(sari.button("Perempuan"), stale=True))
    assert "tidak berlaku" in sari.does(Pressed(None))
    assert "tidak perlu dijawab" in sari.does(Pressed(On("buka", Place("bahan_baku.negara_asal"))))
    assert sari.does(Again()).startswith("Bagian 2 dari 11")
    assert sari.draft == before


def test_each_unreadable_answer_is_met_in_other_words_and_with_other_ways_on() -> None:
    sari = bu_sari("data_umum", WORKING)
    heard = [sari.says("banyak sekali").splitlines() for _ in range(5)]
    asked = set.intersection(*map(set, heard))
    for three in zip(heard, heard[1:], heard[2:], strict=False):
        assert set(three[0]) & set(three[1]) & set(three[2]) - asked == set()
    sari.button("Tanya petugas")
    assert sari.value("data_umum.nilai_mesin") is None


@pytest.mark.parametrize(("section", "text"), [("data_umum", "banyak sekali"), ("data_umum", "5"), ("mesin", "!!!")])
def test_no_reply_is_said_three_times_in_a_row(section: str, text: str) -> None:
    budi = bu_sari(section, WORKING)
    if section == "mesin":
        with_mixer(budi)
    ends = [budi.says(text).splitlines()[-1] for _ in range(3)]
    assert len(set(ends)) > 1, ends


@pytest.mark.parametrize(
    "text", ["3201010101010001", "3201 0101 0101 0001", "09.254.294.3-407.000", "password: rahasia"]
)
def test_numbers_of_a_person_and_passwords_are_refused_and_not_kept(text: str) -> None:
    sari = bu_sari("data_khusus")
    assert "tidak diperlukan" in sari.says(text)
    sari.says("Sari")
    assert "tidak diperlukan" in sari.does(Edited(sari.ids, text))
    assert text not in repr(sari.draft)
    assert "tidak diperlukan" in bu_sari("data_umum", WORKING).says(text)


def test_a_text_when_nothing_is_open_says_so() -> None:
    sari = bu_sari("perusahaan", {"perusahaan.tahap": "Tahap Pembangunan"})
    before = sari.draft
    assert "tidak menunggu jawaban" in sari.says("halo")
    assert sari.draft == before


def test_kembali_twice_goes_back_two_questions_and_the_answers_stay() -> None:
    sari = bu_sari("data_khusus")
    for text in ("Sari", "Perempuan"):
        sari.says(text)
    sari.taps("Kembali")
    assert sari.asked == "data_khusus.jenis_kelamin"
    assert "Jawaban sekarang: Sari" in sari.taps("Kembali")
    sari.says("Sari Dewi")
    assert sari.asked == "data_khusus.tingkat_pendidikan"
    assert sari.value("data_khusus.jenis_kelamin") == "Perempuan"


def test_kembali_behind_a_group_that_was_put_off_opens_its_first_question() -> None:
    budi = bu_sari("mesin", PERIOD)
    budi.taps("Nanti saja")
    budi.draft = budi.draft._replace(focus=begun("surat_pernyataan").focus)
    budi.does(Again())
    budi.taps("Kembali")
    assert budi.asked == "mesin.jenis_mesin"


def test_a_text_answers_a_question_of_ticks_and_replaces_half_made_ones() -> None:
    sari = bu_sari("air_baku")
    for press in [sari.button("☐ Air Permukaan")] * 2:
        sari.does(Pressed(press))
    for press in [sari.button("☑ Air Permukaan")] * 2:
        sari.does(Pressed(press))
    assert sari.value("air_baku.sumber") == Ticking(())
    sari.says("sumur dan pdam")
    assert sari.value("air_baku.sumber") == ("air_tanah", "perusahaan_penyedia_air")


def test_ones_own_message_edited_changes_that_answer_and_says_both() -> None:
    sari = bu_sari("data_umum", WORKING)
    sari.says("18,5 juta")
    sari.says("14 juta")
    said = sari.does(Edited(1, "19,5 juta"))
    assert "dari Rp18.500.000 menjadi Rp19.500.000" in said
    assert (sari.value("data_umum.nilai_mesin"), sari.value("data_umum.nilai_lainnya")) == (19_500_000, 14_000_000)
    assert sari.asked == "data_umum.modal_kerja"
    sari.does(Edited(1, "entah"))
    sari.does(Edited(99, "5 juta"))
    assert sari.value("data_umum.nilai_mesin") == 19_500_000


@pytest.mark.parametrize(("first", "then", "kept"), [
    ("Januari - Juni 2026", "Juli - Desember 2025", ("Juli - Desember", 2025)),
    ("Juli - Desember 2025", "Januari - Juni 2026", ("Januari - Juni", 2026)),
    ("Januari - Juni 2026", "Januari - Juni 2027", ("Januari - Juni", 2026)),
])  # fmt: skip
def test_the_period_changes_with_its_year_by_edit_and_by_button(first: str, then: str, kept: tuple[str, int]) -> None:
    for edit in (True, False):
        sari = bu_sari("data_umum")
        sari.says(first)
        if edit:
            sari.does(Edited(1, then))
        else:
            sari.taps("Ubah jawaban tadi")
            sari.says(then)
        assert (sari.value("data_umum.periode_yang_dilaporkan"), sari.value("data_umum.tahun")) == kept, edit


def test_a_town_edited_brings_its_province_along() -> None:
    firm: dict[str, Value] = {f"perusahaan.{key}": "CV" for key in ("nama", "badan_usaha", "alamat_pabrik")}
    sari = bu_sari("perusahaan", {"perusahaan.tahap": "Tahap Produksi", **firm})
    sari.says("Tulungagung")
    sari.does(Edited(1, "Denpasar"))
    assert [sari.value(f"perusahaan.{key}") for key in ("kabupaten_kota", "provinsi", "zona_waktu")] == [
        "Kota Denpasar", "Bali", "WITA"]  # fmt: skip


@pytest.mark.parametrize("text", ["Juli - Desember 2026", "Januari - Juni 2027", "Januari - Juni 2018"])
def test_a_period_not_ended_or_before_2019_is_refused_with_its_year(text: str) -> None:
    sari = bu_sari("data_umum")
    sari.says(text)
    assert sari.asked == "data_umum.periode_yang_dilaporkan"
    assert sari.value("data_umum.tahun") is None


def test_the_last_day_of_a_period_is_too_early_and_the_next_day_is_not() -> None:
    for today, taken in ((date(2026, 6, 30), False), (date(2026, 7, 1), True)):
        sari = Person(begun("data_umum"), today)
        sari.says("Januari - Juni 2026")
        assert (sari.value("data_umum.tahun") == 2026) == taken


def test_a_period_that_has_a_report_is_neither_offered_nor_taken() -> None:
    sari = Person(begun("data_umum")._replace(past=(Past("2026-1"),)))
    assert "sudah ada" in sari.says("Januari - Juni 2026")
    assert sari.value("data_umum.tahun") is None
    assert not [b for m in sari.messages for row in m.buttons for b in row if "Juni 2026" in b.words.plain()]


def test_investment_below_the_last_report_is_refused_with_both_numbers() -> None:
    sari = bu_sari("data_umum", {**WORKING, "data_umum.pernah_lapor": "Ya",
                                 "data_umum.periode_sebelumnya.nilai_mesin": 16_000_000,
                                 "data_umum.periode_sebelumnya.nilai_lainnya": Mark.KOSONG})  # fmt: skip
    said = sari.says("15.999.999")
    assert "Rp16.000.000" in said
    assert "Rp15.999.999" in said
    assert sari.asked == "data_umum.nilai_mesin"
    sari.says("16 juta")
    assert sari.asked == "data_umum.nilai_lainnya"


@pytest.mark.parametrize(("capital", "next_key"), [("4.900.000.000", "data_umum.menggunakan_jasa_maklon"),
                                                   ("4.900.000.001", "data_umum.yakin_di_atas_5_miliar")])  # fmt: skip
def test_five_miliar_goes_on_and_one_rupiah_more_asks_about_the_zeros(capital: str, next_key: str) -> None:
    fixed: dict[str, Value] = {"data_umum.nilai_mesin": 60_000_000, "data_umum.nilai_lainnya": 40_000_000}
    sari = bu_sari("data_umum", {**FIRM, **WORKING, **fixed})
    sari.says(capital)
    assert sari.asked == next_key
    if next_key.endswith("5_miliar"):
        assert "Industri Menengah Besar" in sari.taps("Ya, semua sudah benar")
        assert sari.asked == ""
        sari.taps("Ubah Modal Kerja")
        sari.says("19 juta")
        assert sari.asked == "data_umum.menggunakan_jasa_maklon"


def test_the_other_endings_say_why_and_can_be_left_again() -> None:
    sari = bu_sari("perusahaan")
    assert "Tahap Pembangunan" in sari.taps("Belum jalan")
    assert "lengkap" not in sari.does(Command("periksa"))
    sari.taps("Ubah Laporan yang mana?")
    sari.taps("Sudah jalan")
    assert sari.asked == "perusahaan.nama"
    darmo = bu_sari("data_umum", PERIOD)
    darmo.taps("Tidak ada sama sekali")
    darmo.draft = darmo.draft._replace(focus=begun("tidak_berproduksi").focus)
    darmo.does(Again())
    for text in ("Tungku rusak", "Februari 2027", "Sudarmo"):
        darmo.says(text)
    assert darmo.value("tidak_berproduksi.penanda_tangan") == "Sudarmo"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["data_khusus", "air_baku", "mesin", "bahan_bakar_pelumas"]))
def test_any_text_gets_an_answer_and_the_open_question_again(text: str, section: str) -> None:
    sari = bu_sari(section, PERIOD)
    assert sari.says(text)
    assert sari.messages[-1].place
