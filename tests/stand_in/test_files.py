"""Files go both ways byte for byte, within Telegram's limits."""

from telegram import (
    Bot,
    InputMediaDocument,
)

from bot.demo.telegram import Telegram
from tests.stand_in.people import PNG, SARI, refused


async def test_a_file_comes_back_byte_for_byte_in_both_directions(telegram: Telegram, bot: Bot) -> None:
    wrote = telegram.sends_document(SARI, b"%PDF-1\r\n--\x00", "NIB Sari.pdf", "application/pdf", "ini")
    file = await bot.get_file(wrote["document"]["file_id"])
    assert bytes(await file.download_as_bytearray()) == b"%PDF-1\r\n--\x00"
    sent = await bot.send_document(SARI, b"surat", filename="surat é.pdf", caption="<b>Surat</b>", parse_mode="HTML")
    assert sent.document
    assert (sent.document.file_name, sent.document.mime_type) == ("surat é.pdf", "application/pdf")
    assert telegram.file(sent.document.file_id) == b"surat"
    assert telegram.file_name(sent.document.file_id) == "surat é.pdf"
    again = await bot.send_document(SARI, sent.document.file_id)
    assert again.document == sent.document
    assert telegram.history(SARI)[-2]["html"] == "<b>Surat</b>"


async def test_photos_come_in_several_sizes(telegram: Telegram, bot: Bot) -> None:
    sizes = telegram.sends_photo(SARI, b"jpeg", "nota")["photo"]
    assert sorted(size["width"] for size in sizes) == [size["width"] for size in sizes]
    assert len({size["file_id"] for size in sizes}) == len(sizes) > 1
    assert bytes(await (await bot.get_file(sizes[-1]["file_id"])).download_as_bytearray()) == b"jpeg"
    assert (await bot.send_photo(SARI, PNG)).photo
    with refused("IMAGE_PROCESS_FAILED"):
        await bot.send_photo(SARI, b"bukan gambar")


async def test_files_that_telegram_refuses(telegram: Telegram, bot: Bot) -> None:
    big = telegram.sends_document(SARI, bytes(20 * 1024 * 1024 + 1), "besar.pdf", "application/pdf")
    with refused("file is too big"):
        await bot.get_file(big["document"]["file_id"])
    with refused("invalid file_id"):
        await bot.get_file("tidak-ada")
    with refused("wrong file identifier/HTTP URL specified"):
        await bot.send_document(SARI, "tidak-ada")
    with refused("file must be non-empty"):
        await bot.send_document(SARI, b"", filename="kosong.pdf")
    with refused("message caption is too long"):
        await bot.send_document(SARI, b"x", caption="x" * 1025)


async def test_an_album_goes_out_whole_or_not_at_all(telegram: Telegram, bot: Bot) -> None:
    pages = [
        InputMediaDocument(b"1", filename="1.pdf"),
        InputMediaDocument(b"2", filename="2.pdf", caption="dua"),
    ]
    sent = await bot.send_media_group(SARI, pages)
    assert [telegram.file(m.document.file_id) for m in sent if m.document] == [b"1", b"2"]
    assert len({m.media_group_id for m in sent}) == 1
    before = len(telegram.history(SARI))
    with refused("message caption is too long"):
        await bot.send_media_group(SARI, [pages[0], InputMediaDocument(b"2", caption="x" * 1025)])
    assert len(telegram.history(SARI)) == before
