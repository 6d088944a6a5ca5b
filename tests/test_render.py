"""What Telegram is given: marks escaped, owners' words untouched, long texts in parts, buttons of the right report."""

from html import unescape

from hypothesis import example, given
from hypothesis import strategies as st

from bot.callbacks import Callbacks
from bot.render import Reports, keyboard, pages, text_of
from conversations.answers import Place
from conversations.messages import BLANK, Button, Effect, Go, InGroup, Message, On, Paragraph
from conversations.words import T, literal
from tests.roads import FORM, Person, begun

CALLBACKS = Callbacks(FORM)
REPORTS = Reports(profile_id=7, report_id=9)


def same(msgid: str) -> str:
    """Indonesian: the sentence itself."""
    return msgid


def made(message: Message) -> list[tuple[str, str]]:
    """Faces and data of the keyboard."""
    found = keyboard(message, CALLBACKS, REPORTS, same)
    assert found
    return [(button["text"], button["callback_data"]) for row in found["inline_keyboard"] for button in row]


def test_a_question_has_its_label_in_bold_and_its_example_aside() -> None:
    siti = Person(begun("data_khusus"))
    (text,) = pages(siti.messages[-1], same)
    assert text.splitlines()[:4] == [
        "Bagian 2 dari 11 · Data Khusus", "<b>Nama Pemilik yang Menandatangani Laporan</b>",
        "Siapa nama lengkap pemilik yang menandatangani laporan?", "<i>Contoh: Siti Aminah</i>",
    ]  # fmt: skip


@example('<b>Tempe</b> & Tahu "#1"')
@given(st.text(max_size=200))
def test_an_owners_words_come_out_as_they_are_whatever_they_hold(text: str) -> None:
    (page, *_) = [*pages(Message((Paragraph(literal(text), bold=literal("Nama")),)), same), ""]
    assert page.count("<") == 2
    assert unescape(page.removeprefix("<b>Nama</b>")).strip() == text.strip()
    (face, _), *_ = made(Message((), ((Button(literal(text), Go("surat")),),)))
    assert face == text or (face.endswith("…") and text.startswith(face[:-1]))


def test_gaps_in_an_owners_words_are_no_gaps() -> None:
    words = T("✓ Dihapus: {nama}.", nama="{nama} <b>{0}</b>")
    assert text_of(words, same) == words.plain() == "✓ Dihapus: {nama} <b>{0}</b>."


def test_sentences_and_the_words_in_their_gaps_are_translated_and_owners_words_are_not() -> None:
    catalogue = {"{kepala} — {nama}": "{nama}: {kepala}", "Mesin": "Machine"}
    words = T("{kepala} — {nama}", kepala=T("Mesin"), nama="Mesin")
    assert text_of(words, lambda msgid: catalogue.get(msgid, msgid)) == "Mesin: Machine"


def test_a_long_text_is_cut_between_paragraphs_and_nothing_is_lost() -> None:
    lines = [f"{n}. " + "x" * 300 for n in range(50)]
    parts = pages(Message(tuple(Paragraph(literal(line)) for line in lines)), same)
    assert all(len(part) <= 4096 for part in parts)
    assert "\n".join(parts).split("\n") == lines


def test_a_blank_paragraph_is_an_empty_line() -> None:
    assert pages(Message((Paragraph(T("Satu")), BLANK, Paragraph(T("Dua")))), same) == ["Satu\n\nDua"]


def test_each_button_belongs_to_its_report_to_the_firm_or_to_none() -> None:
    effects: list[Effect] = [
        On("nanti", Place("mesin.jumlah", "0" * 32)), On("buka", Place("perusahaan.nama")), Go("surat"),
        InGroup("isi", "perusahaan"), InGroup("tambah", "mesin"), On("semua", Place("mesin.sudah_semua")),
    ]  # fmt: skip
    row = tuple(Button(T("x"), effect) for effect in effects)
    owners = [data.split(".")[0] for _, data in made(Message((), (row,)))]
    assert owners == ["9", "7", "0", "7", "9", "9"]


def test_a_message_without_buttons_has_no_keyboard() -> None:
    assert keyboard(Message((Paragraph(T("Baik.")),)), CALLBACKS, REPORTS, same) is None


def test_a_face_too_long_for_a_phone_is_cut_with_a_mark() -> None:
    (face, _), *_ = made(Message((), ((Button(literal("m" * 200), Go("surat")),),)))
    assert len(face) <= 60
    assert face.endswith("…")
