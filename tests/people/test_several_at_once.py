"""Two answers in one message, three messages in one breath, two people, three products, fifty materials."""

from copy import deepcopy

from tests.chat import World
from tests.owner import Owner, answers_of, load, report_of
from tests.people.person import MACHINES, Person, arrives


async def test_two_lines_answer_two_questions_and_a_bad_second_line_is_named(world: World) -> None:
    sari = await arrives(world, MACHINES)
    await sari.says("18 juta\n15 juta")
    kept = (await sari.data())["data_umum"]
    assert (kept["nilai_mesin"], kept["nilai_lainnya"]) == (18_000_000, 15_000_000)
    said = await sari.says("19 juta\nentahlah\ntidak")
    assert "Baris ke-2 dan 1 baris sesudahnya belum saya simpan." in said
    kept = (await sari.data())["data_umum"]
    assert kept["modal_kerja"] == 19_000_000
    assert "menggunakan_jasa_maklon" not in kept
    sari.keeps("dua_baris")


async def test_an_address_of_three_lines_stays_one_answer(world: World) -> None:
    sari = await arrives(world, "Di mana tempat produksinya?")
    await sari.says("Jl. Melati RT 02/RW 05\nDesa Kacangan\nNgunut")
    firm = (await sari.data())["perusahaan"]
    assert firm["alamat_pabrik"] == "Jl. Melati RT 02/RW 05 Desa Kacangan Ngunut"
    assert "kabupaten_kota" not in firm


async def test_three_messages_in_one_breath_answer_only_the_question_that_was_there(world: World) -> None:
    child = await arrives(world, MACHINES)
    await child.types_at_once("18 juta", "maaf, 19 juta", "20 juta")
    kept = (await child.data())["data_umum"]
    assert kept["nilai_mesin"] == 18_000_000
    assert "nilai_lainnya" not in kept
    assert child.label == "Nilai Lainnya"
    assert child.lines[-3].count("belum saya simpan") == 2
    await child.says("20 juta")
    assert (await child.data())["data_umum"]["nilai_lainnya"] == 20_000_000
    child.keeps("anak_cepat")


async def test_sari_and_pak_budi_never_mix(world: World) -> None:
    sari = await arrives(world, MACHINES)
    budi = await arrives(world, MACHINES, "kopi", user_id=8, name="Pak Budi")
    budi.lines = sari.lines
    await sari.says("18 juta")
    await budi.says("300 juta")
    await sari.says("15 juta")
    await budi.says("150 juta")
    hers, his = await sari.data(), await budi.data()
    assert (hers["data_umum"]["nilai_mesin"], his["data_umum"]["nilai_mesin"]) == (18_000_000, 300_000_000)
    assert hers["perusahaan"]["nama"] == load("tempe")["profil"]["nama_perusahaan"]
    assert his["perusahaan"]["nama"] == load("kopi")["profil"]["nama_perusahaan"]
    world.telegram.taps(8, budi.last["message_id"], sari.buttons()["Nanti saja"], unchecked=True)
    await world.settle()
    assert "laporan lain, jadi tidak ada yang berubah" in budi.text
    assert (await budi.data(), await sari.data()) == (his, hers)
    sari.keeps("dua_orang")


async def test_capitals_are_read_like_small_letters(world: World) -> None:
    sari = Person(world)
    await sari.says("/MULAI")
    for text in ("SETUJU", "SUDAH JALAN, IZIN BERLAKU", "TEMPE BU SITI", "PERORANGAN", "JL. MELATI 2",
                 "KABUPATEN TULUNGAGUNG", "LEWATI", "10391", "TIDAK PUNYA", "PEMILIK", "SUDAH VALID",
                 "JANUARI - JUNI 2026", "ADA PRODUKSI", "BELUM", "18 JUTA"):  # fmt: skip
        await sari.says(text)
    kept = await sari.data()
    assert kept["perusahaan"]["badan_usaha"] == "Perorangan"
    assert kept["perusahaan"]["kabupaten_kota"] == "Kabupaten Tulungagung"
    assert kept["perusahaan"]["provinsi"] == "Jawa Timur"
    assert kept["data_umum"]["nilai_mesin"] == 18_000_000
    sari.keeps("huruf_besar")


async def test_three_products_and_two_purposes_come_out_as_they_went_in(world: World) -> None:
    scenario = load("konveksi")
    capacity, made = scenario["kapasitas_produksi"], scenario["produksi"]
    capacity.append({**capacity[1], "produk": "Celana training"})
    made.append({**made[1], "produk": "Celana training", "spesifikasi": "Diadora, M, L, XL"})
    made.append({**deepcopy(made[0]), "tujuan_produksi": "Diproduksi untuk kebutuhan sendiri",
                 "jumlah_satuan_asli": 100, "jumlah_kg": 18, "nilai": 750_000})  # fmt: skip
    sari = await arrives(world, "Bagian 7 dari 11", scenario, owner=Owner)
    kept, wanted = answers_of(await sari.data()), report_of(scenario)
    assert kept["kapasitas_produksi"] == wanted["kapasitas_produksi"]
    assert kept["produksi"] == wanted["produksi"]
    assert [row["tujuan_produksi"] for row in kept["produksi"] if row["produk"] == "Kaos oblong"] == [
        "Diproduksi untuk kebutuhan makloon", "Diproduksi untuk kebutuhan sendiri"]  # fmt: skip


async def test_fifty_materials_can_all_be_seen_and_changed(world: World) -> None:
    sari = await arrives(world, "Bahan apa yang dipakai?")
    for number in range(1, 51):
        await sari.says(f"Bahan {number}\nbiasa\nkilogram\ntidak\n{number}\n{number}.000.000")
    assert "50. Bahan 50" in sari.text
    sari.lines.clear()
    await sari.taps("Ubah / hapus")
    await sari.taps_on("Ubah 50. Bahan 50")
    await sari.taps_on("Ubah Spesifikasi")
    await sari.says("istimewa")
    assert "50 tercatat" in await sari.taps("Sudah semua")
    rows = (await sari.data())["bahan_baku"]
    assert [row["nama"] for row in rows] == [f"Bahan {number}" for number in range(1, 51)]
    assert [row["spesifikasi"] for row in rows] == ["biasa"] * 49 + ["istimewa"]
    sari.keeps("lima_puluh_bahan")
