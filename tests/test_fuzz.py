"""Whatever is typed into any field of text comes back literally, in the chat, in the data and on paper: characters of all
planes, NUL, halves of characters, bidi, markup, 4,096 of them. What cannot be kept is refused with a sentence."""

import io
import json
import re
import unicodedata
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from docx import Document as WordFile
from sqlalchemy import Engine

from bot.documents import made
from bot.letter_docx import written
from conversations.answers import Place
from conversations.questions import fold
from conversations.route import walk
from conversations.texts import Text, Texts, personal
from storage.database import connect
from storage.reports import Desk, load
from tests.chat import Awake, Chat
from tests.owner import Owner
from tests.owner import load as scenario_of
from tests.sizes import size
from tests.street import FORM, plain

TEXTS = size(2_000, 100_000)
SITI = 1001
SORRY = "ada gangguan di pihak kami"
MARKUP = (
    "<b>", "</i>", "<script>", "&amp;", "&", "<", ">", '"', "'", "`", "*tebal*", "_miring_", "[a](b)", "||",
    '#read("letter.typ")', "#", "$x^2$", "@a", "\\", "//", "/*", "= Judul", "{0}", "{nama}", "%s", "%", "{{", "}}",
    "=1+1", "+62", "@SUM(A1)", "; DROP TABLE answer; --", "' OR 1=1", "../../etc/passwd", "\x1b[31m", "\\u0041", "null",
)  # fmt: skip
ODD = (
    "\0", "\x07", "\x7f", "\x85", "\ud83d", "\ude00", "\ud83d\ude00", "\u202e", "\u2066", "\u2069", "\u200b", "\u200d",
    "\ufeff", "\ufffe", "\uffff", "\u2028", "\u2029", "\u00a0", "\u3000", "\t", "\r\n", "e\u0301", "\u0301", "\u034f",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1ee\U0001f1e9", "\U000e0041", "\ufdfa", "ﷺ", "ﬁ", "İ", "ß", "ǅ",
    "ꦲꦏ꧀ꦱꦫ", "عربي", "עברית", "漢字", "ไทย", "\U0010ffff", "\ufdd0", "½", "٣٤", "①", "Ⅷ",
)  # fmt: skip
PLANES = [(plane * 0x10000, plane * 0x10000 + 0xFFFF) for plane in range(17)]
PAPERS = {"data": b"{", "surat": b"%PDF-", "surat_docx": b"PK", "rekap_xlsx": b"PK", "rekap_pdf": b"%PDF-"}
LETTERS = "abcdefghijklmnopqrstuvwxyz  ABC 0123"
_BAD = re.compile("[\x00-\x1f\x7f\u2028\u2029]+")


def typed(random: Random) -> str:
    """Something that nobody would type: pieces of everything, at times of the greatest length."""
    pieces = []
    for _ in range(random.choice((1, 2, 3, 5, 8, 13))):
        kind = random.random()
        if kind < 0.3:
            pieces.append(random.choice(MARKUP))
        elif kind < 0.55:
            pieces.append(random.choice(ODD))
        elif kind < 0.75:
            pieces.append(chr(random.randint(*random.choice(PLANES))))
        else:
            pieces.append("".join(random.choices(LETTERS, k=random.randint(1, 12))))
    text = "".join(pieces)
    return (text * 4096)[:4096] if random.random() < 0.03 else text


def as_kept(text: str) -> str:
    """What is left of a text, worked out apart from the code: halves of characters, controls and line breaks are no
    text; an accent stands on its letter."""
    return " ".join(unicodedata.normalize("NFC", part) for part in _BAD.split(as_sent(text))).strip()


def as_sent(text: str) -> str:
    """What of a text can be sent and stored, worked out apart from the code: NUL and halves of characters cannot."""
    halves = re.sub("([\ud800-\udbff])([\udc00-\udfff])", _joined, text)
    return re.sub("[\ud800-\udfff]", "\ufffd", halves).replace("\0", " ")


def _joined(found: re.Match[str]) -> str:
    return chr(0x10000 + (ord(found[1]) - 0xD800) * 0x400 + ord(found[2]) - 0xDC00)


@pytest.fixture
async def siti(tmp_path: Path, back_end: str) -> AsyncIterator[Chat]:
    """Bu Siti, whose report is complete."""
    assert back_end
    world = Awake(tmp_path)
    chat = Chat(world, SITI, "Bu Siti")
    await chat.says("/mulai")
    await Owner(chat, scenario_of("tempe")).fills_in()
    yield chat
    await world.close()


def desk_of(engine: Engine) -> Desk:
    with engine.begin() as connection:
        return load(connection, SITI)


async def test_whatever_is_typed_comes_back_literally(siti: Chat) -> None:
    random, telegram = Random(1945), siti.world.telegram  # noqa: S311 - to type the same again
    engine = connect(siti.world.database_url)
    fields = {
        place: answer.message_id
        for place, answer in desk_of(engine).draft.answers.items()
        if isinstance(FORM.by_key.get(place.question), Text | Texts) and answer.message_id
    }
    assert len(fields) > 15
    done = kept = 0
    while done < TEXTS:
        for place, message_id in fields.items():
            text = typed(random)
            telegram.log.clear()
            telegram.edits(SITI, message_id, text)
            await siti.world.settle()
            said = "\n".join(plain(str(call.params["text"])) for call in telegram.log if "text" in call.params)
            assert SORRY not in said, f"{place.question}: {text!r}"
            answer = desk_of(engine).draft.answers[place].value
            kept += comes_back(FORM.by_key[place.question], text, answer, said)
            done += 1
        if done % 5 == 0 or done >= TEXTS:
            on_paper_and_in_the_data(siti, desk_of(engine))
    engine.dispose()
    assert kept > TEXTS // 3


def comes_back(question: object, text: str, answer: object, said: str) -> bool:
    """Whether it is kept; then literally, and shown so. AssertionError where it should have been."""
    wanted = as_kept(text)
    assert isinstance(question, Text | Texts)
    parts = [wanted] if isinstance(question, Text) else [part.strip() for part in re.split("[,;\n]", wanted)]
    could = all(fold(part) and len(part) <= question.longest and not personal(part) for part in parts)
    if isinstance(question, Texts) and (len(parts) > 1 or _BAD.search(text)):
        return False  # how a list is taken apart is tried in test_form.py
    shown = answer if isinstance(answer, tuple) else (answer,)
    if could and shown == (wanted,):
        assert wanted in said, f"{wanted!r} is not shown in {said!r}"
        return True
    assert not could or "Tersimpan" not in said, f"{wanted!r} became {answer!r}"
    return False


def on_paper_and_in_the_data(siti: Chat, desk: Desk) -> None:
    """Each document can be made; the data hold every text that applies, the letter for Word the firm's name."""
    found = walk(FORM, desk.draft, siti.world.now.date())
    papers = {kind: made(kind, found, found.today, str).content for kind in PAPERS}
    assert all(papers[kind].startswith(beginning) for kind, beginning in PAPERS.items())
    exported: set[str] = set()
    _texts(json.loads(papers["data"]), exported)
    texts = {stop.value for stop in found.stops if type(stop.question) is Text and isinstance(stop.value, str)}
    assert len(texts) > 5
    assert texts <= exported, f"not in the data: {texts - exported}"
    name = str(found.known[Place("perusahaan.nama")])
    assert written(name) == WordFile(io.BytesIO(papers["surat_docx"])).paragraphs[0].text


def _texts(data: Any, found: set[str]) -> None:
    if isinstance(data, str):
        found.add(data)
    for part in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        _texts(part, found)
