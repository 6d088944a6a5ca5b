"""A person chooses the language: all the bot says is in it from then on, what belongs to SIINas stays Indonesian."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

import locales
from locales import translator
from tests.chat import Chat, World, world_in


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with world_in(tmp_path) as world:
        yield world


@pytest.fixture
async def sari(world: World) -> Chat:
    """Sari, asked for the machine value of January to June."""
    chat = Chat(world, 7, "Sari")
    await chat.says("/mulai")
    for face in ("Setuju", "Sudah jalan"):
        await chat.taps(face)
    await chat.says("Keripik Sari")
    await chat.taps("Perorangan")
    for text in ("Jl. Melati 3", "Kabupaten Tulungagung", "lewati", "10391", "tidak punya", "Pemilik"):
        await chat.says(text)
    for face in ("Sudah Valid", "Januari - Juni 2026", "Ada produksi", "Belum / tidak ingat"):
        await chat.taps(face)
    assert chat.label == "Nilai Mesin"
    return chat


def stored_locale(world: World) -> list[str]:
    with sqlite3.connect(f"file:{world.folder}/temanlapor.db?mode=ro", uri=True) as connection:
        return [row[0] for row in connection.execute("select locale from person")]


async def test_sari_switches_in_the_middle_and_gets_the_open_question_in_english(world: World, sari: Chat) -> None:
    assert "Mau memakai bahasa apa?" in await sari.says("/bahasa")
    assert sari.buttons().keys() == {"✓ Bahasa Indonesia", "English"}
    said = await sari.taps("English")
    assert "All right, we speak English now." in said
    assert "What did all your machines cost when bought" in said
    assert sari.label == "Nilai Mesin"
    assert {"Help", "Later", "Back"} <= sari.buttons().keys()
    assert stored_locale(world) == ["en"]


async def test_the_menu_of_this_chat_is_in_the_language_too(world: World, sari: Chat) -> None:
    def menu() -> dict[str, str]:
        return {command["command"]: command["description"] for command in world.telegram.commands(sari.user_id)}

    assert menu()["bahasa"] == "Bahasa"
    await sari.says("/bahasa")
    await sari.taps("English")
    assert menu()["bahasa"] == "Language"
    await sari.says("/bahasa")
    await sari.taps("Bahasa Indonesia")
    assert menu()["bahasa"] == "Bahasa"
    assert "Berapa jumlah harga beli semua mesin" in sari.text


@pytest.fixture
async def english(sari: Chat) -> Chat:
    await sari.says("/bahasa")
    await sari.taps("English")
    return sari


async def test_answers_in_english_words_are_understood(english: Chat) -> None:
    assert "Stored: Nilai Mesin — Rp18.500.000" in await english.says("18.5 million")
    assert "from Rp18.500.000 to Rp17.500.000" in await english.edits(english.mine("18.5 million"), "17,5 million")
    assert "I have put it on the checklist" in await english.says("later")
    assert english.label == "Modal Kerja"
    await english.says("19 juta")
    assert "— Yes" in await english.says("yes")
    assert "— No" in await english.says("No")
    assert english.label == "Nama Pemilik yang Menandatangani Laporan"
    assert "Menyediakan" in await english.says("back")


async def test_the_words_of_a_translated_button_can_be_typed(english: Chat) -> None:
    for text in ("18,5 juta", "14 juta", "19 juta", "no", "no", "Sari Dewi", "female", "SMA/Sederajat"):
        await english.says(text)
    assert english.label == "Land and building of the business"
    assert "— Rented / not our own" in await english.says("rented / not our own")
    await english.says("Production permanent women, other permanent women")
    assert english.label == "Produksi Tetap Perempuan"
    assert "Production · permanent women: how many people" in english.text


async def test_values_the_letter_and_the_data_stay_indonesian(english: Chat) -> None:
    for text in ("18,5 juta", "14 juta", "19 juta", "yes", "no", "Sari Dewi", "female"):
        await english.says(text)
    data = await english.data()
    assert data["data_umum"]["menggunakan_jasa_maklon"] == "Ya"
    assert data["data_khusus"]["jenis_kelamin"] == "Perempuan"


async def test_buttons_that_a_translation_makes_wide_stand_alone(english: Chat) -> None:
    for text in ("18,5 juta", "14 juta", "19 juta", "yes", "no", "Sari Dewi", "female"):
        await english.says(text)
    rows = [[button["text"] for button in row] for row in english.last["reply_markup"]["inline_keyboard"]]
    assert ["SD/Sederajat (primary school)"] in rows
    assert ["S2 (master)", "S3 (doctor)"] in rows


async def test_what_is_not_translated_is_said_in_indonesian(english: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    known = locales.catalogue("en")
    known.delete("Nanti saja: {isian}. Sudah saya catat di daftar periksa.")
    monkeypatch.setattr(locales, "catalogue", lambda _locale: known)
    translator.cache_clear()
    try:
        said = await english.taps("Later")
    finally:
        monkeypatch.undo()
        translator.cache_clear()
    assert "Nanti saja: Nilai Mesin" in said
    assert "What did all your tools" in said


async def test_before_consent_the_language_is_shown_and_nothing_is_stored(world: World) -> None:
    budi = Chat(world, 8, "Pak Budi")
    await budi.says("/mulai")
    assert "Sebelum Anda setuju tidak ada yang disimpan." in await budi.says("/bahasa")
    assert "I am TemanLapor." in await budi.taps("English")
    assert "Until you tap I agree, nothing is stored." in await budi.taps("Help")
    assert "I have stored nothing." in await budi.taps("I do not agree")
    assert stored_locale(world) == []
    await budi.says("/bahasa")
    await budi.taps("English")
    consent = budi.last
    assert "Is your business running" in await budi.taps("I agree")
    assert stored_locale(world) == ["en"]
    assert "no such command" not in await budi.taps("I do not agree", consent)
    assert "Is your business running" in budi.text


async def test_the_farewell_is_in_the_language_that_was_spoken(world: World, english: Chat) -> None:
    await english.says("/hapus")
    assert "All your data has been deleted." in await english.taps("Yes, delete everything")
    assert stored_locale(world) == []
