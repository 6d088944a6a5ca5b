"""The demo page's JSON API, files and event stream, on a real loopback server."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from yarl import URL

from bot.demo.telegram import Telegram
from tests.demo_site import BUDI, SITI, answering, serving

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c63f8cfc0f01f0005000101ff89993d1d0000000049454e44ae426082"
)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with answering() as telegram:
        yield telegram


@pytest.fixture
async def site(telegram: Telegram) -> AsyncIterator[str]:
    async with serving(telegram) as address:
        yield address


@pytest.fixture
async def web(site: str) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(site) as session:
        yield session


async def fetch(web: aiohttp.ClientSession, path: str | URL, status: int = 200, **request: Any) -> tuple[bytes, Any]:
    """Body and headers of an answer with that status; a POST where there is something to send."""
    method = "POST" if {"json", "data"} & request.keys() else "GET"
    async with web.request(method, path, **request) as answer:
        body = await answer.read()
        assert answer.status == status, body
        return body, answer.headers


async def post(web: aiohttp.ClientSession, path: str, status: int = 200, **content: Any) -> Any:
    return json.loads((await fetch(web, path, status, json=content))[0])


async def history(web: aiohttp.ClientSession, person: int) -> Any:
    return json.loads((await fetch(web, f"/api/people/{person}/history"))[0])["messages"]


@asynccontextmanager
async def listening(web: aiohttp.ClientSession, person: int) -> AsyncIterator[AsyncIterator[dict[str, Any]]]:
    """The person's open event stream, past its "siap"."""
    async with asyncio.timeout(20), web.get(f"/api/people/{person}/events") as stream:

        async def events() -> AsyncIterator[dict[str, Any]]:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

        reading = events()
        assert await anext(reading) == {}
        yield reading


async def until(events: AsyncIterator[dict[str, Any]], kind: str) -> dict[str, Any]:
    async for event in events:
        if event["event"] == kind and event.get("message", {}).get("from_bot", True):
            return event
    raise AssertionError(f"The stream ended before {kind!r} came.")


async def test_the_answer_to_bu_siti_comes_through_her_stream_and_stays_in_her_history_only(
    web: aiohttp.ClientSession,
) -> None:
    async with listening(web, SITI) as events:
        await post(web, f"/api/people/{SITI}/say", text="18,5 juta")
        answer = (await until(events, "message"))["message"]
    assert answer["html"] == "Tersimpan: <b>18,5 juta</b>"
    assert [message["from_bot"] for message in await history(web, SITI)] == [False, True]
    assert await history(web, BUDI) == []


async def test_a_tap_edits_the_message_in_place_and_shows_a_notice(web: aiohttp.ClientSession) -> None:
    async with listening(web, SITI) as events:
        await post(web, f"/api/people/{SITI}/say", text="solar")
        number = (await until(events, "message"))["message"]["message_id"]
        await post(web, f"/api/people/{SITI}/tap", message_id=number, callback_data="solar")
        edited = (await until(events, "edit"))["message"]
        assert (await until(events, "toast"))["text"] == "Dicatat"
    assert edited["message_id"] == number
    assert edited["reply_markup"]["inline_keyboard"][0][0]["text"] == "☑ Solar"


async def test_a_button_that_is_not_there_is_refused_with_a_sentence(web: aiohttp.ClientSession) -> None:
    await post(web, f"/api/people/{SITI}/say", text="halo")
    refused = await post(web, f"/api/people/{SITI}/tap", 409, message_id=1, callback_data="karangan")
    assert refused == {"error": "Tombol ini sudah tidak ada."}


async def test_pak_budi_can_edit_his_own_message_and_not_bu_sitis(web: aiohttp.ClientSession) -> None:
    await post(web, f"/api/people/{SITI}/say", text="5 juta")
    number = (await history(web, SITI))[0]["message_id"]
    await post(web, f"/api/people/{BUDI}/edit", 409, message_id=number, text="6 juta")
    await post(web, f"/api/people/{SITI}/edit", message_id=number, text="7 juta")
    assert (await history(web, SITI))[0]["text"] == "7 juta"


async def test_who_has_blocked_the_bot_cannot_write_until_it_is_let_in_again(
    web: aiohttp.ClientSession,
) -> None:
    await post(web, f"/api/people/{SITI}/block", blocked=True)
    await post(web, f"/api/people/{SITI}/say", 409, text="halo")
    await post(web, f"/api/people/{SITI}/block", blocked=False)
    await post(web, f"/api/people/{SITI}/say", text="halo")


async def test_a_new_person_gets_a_number_that_a_restarted_demo_accepts_again(
    web: aiohttp.ClientSession,
) -> None:
    wati = await post(web, "/api/people", first_name="  Bu   Wati ")
    assert wati["first_name"] == "Bu Wati"
    assert wati in json.loads((await fetch(web, "/api/people"))[0])
    async with serving(Telegram()) as restarted, aiohttp.ClientSession(restarted) as again:
        await fetch(again, f"/api/people/{wati['id']}/history", 404)
        assert await post(again, "/api/people", **wati) == wati
        assert await history(again, wati["id"]) == []


@pytest.mark.parametrize("content", [{"text": "  "}, {"text": "a" * 4097}, {}, {"other": "karangan"}])
async def test_what_telegram_would_not_send_is_refused(web: aiohttp.ClientSession, content: Any) -> None:
    await post(web, f"/api/people/{SITI}/say", 400, **content)
    assert await history(web, SITI) == []


async def test_a_sent_file_comes_back_as_a_download_that_never_runs(web: aiohttp.ClientSession) -> None:
    query = {"name": 'nota"; x=1;\r\nSet-Cookie: a=b ❤.html', "as": "document", "caption": "Nota"}
    page = b"<script>alert(1)</script>"
    await fetch(web, f"/api/people/{SITI}/file", params=query, data=page)
    document = (await history(web, SITI))[0]["document"]
    body, headers = await fetch(web, f"/api/files/{document['file_id']}")
    assert body == page
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Disposition"].startswith("attachment; ")
    assert "Set-Cookie" not in headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    await fetch(web, "/api/files/karangan", 404)


async def test_only_a_picture_goes_as_a_photo(web: aiohttp.ClientSession) -> None:
    path = f"/api/people/{SITI}/file"
    await fetch(web, path, 415, params={"as": "photo"}, data=b"bukan foto")
    await fetch(web, path, params={"as": "photo"}, data=PNG)
    photo = (await history(web, SITI))[0]["photo"][-1]
    _, headers = await fetch(web, f"/api/files/{photo['file_id']}")
    assert headers["Content-Type"] == "image/png"


@pytest.mark.parametrize(
    "path",
    [
        "/static/../page.py",
        "/static/..%2Fpage.py",
        "/static/%2E%2E/page.py",
        "/static//etc/passwd",
        "/static/",
    ],
)
async def test_no_path_leads_out_of_the_static_folder(site: str, web: aiohttp.ClientSession, path: str) -> None:
    await fetch(web, "/static/main.js")
    await fetch(web, URL(site + path, encoded=True), 404)  # encoded: the client must not tidy it


async def test_a_page_of_another_site_cannot_write_for_bu_siti(web: aiohttp.ClientSession) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    await fetch(web, f"/api/people/{SITI}/say", 403, json={"text": "halo"}, headers=foreign)
    assert await history(web, SITI) == []


async def test_stopping_ends_open_streams(telegram: Telegram) -> None:
    async with aiohttp.ClientSession() as web, asyncio.timeout(20):
        async with serving(telegram) as address:
            stream = await web.get(f"{address}/api/people/{SITI}/events")
            assert (await stream.content.readline()).startswith(b"retry")
        assert await stream.content.read() == b"event: siap\ndata: {}\n\n"
