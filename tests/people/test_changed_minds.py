"""People who take things back: export, a product, a message, everything."""

from tests.chat import World
from tests.owner import Owner, load
from tests.people.person import MACHINES, arrives

NO_EXPORT = {"ekspor_langsung", "persentase_ekspor", "negara_tujuan"}


async def test_export_taken_back_at_the_end_hides_its_answers_and_brings_them_back(world: World) -> None:
    sari = await arrives(world, "Bagian 7 dari 11", "kopi", owner=Owner)
    first = (await sari.data())["produksi"][0]
    assert first.keys() >= NO_EXPORT
    await sari.says("/ubah")
    await sari.taps_on("Produksi")
    await sari.taps_on("Ubah 1. Kopi sangrai biji")
    await sari.taps_on("Ubah Apakah Produk Ini Diekspor?")
    await sari.taps("Tidak")
    assert not (await sari.data())["produksi"][0].keys() & NO_EXPORT
    assert "Data produksi belum diisi" not in await sari.says("/periksa")
    await sari.taps_on("Ubah Apakah Produk Ini Diekspor?")
    await sari.taps("Ya")
    assert (await sari.data())["produksi"][0] == first
    assert "Data produksi belum diisi" not in await sari.says("/periksa")
    sari.keeps("ekspor")


async def test_the_wrong_material_is_deleted_and_comes_back_to_its_place(world: World) -> None:
    sari = await arrives(world, "2. Ragi tempe")
    before = (await sari.data())["bahan_baku"]
    await sari.taps("Ubah / hapus")
    await sari.taps_on("Ubah 1. Kedelai")
    await sari.taps_on("Hapus")
    await sari.taps_on("Ya, hapus Kedelai")
    assert [row["nama"] for row in (await sari.data())["bahan_baku"]] == ["Ragi tempe"]
    assert "1. Kedelai\n2. Ragi tempe" in await sari.taps_on("Kembalikan Kedelai")
    assert (await sari.data())["bahan_baku"] == before
    sari.keeps("salah_hapus")


async def test_an_edited_message_changes_exactly_its_answer_and_a_bad_edit_changes_nothing(world: World) -> None:
    sari = await arrives(world, MACHINES)
    await sari.says("18 juta")
    await sari.says("15 juta")
    message = sari.mine("18 juta")
    assert "dari Rp18.000.000 menjadi Rp19.000.000" in await sari.edits(message, "19 juta")
    assert "Nilai Mesin tetap Rp19.000.000" in await sari.edits(message, "banyak")
    await sari.edits(message, "50M")
    assert {"Rp50.000.000.000", "Rp50.000.000"} <= sari.buttons().keys()
    assert "Nilai Mesin tetap Rp19.000.000" in sari.text
    await sari.taps("Rp50.000.000")
    kept = (await sari.data())["data_umum"]
    assert (kept["nilai_mesin"], kept["nilai_lainnya"]) == (50_000_000, 15_000_000)
    assert sari.label == "Modal Kerja"
    sari.keeps("pesan_diubah")


async def test_an_edit_of_the_period_into_the_future_is_refused(world: World) -> None:
    sari = await arrives(world, "Laporan untuk bulan apa?")
    await sari.says("Juli - Desember 2025")
    said = await sari.edits(sari.mine("Juli - Desember 2025"), "Juli - Desember 2027")
    assert "belum selesai" in said
    assert (await sari.data())["data_umum"]["tahun"] == 2025


async def test_kembali_kembali_kembali_shows_each_answer_and_changes_none(world: World) -> None:
    sari = await arrives(world, "Bagian 2 dari 11")
    before = await sari.data()
    for _ in range(4):
        assert "Jawaban sekarang:" in await sari.taps("Kembali")
    await sari.says("/lanjut")
    assert await sari.data() == before
    sari.keeps("kembali")


async def test_who_deletes_everything_starts_again_as_a_stranger(world: World) -> None:
    sari = await arrives(world, "Bagian 2 dari 11")
    await sari.says("/hapus")
    assert "sudah dihapus" in await sari.taps("Ya, hapus semuanya")
    assert "Anda setuju?" in await sari.says("18 juta")
    await sari.taps("Setuju")
    assert "Tempe" not in str(await sari.data())
    await Owner(sari, load("tempe")).fills_in(until=MACHINES)
    sari.keeps("hapus")


async def test_a_name_full_of_signs_is_kept_and_shown_as_it_was_typed(world: World) -> None:
    name = '<b>Tempe</b> & "Enak" #read("x") 🌶️'
    sari = await arrives(world, "Apa nama usaha Anda")
    assert name in await sari.says(name)
    await sari.says("🌶️🌶️")
    assert (await sari.data())["perusahaan"]["nama"] == name
    sari.keeps("tanda")


async def test_nanti_saja_everywhere_ends_in_a_checklist_that_leads_back(world: World) -> None:
    sari = await arrives(world, MACHINES)
    for _ in range(60):
        if "Nanti saja" not in sari.buttons():
            break
        await sari.taps("Nanti saja")
    assert "Pemeriksaan laporan" in sari.text
    await sari.taps("Isi: Data Umum")
    assert sari.label == "Nilai Mesin"
    await sari.says("18 juta")
    assert sari.label == "Nilai Lainnya"
    assert "bahan_baku" not in await sari.data()
    sari.keeps("nanti_saja")


async def test_tidak_tahu_everywhere_is_never_an_answer_and_the_checklist_knows_it_all(world: World) -> None:
    sari = await arrives(world, "Apa nama usaha Anda")
    for _ in range(60):
        if "Pemeriksaan laporan" in sari.text:
            break
        asked = sari.text.split("\n\n")[0]
        await sari.says("tidak tahu")
        assert sari.text.split("\n\n")[0] != asked, "stuck"
    assert "tidak tahu" not in str(await sari.data())
    await sari.says("/periksa")
    await sari.taps("Isi: Data Khusus")
    await sari.says("Siti Aminah")
    await sari.says("perempuan")
    await sari.says("SMA/Sederajat")
    assert "Data Khusus belum diisi" not in await sari.says("/periksa")
    sari.keeps("tidak_tahu")
