"""Text and its markup are read, measured and refused as Telegram does."""

import pytest
from telegram import (
    Bot,
)

from bot.demo.telegram_html import parse_html
from tests.stand_in.people import SARI, refused


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "message text is empty"),
        ("  \n", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("x" * 4097, "message is too long"),
        ("👷" * 2049, "message is too long"),
        ("x" * 32769, "text is too long"),
        ("a\ud800", "strings must be encoded in UTF-8"),
        ("é<x>", 'can\'t parse entities: Unsupported start tag "x" at byte offset 2'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<a href='x", 'Unclosed start tag "a" at byte offset 0'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler"'),
        ("<br/>", 'Unsupported start tag "br/"'),
        ("&#xd800;", "Text contains invalid Unicode characters"),
    ],
)
async def test_text_that_telegram_refuses(bot: Bot, text: str, reason: str) -> None:
    with refused(reason):
        await bot.send_message(SARI, text, parse_mode="HTML")


async def test_the_longest_text_counts_after_markup_in_utf16_units(bot: Bot) -> None:
    sent = await bot.send_message(SARI, f"<b>{'&lt;' * 4094}👷</b>", parse_mode="HTML")
    assert (len(sent.text or ""), sent.entities[0].length) == (4095, 4096)
    with refused("MESSAGE_TOO_LONG"):
        await bot.edit_message_text("x" * 4097, SARI, sent.message_id)


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<B>a</b> <i>👷b</i>", "a 👷b", [("bold", 0, 1), ("italic", 2, 3)]),
        ("<b>a<u>b</u></b>", "ab", [("bold", 0, 2), ("underline", 1, 1)]),
        ("&lt;b&gt; &amp;amp; &nbsp; &ltx; &quot;&#65;&#x42;", '<b> &amp; &nbsp; &ltx; "AB', []),
        ('<a href="https://siinas.go.id/?a=1&amp;b=2">x</a>', "x", [("text_link", 0, 1)]),
        ("<blockquote expandable>x</blockquote>", "x", [("expandable_blockquote", 0, 1)]),
        ('<span class="tg-spoiler">x</span>', "x", [("spoiler", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ('<tg-emoji emoji-id="5368">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2)]),
        ("<s>a</s><del>b</del><strike>c</strike>", "abc", [("strikethrough", n, 1) for n in range(3)]),
    ],
)
def test_html_becomes_text_and_entities(html: str, text: str, entities: list[tuple[str, int, int]]) -> None:
    read, found = parse_html(html)
    assert read == text
    assert [(e["type"], e["offset"], e["length"]) for e in found] == entities
