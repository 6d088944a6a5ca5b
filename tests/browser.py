"""A person at the demo page on a phone-sized screen: types, presses, sends and reads what stands there.
It has the ways of tests/chat.py's Chat, so that an Owner can play on it; it knows the page, not the bot."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from playwright.async_api import Page, async_playwright

from tests.chat import Chat

CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")
PHONE = {"width": 390, "height": 844}
PATIENCE = 15  # seconds until something that never comes fails a test

# What stands on the screen, in the shape of Chat.history.
READ = """() => [...document.querySelectorAll("#log .msg")].map((row) => {
    const text = row.querySelector(".text");
    const file = row.querySelector("a.berkas b");
    const keys = [...row.querySelectorAll(".keys .row")].map((line) =>
        [...line.querySelectorAll(".inline")].map((key) => ({ text: key.textContent })));
    return {
        message_id: Number(row.dataset.messageId),
        from_bot: row.classList.contains("bot"),
        text: text ? text.textContent : "",
        html: text ? text.innerHTML : "",
        reply_markup: { inline_keyboard: keys },
        ...(file ? { document: { file_name: file.textContent } } : {}),
    };
})"""

# Returns when something new stands there, the bot has confirmed every update and the page shows all Telegram holds.
ANSWERED = """async ([before, pressed, old]) => {
    const rest = () => new Promise((go) => setTimeout(go, 10));
    const ask = async (path) => (await fetch(path)).json();
    const keys = (row) => row?.querySelector(".keys")?.textContent ?? "";
    const row = (id) => document.querySelector(`#log .msg[data-message-id="${id}"]`);
    const said = () => [...document.querySelectorAll("#log .msg.bot")].map((one) => Number(one.dataset.messageId));
    while (Math.max(0, ...said()) <= before && keys(row(pressed)) === old) await rest();
    while ((await ask("/bot1:DEMO/getWebhookInfo")).result.pending_update_count) await rest();
    const { messages } = await ask(`/api/people/${new URLSearchParams(location.search).get("orang")}/history`);
    const faces = (message) => (message.reply_markup?.inline_keyboard ?? []).flat().map((key) => key.text).join("");
    while (!messages.every((one) => row(one.message_id) && keys(row(one.message_id)) === faces(one))) await rest();
}"""


@asynccontextmanager
async def phone(**context: Any) -> AsyncIterator[Page]:
    """An empty page in Debian's chromium. Without it the test is skipped, and fails where CI is set."""
    found = shutil.which("chromium")
    if not found:
        reason = "There is no chromium on PATH: install Debian's chromium to run the browser tests."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        try:
            page = await browser.new_page(viewport=PHONE, locale="id-ID", **context)  # type: ignore[arg-type]  # as it is
            page.set_default_timeout(PATIENCE * 1000)
            yield page
        finally:
            await browser.close()


class AtThePage(Chat):
    """One person's chat as the page shows it; `history` is what stood there after the last act."""

    def __init__(self, page: Page, name: str) -> None:
        self.page, self.name = page, name
        self.acts = 0
        self.lines: list[str] = []
        self._shown: list[dict[str, Any]] = []

    @property
    def history(self) -> list[dict[str, Any]]:
        return self._shown

    async def enters(self, address: str) -> str:
        """Choose oneself on the first screen and press Mulai."""
        await self.page.goto(address)
        await self.page.get_by_role("link", name=self.name).click()
        await self.page.get_by_role("button", name="Mulai").click()
        return await self._read_answer(0)

    async def says(self, text: str) -> str:
        before = self._newest()
        await self.page.fill("#tulis", text)
        await self.page.click("#kirim")
        return await self._read_answer(before)

    async def taps(self, face: str, message: dict[str, Any] | None = None) -> str:
        message, before = message or self.last, self._newest()
        found = next((name for name in self.buttons(message) if name.startswith(face)), None)
        assert found is not None, f"no button {face!r} below:\n{self.text}"
        row = self.page.locator(f'.msg[data-message-id="{message["message_id"]}"]')
        keys = await row.locator(".keys").text_content() or ""
        await row.get_by_role("button", name=found, exact=True).click()
        return await self._read_answer(before, message["message_id"], keys)

    async def sends(self, data: bytes, file_name: str = "surat.png") -> str:
        """A file, through the paper clip."""
        before = self._newest()
        await self.page.get_by_role("button", name="Lampirkan").click()
        async with self.page.expect_file_chooser() as chooser:
            await self.page.get_by_role("menuitem", name="Berkas").click()
        await (await chooser.value).set_files({"name": file_name, "mimeType": "image/png", "buffer": data})
        await self.page.click("#kirim")
        return await self._read_answer(before)

    async def downloads(self, ending: str) -> bytes:
        """Press the newest file with this ending; its content."""
        async with self.page.expect_download() as download:
            await self.page.locator(".msg.bot a.berkas", has_text=ending).last.click()
        return (await (await download.value).path()).read_bytes()

    async def _read_answer(self, before: int, pressed: int = 0, old: str = "") -> str:
        self.acts += 1
        async with asyncio.timeout(PATIENCE):
            await self.page.evaluate(ANSWERED, [before, pressed, old])
        self._shown = await self.page.evaluate(READ)
        return "\n\n".join(m["text"] for m in self._shown if m["from_bot"] and m["message_id"] > before)
