"""The demo page in a real browser: what markup becomes, how a conversation is played, what a cut costs."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, Page, async_playwright

from bot.demo.telegram import Telegram
from tests.demo_site import SITI, answering, serving

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with answering() as telegram:
        yield telegram


@pytest.fixture
async def site(telegram: Telegram) -> AsyncIterator[str]:
    async with serving(telegram) as address:
        yield address


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    found = shutil.which("chromium")
    if not found:
        reason = "There is no chromium on PATH: install Debian's chromium to run the browser tests."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=CHROMIUM)
        yield browser
        await browser.close()


async def opened(browser: Browser, address: str, **context: Any) -> Page:
    page = await (await browser.new_context(viewport={"width": 390, "height": 844}, **context)).new_page()
    page.set_default_timeout(15_000)
    await page.goto(address)
    return page


async def test_markup_from_outside_becomes_text_or_harmless_nodes(browser: Browser, site: str) -> None:
    page = await opened(browser, site, bypass_csp=True)  # so that only the page's own care is left to protect
    shown = await page.evaluate(
        """async (html) => {
            const { fromHtml } = await import("/static/html.js");
            const place = document.createElement("div");
            place.append(fromHtml(html, () => {}));
            document.body.append(place);
            return place.innerHTML;
        }""",
        "<b onclick='kena()'>tebal</b><script>kena()</script><img src=x onerror='kena()'>"
        "<a href='javascript:kena()'>tautan</a><a href='https://siinas.id' style='x'>situs</a>"
        "<svg onload='kena()'><i>miring</i></svg><iframe srcdoc='x'>bingkai</iframe>1 &lt; 2",
    )
    assert shown == (
        '<b>tebal</b>tautan<a href="https://siinas.id" target="_blank" rel="noopener noreferrer">situs</a>'
        "<i>miring</i>1 &lt; 2"
    )


async def test_bu_siti_plays_in_the_browser(browser: Browser, site: str) -> None:
    page = await opened(browser, site, permissions=["clipboard-read", "clipboard-write"])
    await page.get_by_text("Bu Siti").click()
    await page.get_by_role("button", name="Mulai").click()
    await page.locator(".msg.bot").wait_for()
    await page.fill("#tulis", "<img src=x> 18,5 juta")
    await page.click("#kirim")
    await page.locator(".msg.bot", has_text="<img src=x> 18,5 juta").wait_for()

    question = page.locator(".msg.bot").last
    await question.get_by_role("button", name="☐ Solar").press("Enter")
    await question.get_by_role("button", name="☑ Solar").wait_for()
    assert await page.evaluate("document.activeElement.textContent") == "☑ Solar"
    await question.get_by_role("button", name="Salin").click()
    assert await page.evaluate("navigator.clipboard.readText()") == "7800"

    await page.locator(".msg.me .bubble").last.click(button="right")
    await page.get_by_role("menuitem", name="Ubah pesan").click()
    await page.fill("#tulis", "19 juta")
    await page.keyboard.press("Enter")
    await page.locator(".msg.me", has_text="19 juta").get_by_text("diubah").wait_for()

    await page.set_input_files("#berkas", {"name": "surat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    await page.click("#kirim")
    await page.locator(".msg.me a.berkas", has_text="surat.pdf").wait_for()
    await page.reload()
    assert "orang=1001" in page.url
    await page.locator(".msg.me a.berkas", has_text="surat.pdf").wait_for()


async def test_what_came_while_the_page_was_cut_off_is_shown_when_it_is_back(
    browser: Browser, telegram: Telegram
) -> None:
    async with serving(telegram) as address:
        page = await opened(browser, f"{address}/?orang={SITI}")
        await page.get_by_role("button", name="Mulai").click()
        await page.locator(".msg.bot").wait_for()
    await telegram.call("sendMessage", {"chat_id": SITI, "text": "Pengingat: dua hari lagi."})
    async with serving(telegram, int(address.rpartition(":")[2])):
        await page.locator(".msg.bot", has_text="Pengingat").wait_for()
        assert await page.locator(".msg.bot").count() == 2
