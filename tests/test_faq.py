"""What owners ask in their own words, and the answer they get. Lines of the guide are named where a fact is from it."""

import re

import pytest

from conversations.faq import ENTRIES, search

ASKED = [
    ("tombol kirim kok ga ada", "tombol_kirim"),
    ("knp gabisa kirim laporan ya", "tombol_kirim"),
    ("tombol krim nya gak muncul2", "tombol_kirim"),
    ("hs nya apa ya bingung", "kode_hs"),
    ("kode hs keripik singkong berapa", "kode_hs"),
    ("wajib ga kode hs", "kode_hs"),
    ("lupa pasword", "lupa_sandi"),
    ("sandi siinas saya lupa bu", "lupa_sandi"),
    ("ga bisa login siinas", "masuk"),
    ("tombol perusahaan yg abu2 itu apa", "masuk"),
    ("blm punya akun siinas daftar dmn", "buat_akun"),
    ("telat lapor gimana", "terlambat"),
    ("saya belum pernah lapor dari tahun lalu masih bisa?", "terlambat"),
    ("dipabrik saya ga produksi 6 bln", "tidak_produksi"),
    ("pabrik tutup sejak januari tetap lapor?", "tidak_produksi"),
    ("usaha lagi vakum", "tidak_produksi"),
    ("salah ketik nol jadi 5 milyar lebih", "lima_miliar"),
    ("kok saya jadi industri menengah besar", "lima_miliar"),
    ("nilai mesin ditolak karena lebih kecil", "investasi_turun"),
    ("harga mesin yg dulu apa yg sekarang", "nilai_mesin"),
    ("nota mesin hilang", "nilai_mesin"),
    ("modal kerja tu apa", "modal_kerja"),
    ("PBSI blm valid", "pbsi"),
    ("izin belum divalidasi upp", "pbsi"),
    ("ambil data periode sebelumnya kok mati", "data_lama"),
    ("bisa copy data semester lalu ga", "data_lama"),
    ("periode laporannya tidak ketemu", "periode"),
    ("semester ganjil itu bulan apa", "periode"),
    ("kapan terakhir lapor", "batas_waktu"),
    ("deadline nya tgl brp", "batas_waktu"),
    ("kalo ga lapor kena denda ga", "sanksi"),
    ("ada sanksi gak", "sanksi"),
    ("laporan pembangunan atau produksi ya", "laporan_mana"),
    ("maklon tuh apaan", "maklon"),
    ("saya terima jahitan dari orang termasuk makloon?", "maklon"),
    ("kedele impor beli di koperasi masuk mana", "impor_koperasi"),
    ("bahan dari cina beli di toko", "impor_koperasi"),
    ("nilai produksi itu omset apa hpp", "nilai_produksi"),
    ("nilai barang pakai harga jual?", "nilai_produksi"),
    ("satuan papan gak ada di pilihan", "satuan"),
    ("kbli ku ga muncul", "kbli"),
    ("kbli nya tidak ada di pilihan", "kbli"),
    ("belum punya sertifikat halal", "halal"),
    ("no halal ga ada di daftar", "halal"),
    ("surat pernyataan bikinnya gmn", "surat"),
    ("ga punya cap stempel", "surat"),
    ("pake materai ga", "meterai"),
    ("matrei 10000 perlu?", "meterai"),
    ("cara uplod scan surat", "unggah"),
    ("ukuran file kebesaran", "unggah"),
    ("laporan sy dikembalikan", "koreksi"),
    ("traking pemrosesan dimana", "koreksi"),
    ("sudah terlanjur kirim tapi salah isi", "sudah_dikirim"),
    ("laporan yg sdh dikirim bisa diedit?", "sudah_dikirim"),
    ("bukti lapornya dmn", "status"),
    ("siinas eror terus", "helpdesk"),
    ("nomor wa petugas berapa", "helpdesk"),
    ("data saya aman ga", "data_aman"),
    ("ini penipuan bukan", "data_aman"),
    ("bot ini yg kirim laporannya?", "siapa_mengirim"),
    ("apa sudah otomatis terkirim", "siapa_mengirim"),
    ("tempat usaha ngontrak", "sewa"),
    ("rumah sewa nilai tanahnya diisi apa", "sewa"),
    ("istri bantu bantu dihitung karyawan?", "keluarga"),
    ("saya kerja sendirian", "keluarga"),
    ("karyawan keluar masuk", "pekerja"),
    ("buruh harian masuk mana", "pekerja"),
    ("listrik campur sama rumah", "listrik_rumah"),
    ("listriknya satu meteran dg rumah", "listrik_rumah"),
    ("pake token listrik ngitungnya gimana", "token"),
    ("struk token hilang", "token"),
    ("tidak punya mesin semua manual", "tanpa_mesin"),
    ("ga ada mesin cuma alat dapur", "tanpa_mesin"),
    ("gas melon masuk mana", "bahan_bakar"),
    ("sumur bor masuk air apa", "air"),
    ("kalo berhenti dulu jawaban hilang ga", "berhenti_dulu"),
    ("spesifikasi di isi apa", "spesifikasi"),
    ("kapasitas produksi maksudnya", "kapasitas"),
    ("jual per biji kilonya gimana", "kilogram"),
    ("SIINas minta SKKNI", "skkni"),
    ("skkni itu apa", "skkni"),
    ("kok kirimnya gak bisa diklik", "tombol_kirim"),
    ("berapa lama pbsi diperiksa", "pbsi"),
    ("lupa username siinas", "lupa_sandi"),
    ("bungkus ke kg gimana hitungnya", "kilogram"),
    ("siinas lemot banget", "helpdesk"),
    ("udah lewat bulan juli masih boleh lapor?", "terlambat"),
    ("sepi ga ada orderan 6 bulan", "tidak_produksi"),
    ("saya sendiri dihitung pekerja?", "keluarga"),
    ("ekspor lewat orang lain", "ekspor"),
    ("plastik kemasan ditulis juga?", "bahan_penolong"),
    ("alamat pabrik pindah", "data_perusahaan"),
    ("hapus data saya", "data_aman"),
]

OFF_TOPIC = [
    "", "   ", "???", "🙏🙏", "asdf qwer zxcv", "selamat pagi", "halo pak", "makasih banyak ya", "kapan hujan turun",
    "harga cabai di pasar", "siapa presiden sekarang", "resep rendang padang", "tidak", "ya", "18.500.000", "ok siap",
    "x" * 5000, "jadwal kereta ke surabaya", "' OR 1=1 --", "bagaimana", "laporan",
    "kapan lebaran", "cuaca besok", "kur bri syaratnya apa", "lowongan kerja", "harga emas hari ini",
]  # fmt: skip


@pytest.mark.parametrize(("asked", "answer"), ASKED)
def test_an_owners_own_words_find_the_answer_first_or_second(asked: str, answer: str) -> None:
    assert answer in [entry.id for entry in search(asked, limit=2)]


@pytest.mark.parametrize("asked", OFF_TOPIC)
def test_what_the_guide_does_not_answer_gets_no_answer(asked: str) -> None:
    assert [entry.id for entry in search(asked)] == []


def test_every_question_finds_itself_first() -> None:
    assert {entry.id: search(entry.question)[0].id for entry in ENTRIES} == {entry.id: entry.id for entry in ENTRIES}


def test_at_most_as_many_as_asked_for_and_never_twice() -> None:
    found = search("laporan produksi listrik mesin surat pernyataan", limit=3)
    assert len({entry.id for entry in found}) == len(found) <= 3
    assert len(search("tombol kirim tidak ada", limit=1)) == 1


def test_every_answer_is_short_and_says_where_it_is_from() -> None:
    assert len({entry.id for entry in ENTRIES}) == len(ENTRIES)
    for entry in ENTRIES:
        sentences = re.findall(r"[.?!](?:\s|$)", entry.answer)
        assert 2 <= len(sentences) <= 5, entry.id
        assert len(entry.answer) <= 350, entry.id
        assert re.search(r"L\d+|kami", entry.source), entry.id
        assert all(int(line) <= 1010 for line in re.findall(r"\d+", entry.source)), entry.id
        assert entry.question.endswith((".", "?"))


def test_what_the_guide_does_not_say_is_said_to_be_unknown() -> None:
    sanction = next(entry for entry in ENTRIES if entry.id == "sanksi")
    assert "kami tidak tahu" in sanction.answer
