"""The second semester in a real browser on a small phone: taken over from the first, copied page by page, sent, returned
with a note, mended, sent again. The first one was played in the chat before."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import Page

from bot.app import client, running, serve
from bot.demo.request import StandInRequest
from bot.pacing import Pacing
from tests.browser import AtThePage, phone
from tests.chat import PNG, TOKEN, Chat, World, world_in
from tests.demo_site import SITI, serving
from tests.owner import Owner, load
from tests.quick_owner import QuickOwner
from tests.test_second_semester import six_months_later

NOTE = "Nilai bahan baku kedelai belum sesuai. Mohon diperbaiki."
ACTS = 110  # of the owner in the browser, from /laporan to sent for the second time


@asynccontextmanager
async def awake(world: World) -> AsyncIterator[str]:
    """The bot of this world stays awake and answers at the page's address."""
    await world.close()
    await world.telegram.updates.fetch(world._offset, 100, 0)  # confirms what was answered before
    bot, stop = client(TOKEN, "http://127.0.0.1", lambda: StandInRequest(world.telegram)), asyncio.Event()
    async with (
        running(bot, world.database_url, world.folder / "files", clock=lambda: world.now, pacing=Pacing(limited=False)) as life,
        serving(world.telegram) as address,
    ):  # fmt: skip
        answering = asyncio.create_task(serve(bot, life, stop))
        try:
            yield address
        finally:
            stop.set()
            await answering


async def first_semester(world: World) -> None:
    chat = Chat(world, SITI, "Bu Siti")
    await chat.says("/mulai")
    await Owner(chat, load("tempe")).fills_in()


async def copies(siti: AtThePage, page: Page) -> list[str]:
    """Copy every card that waits, up to sending; gives their titles."""
    titles = []
    while "Halaman 12 dari 12" not in siti.text:
        titles.append(siti.text.split("\n")[1])
        if "Salin Modal Kerja" in siti.buttons():
            await page.get_by_role("button", name="Salin Modal Kerja").last.click()
            assert await page.evaluate("navigator.clipboard.readText()") == "19000000"
        await siti.taps("✓ Sudah disalin")
    return titles


async def sent(siti: AtThePage) -> str:
    """Say that SIINas shows it as sent."""
    await siti.taps("SIINas menulis Telah Terkirim")
    await siti.taps("Telah Terkirim")
    await siti.taps("Hari ini")
    await siti.taps("Lewati")
    return await siti.says("/laporan")


async def test_the_second_semester_is_copied_sent_returned_mended_and_sent_again(tmp_path: Path) -> None:
    async with world_in(tmp_path) as world:
        await first_semester(world)
        world.now = datetime(2027, 1, 5, 2, tzinfo=UTC)
        async with awake(world) as address, phone(permissions=["clipboard-read", "clipboard-write"]) as page:
            siti = AtThePage(page, "Bu Siti")
            await page.goto(f"{address}/?orang={SITI}")
            await siti.says("/laporan")
            await siti.taps("Laporan baru")
            assert "Tidak ada yang kurang" in await QuickOwner(siti, six_months_later(load("tempe"))).fills_in()
            await siti.says("/salin")
            assert len(await copies(siti, page)) == 14
            assert "Juli - Desember 2026: Telah Terkirim" in await sent(siti)

            await siti.says("/salin")
            await siti.taps("Status di SIINas berubah")
            await siti.taps("Dikembalikan")
            await siti.says(NOTE)
            await siti.taps("Bahan Baku")
            await siti.taps("Kedelai")
            await siti.taps("☐ Nilai dari Dalam Negeri")
            await siti.taps("Sudah, kembali")
            asked = await siti.taps("Selesai memilih")
            assert NOTE in asked
            assert "Jawaban sekarang: Rp81.900.000" in asked
            await siti.says("82,5 juta")
            card = await siti.taps("Salin ke SIINas dulu")
            assert "⚠ Nilai dari Dalam Negeri: 82500000" in card
            assert await copies(siti, page) == ["Bahan Baku — Kedelai", "Surat Pernyataan"]
            await siti.sends(PNG)
            assert "Semua yang diminta petugas sudah diperbaiki" in await siti.taps("Semua sudah")
            await siti.says("/salin")
            assert "Juli - Desember 2026: Telah Terkirim" in await sent(siti)
            assert siti.acts <= ACTS
