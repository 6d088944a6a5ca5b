"""What is no answer: greetings, stickers, photos, places, old buttons, early commands, secrets."""

from datetime import timedelta

from tests.chat import PNG, World
from tests.people.person import MACHINES, Person, arrives

STICKER = {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 1, "height": 1,
           "is_animated": False, "is_video": False}  # fmt: skip
VOICE = {"file_id": "v", "file_unique_id": "v", "duration": 3}


async def test_halo_after_five_months_is_greeted_and_is_no_answer(world: World) -> None:
    sari = await arrives(world, "Apa nama usaha Anda")
    world.now += timedelta(days=150)
    said = await sari.says("halo")
    assert "Halo! Kita lanjutkan dari sini." in said
    assert "Apa nama usaha Anda" in said
    await sari.says("Assalamualaikum")
    assert "nama" not in (await sari.data())["perusahaan"]
    await sari.says("Tempe Bu Siti")
    assert (await sari.data())["perusahaan"]["nama"] == "Tempe Bu Siti"
    sari.keeps("halo")


async def test_halo_as_the_first_word_brings_the_consent_and_nothing_else(world: World) -> None:
    sari = Person(world)
    said = await sari.says("Selamat pagi bu")
    assert "Anda setuju?" in said
    assert "belum cocok" not in said


async def test_stickers_and_voice_notes_are_named_and_the_question_comes_again(world: World) -> None:
    sari = await arrives(world, MACHINES)
    for kind, word in ((STICKER, "stiker"), (STICKER, "stiker"), (STICKER, "stiker"), (VOICE, "pesan suara")):
        said = await sari.sends_other(**{"sticker" if kind is STICKER else "voice": kind})
        assert word in said
        assert sari.label == "Nilai Mesin"
    await sari.says("18 juta")
    assert (await sari.data())["data_umum"]["nilai_mesin"] == 18_000_000
    sari.keeps("stiker")


async def test_a_photo_in_the_middle_is_called_a_photo_and_not_kept(world: World) -> None:
    sari = await arrives(world, MACHINES)
    assert "foto" in await sari.sends(PNG)
    assert "berkas" in await sari.sends(PNG, "nota.pdf")
    assert not list((world.folder / "files").rglob("*.png"))
    sari.keeps("foto")


async def test_a_place_and_a_contact_are_no_answer_to_the_address(world: World) -> None:
    sari = await arrives(world, "Di mana tempat produksinya?")
    assert "lokasi" in await sari.sends_other(location={"latitude": -8.0, "longitude": 112.0})
    assert "kontak" in await sari.sends_other(contact={"phone_number": "1", "first_name": "Budi"})
    assert "alamat_pabrik" not in (await sari.data())["perusahaan"]
    sari.keeps("lokasi")


async def test_a_forwarded_answer_counts_as_her_own_and_is_shown(world: World) -> None:
    sari = await arrives(world, MACHINES)
    assert "Rp18.000.000" in await sari.forwards("18 juta")
    assert "belum bisa membaca" in await sari.forwards("Diskon besar hari ini!")
    assert (await sari.data())["data_umum"].keys() & {"nilai_mesin", "nilai_lainnya"} == {"nilai_mesin"}
    sari.keeps("diteruskan")


async def test_a_button_from_months_ago_changes_nothing_it_should_not(world: World) -> None:
    sari = await arrives(world, MACHINES)
    old = sari.last
    await sari.says("18 juta")
    world.now += timedelta(days=150)
    assert "Nilai Mesin tetap Rp18.000.000" in await sari.taps("Nanti saja", old)
    assert sari.label == "Nilai Lainnya"
    assert (await sari.data())["data_umum"]["nilai_mesin"] == 18_000_000
    sari.keeps("tombol_lama")


async def test_a_button_from_before_hapus_does_nothing_to_the_new_report(world: World) -> None:
    sari = await arrives(world, MACHINES)
    old = sari.last
    await sari.says("/hapus")
    await sari.taps("Ya, hapus semuanya")
    assert "Anda setuju?" in await sari.taps("Nanti saja", old)
    await sari.taps("Setuju")
    assert "tidak ada yang berubah" in await sari.taps("Nanti saja", old)
    await sari.says("/periksa")
    sari.keeps("sesudah_hapus")


async def test_a_double_tap_answers_one_question_once(world: World) -> None:
    sari = await arrives(world, "Apakah sebagian proses produk Anda")
    await sari.taps_twice("Ya")
    assert sari.label == "Apakah Perusahaan Menyediakan Jasa Maklon"
    kept = (await sari.data())["data_umum"]
    assert kept["menggunakan_jasa_maklon"] == "Ya"
    assert "menyediakan_jasa_maklon" not in kept
    sari.keeps("dua_kali_tekan")


async def test_the_letter_asked_for_too_early_says_what_is_missing_and_not_the_letter_itself(world: World) -> None:
    sari = await arrives(world, MACHINES)
    said = await sari.says("/surat")
    assert "Suratnya belum bisa dibuat" in said
    assert sari.label == "Nilai Mesin"
    sari.keeps("surat_terlalu_cepat")


async def test_a_nik_or_a_password_is_never_kept(world: World) -> None:
    sari = await arrives(world, "Apa nama usaha Anda")
    for text in ("3504" + "010101010001", "password: contoh", "kata sandi saya contoh"):
        assert "tidak saya simpan" in await sari.says(text)
    assert "nama" not in (await sari.data())["perusahaan"]
    assert "contoh" not in str(await sari.data())
    sari.keeps("rahasia")


async def test_ya_is_no_name_and_no_address(world: World) -> None:
    sari = await arrives(world, "Apa nama usaha Anda")
    assert "belum bisa saya catat" in await sari.says("ya")
    await sari.says("Tempe Bu Siti")
    await sari.says("perorangan")
    assert "belum bisa saya catat" in await sari.says("Ok")
    firm = (await sari.data())["perusahaan"]
    assert firm["nama"] == "Tempe Bu Siti"
    assert "alamat_pabrik" not in firm
    sari.keeps("ya")


async def test_lupa_is_no_material_and_comes_back_in_the_checklist(world: World) -> None:
    sari = await arrives(world, "Bahan apa yang dipakai?")
    await sari.says("lupa")
    assert "Bahan baku belum terisi" in await sari.says("/periksa")
    await sari.taps_on("Isi: Bahan Baku")
    await sari.says("Kedelai\nKuning\nkilogram\ntidak\n7.800\n81,9 juta")
    assert "1 tercatat" in await sari.says("lupa")
    assert [row["nama"] for row in (await sari.data())["bahan_baku"]] == ["Kedelai"]
    sari.keeps("lupa")


async def test_after_tidak_setuju_a_stray_ya_is_no_consent(world: World) -> None:
    sari = Person(world)
    await sari.says("/mulai")
    assert "Tidak ada yang saya simpan" in await sari.taps("Tidak setuju")
    for text in ("ya", "1"):
        assert "Anda setuju?" in await sari.says(text)
    await sari.says("setuju")
    assert sari.label == "Laporan yang mana?"
    sari.keeps("tidak_setuju")
